import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { ServerFrame } from '../../../contract/socket.ts';
import type { PersonAuthority } from '../../db/authority.ts';

/** One open socket of a signed-in person. */
export interface ChatSocket extends Readonly<PersonAuthority> {
  readonly sessionToken: string;
  /** Conversations whose frames it gets. */
  readonly subscriptions: Set<string>;
  /** Interrupted runs that this socket was told of. */
  readonly toldInterrupted: Set<string>;
  /** Aborts when the socket has closed, whoever closed it: nobody waits for an answer then. */
  readonly closed: AbortSignal;
  /** Sends a frame that was serialised already. */
  send(data: string | Buffer): void;
  sendFrame(frame: ServerFrame): void;
  close(code: number, reason: string): void;
}

/** A close that the other side does not answer is enforced after this long. */
const closeGraceMs = 3_000;

export function createChatSocket(options: {
  socket: WebSocket;
  /** What the frames are written to: those of one turn leave together. */
  stream: Pick<Duplex, 'cork' | 'uncork'>;
  userId: string;
  sessionToken: string;
  bufferedBytes: number;
}): ChatSocket {
  const { socket, stream, userId, sessionToken, bufferedBytes } = options;
  let isHeld = false;
  const closed = new AbortController();
  socket.once('close', () => closed.abort());

  function close(code: number, reason: string): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), closeGraceMs).unref();
  }

  /** A call of the system for each frame would cost more than the frame. */
  function holdTurn(): void {
    if (isHeld) return;
    isHeld = true;
    stream.cork();
    process.nextTick(() => {
      isHeld = false;
      stream.uncork();
    });
  }

  const chatSocket: ChatSocket = {
    userId,
    sessionToken,
    access: 'user',
    subscriptions: new Set(),
    toldInterrupted: new Set(),
    closed: closed.signal,
    send(data) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > bufferedBytes) {
        // The run goes on; the client comes back and asks for what it missed.
        close(1013, 'Too slow to follow; connect again.');
        return;
      }
      holdTurn();
      socket.send(data, { binary: false });
    },
    sendFrame(frame) {
      chatSocket.send(JSON.stringify(frame));
    },
    close,
  };
  return chatSocket;
}
