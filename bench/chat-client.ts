import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

export interface Frame {
  type: string;
  content?: string;
  state?: string;
  name?: string;
  code?: string;
  message?: string;
}

export interface ChatClient {
  /**
   * Says something and hears every frame of the answer. Resolves with `complete`; rejects when the message is refused,
   * the socket closes, or the run ends with an error.
   */
  say(agentId: string, content: string, onFrame: (frame: Frame) => void): Promise<void>;
  /** Asks for the newest page of the history and waits for it. Not while something is being said. */
  readHistory(agentId: string): Promise<void>;
  /** Stops the answer that is being written. */
  abort(agentId: string): void;
  close(): void;
}

/** Says something and waits for the whole answer; the milliseconds until its first text, NaN without any. */
export async function timeFirstChunk(chat: ChatClient, agentId: string, content: string): Promise<number> {
  const start = performance.now();
  let first: number | undefined;
  await chat.say(agentId, content, (frame) => {
    if (frame.type === 'chunk') first ??= performance.now() - start;
  });
  return first ?? Number.NaN;
}

/** A chat socket for one conversation, the default one or another. */
export async function openChat(url: string, cookie: string, chatId?: string): Promise<ChatClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/ws`, { headers: { cookie } });
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let hear: ((frame: Frame) => void) | undefined;
  let lose: ((error: Error) => void) | undefined;
  socket.on('message', (data: Buffer) => hear?.(JSON.parse(data.toString()) as Frame));
  socket.on('close', (code) => lose?.(new Error(`The socket was closed with ${code}.`)));
  socket.on('error', (error) => lose?.(error));
  const send = (frame: object) => socket.send(JSON.stringify({ ...frame, ...(chatId && { chatId }) }));
  return {
    say(agentId, content, onFrame) {
      return new Promise((resolve, reject) => {
        let failure: Error | undefined;
        lose = reject;
        hear = (frame) => {
          onFrame(frame);
          if (frame.type === 'error') failure = new Error(`${frame.code}: ${frame.message}`);
          const isRefused = frame.type === 'error' && 'clientMessageId' in frame;
          if (failure && (isRefused || frame.type === 'complete')) reject(failure);
          else if (frame.type === 'complete') resolve();
        };
        send({ type: 'message', agentId, content, clientMessageId: randomUUID() });
      });
    },
    abort: (agentId) => send({ type: 'abort', agentId }),
    readHistory(agentId) {
      return new Promise((resolve, reject) => {
        lose = reject;
        hear = ({ type, code, message }) => {
          if (type === 'history') resolve();
          else if (type === 'error') reject(new Error(`${code}: ${message}`));
        };
        send({ type: 'history', agentId });
      });
    },
    close() {
      lose = undefined;
      socket.close();
    },
  };
}
