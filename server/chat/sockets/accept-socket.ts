import { maxFrameBytes } from '../../../contract/limits.ts';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { explainDatabaseFault } from '../../db/database-fault.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../platform/errors.ts';
import { ChatError } from '../chat-error.ts';
import { createChatSocket, type ChatSocket } from './chat-socket.ts';
import type { HandleFrame } from './handle-frame.ts';
import type { OpenSockets, Seat } from './open-sockets.ts';
import type { ChatLimits, ChatSessions } from '../ports.ts';
import { readFrame } from './read-frame.ts';

export const closedBySession = 4401;

/** Frames that may wait for the one being handled before the socket is not read any more. */
const maxWaiting = 50;
/** One warning per second is enough for a client that sends too much. */
const warningIntervalMs = 1_000;

export interface AcceptSocketOptions {
  openSockets: OpenSockets;
  sessions: ChatSessions;
  handleFrame: HandleFrame;
  limits: ChatLimits;
  log: Logger;
  pingMs: number;
}

export type AcceptSocket = (
  socket: WebSocket,
  /** `stream`: what the socket was made of. */
  who: { userId: string; sessionToken: string; seat: Seat; stream: Duplex },
) => void;

/** Serves a socket: its frames are handled one after the other, and everything about it ends when it closes. */
export function createSocketAcceptor(options: AcceptSocketOptions): AcceptSocket {
  const { openSockets, sessions, handleFrame, limits, log, pingMs } = options;

  async function handle(chatSocket: ChatSocket, read: ReturnType<typeof readFrame>): Promise<void> {
    // What still waited when the socket closed is not begun: it was not acknowledged, and nobody waits for it.
    if (chatSocket.closed.aborted) return;
    if ('error' in read) {
      chatSocket.sendFrame(read.error);
      return;
    }
    const { frame } = read;
    try {
      if (frame.type !== 'ping' && !(await sessions.current(chatSocket.sessionToken))) {
        chatSocket.close(closedBySession, 'Your session has ended.');
        return;
      }
      await handleFrame(chatSocket, frame);
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') {
        chatSocket.close(closedBySession, 'Your session has ended.');
        return;
      }
      if (chatSocket.closed.aborted && error === chatSocket.closed.reason) return;
      const { type, ...about } = frame;
      const { agentId, chatId, clientMessageId } = about as {
        agentId?: string;
        chatId?: string;
        clientMessageId?: string;
      };
      if (!(error instanceof ChatError) && !isBusy(error))
        log.error({ error, frame: type }, 'a frame could not be handled');
      const refusal = asRefusal(error);
      chatSocket.sendFrame({
        type: 'error',
        ...(agentId !== undefined && { agentId }),
        ...(chatId !== undefined && { chatId }),
        ...(clientMessageId !== undefined && { clientMessageId }),
        code: refusal.code,
        message: refusal.message,
        retryable: refusal.retryable,
      });
    }
  }

  return (socket, { userId, sessionToken, seat, stream }) => {
    seat.accept();
    const chatSocket = createChatSocket({ socket, stream, userId, sessionToken, bufferedBytes: limits.bufferedBytes });
    const bucket = createBucket(limits.framesPerSecond);
    let waiting = 0;
    let lastWarning = -Infinity;
    let handled = Promise.resolve();
    let alive = true;
    openSockets.add(chatSocket);

    const ping = setInterval(() => {
      if (!alive) {
        socket.terminate();
        return;
      }
      alive = false;
      socket.ping();
    }, pingMs);
    socket.on('pong', () => (alive = true));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(ping);
      openSockets.remove(chatSocket);
      seat.release();
    });
    socket.on('message', (data: RawData, isBinary: boolean) => {
      alive = true;
      const bytes = asBuffer(data);
      if (!bucket.consume(Math.ceil(bytes.byteLength / maxFrameBytes) || 1)) {
        if (performance.now() - lastWarning < warningIntervalMs) return;
        lastWarning = performance.now();
        chatSocket.sendFrame(tooManyFrames);
        return;
      }
      // Read at once: what waits is a frame of at most 64 KiB or its refusal, never the megabyte that may have come.
      const read = readFrame(bytes, isBinary);
      waiting += 1;
      if (waiting === maxWaiting) socket.pause();
      handled = handled
        .then(() => handle(chatSocket, read))
        .catch((error: unknown) => log.error({ error }, 'a frame could not be handled'))
        .then(() => {
          waiting -= 1;
          if (waiting < maxWaiting && socket.isPaused) socket.resume();
        });
    });
  };
}

const isBusy = (error: unknown): error is AppError => error instanceof AppError && error.code === 'rate_limited';

function asRefusal(error: unknown): ChatError {
  if (error instanceof ChatError) return error;
  if (isBusy(error)) return new ChatError('rate_limited', error.message, true);
  const sentence = explainDatabaseFault(error) ?? 'Something went wrong on the server. Try again.';
  return new ChatError('internal', sentence, true);
}

const tooManyFrames = {
  type: 'error',
  code: 'rate_limited',
  message: 'Too many frames at once; some were dropped. Slow down.',
  retryable: true,
} as const;

function asBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function createBucket(perSecond: number): { consume(count: number): boolean } {
  const capacity = perSecond * 10;
  let tokens = capacity;
  let filledAt = performance.now();
  return {
    consume(count) {
      const now = performance.now();
      tokens = Math.min(capacity, tokens + ((now - filledAt) / 1_000) * perSecond);
      filledAt = now;
      if (tokens < count) return false;
      tokens -= count;
      return true;
    },
  };
}
