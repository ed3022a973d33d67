import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { type ClientFrame, clientFrameSchema, type ServerFrame } from '../../../contract/socket.ts';
import { createChatSession } from './chat-session.ts';
import type { Outbox, OutboxNews, WaitingMessage } from './outbox.ts';
import { type ChatSocketTimings, createChatSocket } from './chat-socket.ts';

const agentId = '11111111-1111-4111-8111-111111111111';
const chatId = '22222222-2222-4222-8222-222222222222';
const address = { agentId, chatId };
const fast: ChatSocketTimings = {
  firstDelay: 5,
  maxDelay: 40,
  pingEvery: 60,
  pongWithin: 60,
  suspectedWithin: 30,
  openWithin: 500,
};

let http: Server;
let server: WebSocketServer;
let sockets: ServerSocket[];
let received: ClientFrame[];
let answer: (frame: ClientFrame, socket: ServerSocket) => void;
let refuse: boolean;
const closing: (() => void)[] = [];

const send = (socket: ServerSocket, frame: ServerFrame) => socket.send(JSON.stringify(frame));
const emptyHistory: ServerFrame = { type: 'history', agentId, chatId, messages: [], hasMore: false };

beforeEach(async () => {
  http = createServer();
  server = new WebSocketServer({ noServer: true });
  sockets = [];
  received = [];
  refuse = false;
  answer = (frame, socket) => {
    if (frame.type === 'ping') send(socket, { type: 'pong' });
    if (frame.type === 'history') send(socket, emptyHistory);
  };
  http.on('upgrade', (request, stream, head) => {
    // A browser that leaves resets it.
    stream.on('error', () => undefined);
    if (refuse) return stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    server.handleUpgrade(request, stream, head, (socket) => {
      sockets.push(socket);
      socket.on('message', (data) => {
        const frame = clientFrameSchema.parse(JSON.parse(String(data)));
        received.push(frame);
        answer(frame, socket);
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  for (const close of closing.splice(0)) close();
  for (const socket of sockets) socket.terminate();
  http.close();
});

function open(timings: Partial<ChatSocketTimings> = {}, isSignedOut = () => Promise.resolve(false)) {
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/api/ws`;
  const socket = createChatSocket({ url, isSignedOut, timings: { ...fast, ...timings } });
  const session = createChatSession({ socket });
  closing.push(() => socket.close());
  socket.connect();
  return { socket, session };
}

/** As the server does with a message, and with what the others ask for. */
function acknowledge(frame: ClientFrame, socket: ServerSocket) {
  const about = { agentId: frame.type === 'ping' ? agentId : frame.agentId, chatId };
  if (frame.type === 'history') send(socket, { ...emptyHistory, ...about });
  if (frame.type !== 'message') return;
  const { clientMessageId } = frame;
  const ack = { ...about, chatId: frame.chatId, clientMessageId, messageId: crypto.randomUUID(), queued: false };
  send(socket, { type: 'ack', ...ack });
}

/** An outbox in memory. */
function createBox(messages: WaitingMessage[]): Outbox & { held(): string[]; tell(news: OutboxNews): void } {
  const listeners = new Set<(news: OutboxNews) => void>();
  let kept = messages;
  return {
    held: () => kept.map(({ content }) => content),
    tell: (news) => listeners.forEach((listener) => listener(news)),
    async put(message) {
      kept = [...kept, message];
      return true;
    },
    async remove(clientMessageId) {
      kept = kept.filter((message) => message.clientMessageId !== clientMessageId);
    },
    list: async () => kept,
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {},
  };
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
const sentOf = <Type extends ClientFrame['type']>(type: Type) => received.filter((frame) => frame.type === type);

describe('the chat connection', () => {
  test('fetches the conversation that is shown, and again after each reconnect', async () => {
    const { session } = open();
    session.show(address);
    await until(() => expect(session.state(address).loaded).toBe(true));
    expect(sentOf('history')).toEqual([{ type: 'history', ...address }]);
    sockets[0]!.terminate();
    await until(() => expect(sentOf('history')).toHaveLength(2));
    expect(sockets).toHaveLength(2);
    await until(() => expect(session.snapshot().status.phase).toBe('open'));
  });

  test('sends a message again under the same id until it is acknowledged', async () => {
    const { session } = open();
    answer = (frame, socket) => {
      // The first connection falls before the acknowledgement leaves.
      if (frame.type === 'message' && sockets.length === 1) socket.terminate();
      else if (frame.type === 'message') {
        const { clientMessageId } = frame;
        send(socket, { type: 'ack', agentId, chatId, clientMessageId, messageId: chatId, queued: false });
      }
    };
    session.send(address, 'Hello', []);
    expect(session.wouldLose()).toBe(true);
    await until(() => expect(session.wouldLose()).toBe(false));
    const ids = sentOf('message').map((frame) => frame.type === 'message' && frame.clientMessageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(session.state(address).outgoing).toEqual([]);
    expect(session.state(address).messages).toMatchObject([{ id: chatId, content: 'Hello' }]);
  });

  test('keeps the order of what was said while there was no connection', async () => {
    refuse = true;
    const { session } = open();
    await until(() => expect(session.snapshot().status.phase).toBe('waiting'));
    for (const content of ['one', 'two', 'three']) session.send(address, content, []);
    refuse = false;
    const contents = () => sentOf('message').map((frame) => 'content' in frame && frame.content);
    answer = acknowledge;
    await until(() => expect(contents()).toEqual(['one', 'two', 'three']));
  });

  test('waits with what the server cannot take yet, and does not let the next overtake it', async () => {
    const { session } = open();
    await until(() => expect(session.snapshot().status.phase).toBe('open'));
    let isFull = true;
    answer = (frame, socket) => {
      if (frame.type !== 'message' || !isFull) return acknowledge(frame, socket);
      const refusal = { code: 'queue_full', message: 'Wait', retryable: true } as const;
      send(socket, { type: 'error', agentId, chatId, clientMessageId: frame.clientMessageId, ...refusal });
    };
    for (const content of ['one', 'two']) session.send(address, content, []);
    await until(() => expect(sentOf('message')).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(session.state(address).outgoing).toMatchObject([{ content: 'one' }, { content: 'two' }]);
    expect(session.state(address).outgoing[0]).not.toHaveProperty('failure');
    isFull = false;
    send(sockets[0]!, { type: 'complete', agentId, chatId, runId: chatId });
    await until(() => expect(session.state(address).outgoing).toEqual([]));
    const contents = sentOf('message').map((frame) => 'content' in frame && frame.content);
    expect(contents).toEqual(['one', 'one', 'two']);
  });

  test('a conversation that has not begun asks for no history, and begins with what is said in it first', async () => {
    const { session } = open();
    await until(() => expect(session.snapshot().status.phase).toBe('open'));
    const fresh = session.unbegun(agentId);
    expect(session.unbegun(agentId)).toEqual(fresh);
    expect(session.state(fresh)).toMatchObject({ loaded: true, messages: [] });
    session.show(fresh);
    session.send(fresh, 'one', []);
    session.send(fresh, 'two', []);
    expect(session.unbegun(agentId)).not.toEqual(fresh);
    await until(() => expect(sentOf('message')).toHaveLength(1));
    expect(sentOf('history')).toEqual([]);
    expect(sentOf('message')[0]).toMatchObject({ ...fresh, content: 'one', begins: true });
    answer = acknowledge;
    acknowledge(received[0]!, sockets[0]!);
    await until(() => expect(sentOf('history')).toHaveLength(1));
  });

  test('takes up what an outbox holds, keeps there what is said, and takes out what the server has', async () => {
    refuse = true;
    const { session } = open();
    const box = createBox([{ ...address, clientMessageId: chatId, content: 'kept', attachments: [], createdAt: '' }]);
    session.keepIn(box);
    await until(() => expect(session.state(address).outgoing).toMatchObject([{ content: 'kept' }]));
    session.send(address, 'new', []);
    await until(() => expect(session.wouldLose()).toBe(false));
    expect(box.held()).toEqual(['kept', 'new']);
    const [, second] = session.state(address).outgoing;
    session.discard(address, second!.clientMessageId);
    expect(box.held()).toEqual(['kept']);
    answer = acknowledge;
    refuse = false;
    await until(() => expect(box.held()).toEqual([]));
    expect(sentOf('message')).toMatchObject([{ content: 'kept', clientMessageId: chatId }]);
  });

  test('keeps nothing of a temporary conversation, marks all of it, and says when it is left', async () => {
    const { session } = open();
    const box = createBox([]);
    session.keepIn(box);
    session.beginTemporary(address);
    session.show(address);
    expect(session.leaveTemporary(address)).toBe(false);
    expect(session.state(address).loaded).toBe(true);
    answer = acknowledge;
    session.send(address, 'one', []);
    await until(() => expect(session.state(address).messages).toHaveLength(1));
    session.send(address, 'two', []);
    await until(() => expect(sentOf('message')).toHaveLength(2));
    expect(sentOf('message')).toMatchObject([
      { content: 'one', begins: true, temporary: true },
      { content: 'two', temporary: true },
    ]);
    expect(sentOf('message')[1]).not.toHaveProperty('begins');
    expect(box.held()).toEqual([]);
    expect(session.leaveTemporary(address)).toBe(true);
    expect(session.leaveTemporary(address)).toBe(false);
    expect(session.sayLeft(address)).toBe(true);
    await until(() => expect(sentOf('leave')).toEqual([{ type: 'leave', ...address }]));
    // Whatever is still said under this address is not to be kept either.
    session.send(address, 'late', []);
    await until(() => expect(sentOf('message').at(-1)).toMatchObject({ content: 'late', temporary: true }));
  });

  test('lets go of a message that another tab has sent, and takes up what one left', async () => {
    refuse = true;
    const { session } = open();
    const box = createBox([]);
    session.keepIn(box);
    session.send(address, 'here', []);
    const [message] = session.state(address).outgoing;
    box.tell({ type: 'removed', clientMessageId: message!.clientMessageId });
    expect(session.state(address)).toMatchObject({ outgoing: [], stale: true });
    await box.put({ ...address, clientMessageId: chatId, content: 'left', attachments: [], createdAt: '' });
    box.tell({ type: 'left' });
    await until(() => expect(session.state(address).outgoing).toMatchObject([{ content: 'left' }]));
  });

  test('notices a connection on which nothing answers any more', async () => {
    const { session } = open();
    session.show(address);
    await until(() => expect(session.state(address).loaded).toBe(true));
    answer = (frame, socket) => {
      if (socket !== sockets[0] && frame.type === 'history') send(socket, emptyHistory);
      if (socket !== sockets[0] && frame.type === 'ping') send(socket, { type: 'pong' });
    };
    await until(() => expect(sockets.length).toBeGreaterThan(1));
    await until(() => expect(session.snapshot().status.phase).toBe('open'));
  });

  test('waits longer after each failure, with jitter, and at once when told that the network is back', async () => {
    refuse = true;
    const delays: number[] = [];
    const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/api/ws`;
    const timings = { ...fast, firstDelay: 10, maxDelay: 40 };
    const socket = createChatSocket({ url, isSignedOut: () => Promise.resolve(false), timings, random: () => 1 });
    closing.push(() => socket.close());
    socket.subscribe((event) => {
      if (event.type === 'status' && event.status.phase === 'waiting') delays.push(event.status.retryAt - Date.now());
    });
    socket.connect();
    await until(() => expect(delays.length).toBeGreaterThan(3));
    expect(delays.slice(0, 4).map((delay) => Math.round(delay / 10) * 10)).toEqual([10, 20, 40, 40]);
    refuse = false;
    socket.nudge();
    await until(() => expect(socket.status().phase).toBe('open'));
  });

  test('gives up when the session has ended', async () => {
    refuse = true;
    const { session } = open({}, () => Promise.resolve(true));
    await until(() => expect(session.snapshot().status.phase).toBe('signed-out'));
    const before = session.snapshot();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(session.snapshot()).toBe(before);
  });

  test('refuses a message that is larger than a frame may be, and keeps its text', async () => {
    const { session } = open();
    await until(() => expect(session.snapshot().status.phase).toBe('open'));
    session.send(address, 'ä'.repeat(40_000), []);
    const [message] = session.state(address).outgoing;
    expect(message?.content).toHaveLength(40_000);
    expect(message?.failure?.code).toBe('too_long');
    expect(sentOf('message')).toEqual([]);
  });

  test('marks what arrives elsewhere as unread until it is shown', async () => {
    const { session } = open();
    session.show({ agentId });
    await until(() => expect(sockets).toHaveLength(1));
    send(sockets[0]!, { type: 'changed', agentId, chatId });
    await until(() => expect([...session.snapshot().unread]).toEqual([`${agentId}:${chatId}`]));
    session.show(address);
    expect(session.snapshot().unread.size).toBe(0);
    await until(() => expect(session.state(address).loaded).toBe(true));
  });

  test('a conversation that is renamed or deleted is no message, and takes its mark along', async () => {
    const { session } = open();
    await until(() => expect(session.snapshot().status.phase).toBe('open'));
    send(sockets[0]!, { type: 'changed', agentId, chatId, change: 'renamed' });
    send(sockets[0]!, { type: 'changed', agentId });
    await until(() => expect([...session.snapshot().unread]).toEqual([agentId]));
    send(sockets[0]!, { type: 'changed', agentId, chatId });
    await until(() => expect(session.snapshot().unread.size).toBe(2));
    send(sockets[0]!, { type: 'changed', agentId, chatId, change: 'deleted' });
    // The end of its answer comes after its own.
    send(sockets[0]!, { type: 'complete', agentId, chatId, runId: chatId });
    send(sockets[0]!, { type: 'status', runtime: { connected: false } });
    await until(() => expect(session.snapshot().runtimeConnected).toBe(false));
    expect([...session.snapshot().unread]).toEqual([agentId]);
  });

  test('the default conversation begins anew where it is shown, once it was deleted', async () => {
    const { session } = open();
    const message = { id: chatId, role: 'user' as const, content: 'Old', createdAt: '2026-01-01T00:00:00.000Z' };
    const said = [[message], []];
    answer = (frame, socket) => {
      if (frame.type === 'history') send(socket, { ...emptyHistory, chatId: undefined, messages: said.shift() ?? [] });
    };
    const seen: number[] = [];
    session.subscribeTo({ agentId }, () => seen.push(session.state({ agentId }).messages.length));
    session.show({ agentId });
    await until(() => expect(seen).toContain(1));
    send(sockets[0]!, { type: 'changed', agentId, change: 'deleted' });
    await until(() => expect(seen.at(-1)).toBe(0));
    await until(() => expect(session.state({ agentId }).loaded).toBe(true));
    expect(sentOf('history')).toHaveLength(2);
  });

  test('survives what is not a frame', async () => {
    const { session } = open();
    await until(() => expect(sockets).toHaveLength(1));
    for (const data of ['', 'nonsense', '[]', 'null', `{"type":"later","agentId":"${agentId}"}`])
      sockets[0]!.send(data);
    sockets[0]!.send(Buffer.from([1, 2, 3]));
    session.show(address);
    await until(() => expect(session.state(address).loaded).toBe(true));
    expect(sockets).toHaveLength(1);
  });
});
