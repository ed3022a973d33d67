import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { maxHistoryLimit } from '../../contract/limits.ts';
import { type HistoryMessage, serverFrameSchema, type ServerFrame } from '../../contract/socket.ts';

type FrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>;

/** A real socket that keeps every frame it gets, checked against the contract. */
export interface ChatClient {
  frames: ServerFrame[];
  socket: WebSocket;
  closed: Promise<{ code: number; reason: string }>;
  sendRaw(data: string | Buffer): void;
  say(agentId: string, content: string, more?: Record<string, unknown>): string;
  /** Sends a history request and waits for the answer. */
  history(agentId: string, more?: Record<string, unknown>): Promise<FrameOf<'history'>>;
  send(frame: Record<string, unknown>): void;
  /** The first frame of this type, also one that came before, that fits. */
  next<Type extends ServerFrame['type']>(
    type: Type,
    fits?: (frame: FrameOf<Type>) => boolean,
    timeoutMs?: number,
  ): Promise<FrameOf<Type>>;
  all<Type extends ServerFrame['type']>(type: Type): FrameOf<Type>[];
  /** The text of all chunks. */
  text(): string;
  close(): Promise<void>;
  drop(): void;
}

export async function connectClient(url: string, headers: Record<string, string> = {}): Promise<ChatClient> {
  const socket = new WebSocket(url, { headers });
  const frames: ServerFrame[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    frames.push(serverFrameSchema.parse(JSON.parse(data.toString())));
    for (const check of waiting) check();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});

  const client: ChatClient = {
    frames,
    socket,
    closed,
    sendRaw: (data) => socket.send(data),
    send: (frame) => socket.send(JSON.stringify(frame)),
    say(agentId, content, more = {}) {
      const clientMessageId = randomUUID();
      client.send({ type: 'message', agentId, content, clientMessageId, ...more });
      return clientMessageId;
    },
    async history(agentId, more = {}) {
      const before = client.all('history').length;
      client.send({ type: 'history', agentId, ...more });
      await until(
        () => client.all('history').length > before,
        5_000,
        () => describe(frames, 'history'),
      );
      return client.all('history')[before]!;
    },
    async next(type, fits = () => true, timeoutMs = 8_000) {
      const find = () => client.all(type).find(fits);
      await until(
        () => find() !== undefined,
        timeoutMs,
        () => describe(frames, type),
      );
      return find()!;
    },
    all: (type) => frames.filter((frame) => frame.type === type) as never,
    text: () =>
      client
        .all('chunk')
        .map((frame) => frame.content)
        .join(''),
    async close() {
      socket.close();
      await closed;
    },
    drop: () => socket.terminate(),
  };

  function until(condition: () => boolean, timeoutMs: number, explain: () => string): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(explain()));
      }, timeoutMs);
      const check = () => {
        if (!condition()) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
    });
  }
  return client;
}

function describe(frames: ServerFrame[], wanted: string): string {
  return `No fitting ${wanted} frame among ${JSON.stringify(frames.slice(-10))}`;
}

/** Every message of a conversation, oldest first, page by page. */
export async function wholeHistory(client: ChatClient, agentId: string): Promise<HistoryMessage[]> {
  const messages: HistoryMessage[] = [];
  for (;;) {
    const [oldest] = messages;
    const page = await client.history(agentId, { limit: maxHistoryLimit, ...(oldest && { before: oldest.id }) });
    messages.unshift(...page.messages);
    if (!page.hasMore) return messages;
  }
}
