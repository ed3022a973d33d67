import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createProxyServer } from 'http-proxy-3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChatClient } from '../chat/chat-client.ts';
import type { TestServerProcess } from '../server-process.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { createVisitor } from './visitor.ts';

// Real: two server processes on one PostgreSQL behind a proxy that spreads requests and sockets over them in turn, as
// docs/scale.md says, without anything that sticks. Doubled: the model.

interface Balancer {
  url: string;
  /** What each process got, by its place. */
  served: { requests: number[]; sockets: number[] };
  /** The place of the process that got the newest socket. */
  readonly lastSocket: number;
  /** Breaks every open socket off, as a proxy does that is restarted. */
  cutSockets(): void;
  close(): Promise<void>;
}

async function startBalancer(processes: TestServerProcess[]): Promise<Balancer> {
  const proxy = createProxyServer({ xfwd: true });
  const served = { requests: processes.map(() => 0), sockets: processes.map(() => 0) };
  const open = new Set<Socket>();
  let turn = 0;
  let lastSocket = 0;
  const choose = (count: number[]): string => {
    do turn = (turn + 1) % processes.length;
    while (processes[turn]?.hasEnded);
    count[turn]! += 1;
    return processes[turn]!.url;
  };
  const server = createServer((request, response) => {
    proxy.web(request, response, { target: choose(served.requests) }, () => response.writeHead(502).end('{}'));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    const target = choose(served.sockets);
    lastSocket = turn;
    proxy.ws(request, socket, head, { target }, () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served,
    get lastSocket() {
      return lastSocket;
    },
    cutSockets: () => open.forEach((socket) => socket.destroy()),
    async close() {
      open.forEach((socket) => socket.destroy());
      proxy.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let stage: FaultStage;
let processes: TestServerProcess[];
let balancer: Balancer;
let agentId: string;
const visitor = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  const environment = { TRUSTED_PROXIES: '127.0.0.1', BACKGROUND_JOBS: '1' };
  processes = [await stage.start(environment), await stage.start(environment)];
  balancer = await startBalancer(processes);
  agentId = await visitor.setUp(balancer, stage.double.url);
}, 180_000);
afterAll(async () => {
  await balancer?.close();
  await stage?.close();
});

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index} `).join('');

/** The text of the answer as a browser puts it together: what the history says, and each later chunk. */
function assemble(client: ChatClient): string {
  const [history] = client.all('history');
  const run = history?.activeRun;
  const later = client.all('chunk').filter(({ seq }) => seq > (run?.seq ?? -1));
  return (run?.content ?? '') + later.map(({ content }) => content).join('');
}

test('calls in turn at both count as if there were one', async () => {
  for (let call = 0; call < 6; call++) {
    expect((await visitor.call(balancer, 'GET', `/api/agents/${agentId}`)).status).toBe(200);
    const renamed = await visitor.call(balancer, 'PATCH', `/api/agents/${agentId}`, { name: `One ${call}` });
    expect(renamed.body['name']).toBe(`One ${call}`);
    expect((await visitor.call(balancer, 'GET', `/api/agents/${agentId}`)).body['name']).toBe(`One ${call}`);
  }
  expect(Math.min(...balancer.served.requests)).toBeGreaterThan(8);
});

test('a client whose socket is cut in mid-answer goes on at the other process with nothing lost or doubled', async () => {
  const text = words(200);
  stage.double.respondNext([{ text, chunks: 200, delayMs: 15 }]);
  const speaker = await visitor.connect(balancer);
  const clientMessageId = speaker.say(agentId, 'Count, please.');
  await speaker.next('ack', (frame) => frame.clientMessageId === clientMessageId);
  await speaker.next('chunk');
  balancer.cutSockets();
  await speaker.closed;

  const returned = await visitor.connect(balancer);
  expect(balancer.served.sockets).toEqual([1, 1]);
  const history = await returned.history(agentId);
  expect(history.activeRun).toBeDefined();
  await returned.next('complete', () => true, 20_000);
  expect(assemble(returned)).toBe(text);
  expect(returned.all('chunk').length).toBeGreaterThan(3);
  await returned.close();
});

test('a process is killed in mid-answer: its people reach the other through the same address, and go on', async () => {
  stage.double.respondNext([{ text: words(2_000), chunks: 2_000, delayMs: 20 }]);
  const speaker = await visitor.connect(balancer);
  const clientMessageId = speaker.say(agentId, 'Count further.');
  await speaker.next('chunk');
  await processes[balancer.lastSocket]!.kill();
  await speaker.closed;

  const returned = await visitor.connect(balancer);
  await returned.history(agentId);
  expect(await returned.next('error', () => true, 20_000)).toMatchObject({ code: 'interrupted', retryable: true });
  returned.send({ type: 'message', agentId, content: 'Count further.', clientMessageId });
  await returned.next('ack', (frame) => frame.clientMessageId === clientMessageId);
  stage.double.respondNext([{ text: 'Here I am.' }]);
  const next = returned.say(agentId, 'And now?');
  await returned.next('ack', (frame) => frame.clientMessageId === next);
  await expect.poll(() => returned.text()).toContain('Here I am.');
  expect((await visitor.call(balancer, 'GET', '/api/health')).status).toBe(200);
  const verdict = await visitor.call(balancer, 'GET', '/api/audit/verify');
  expect(verdict.body).toMatchObject({ valid: true, invalidIds: [] });
  await returned.close();
}, 60_000);
