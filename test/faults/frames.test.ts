import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPassword } from '../create-test-app.ts';
import type { TestServerProcess } from '../server-process.ts';
import type { Flood } from './flood.ts';
import { encodeFrame, openRawSocket } from './raw-socket.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { createVisitor } from './visitor.ts';

// Real: a server process, whose memory is looked at, PostgreSQL, sockets with and without a library. Doubled: the model.

const floodedFrames = 10_000;
const attackers = 8;

let stage: FaultStage;
let server: TestServerProcess;
let agentId: string;
const colleague = createVisitor();
const stranger = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  stage.double.respond([{ text: 'one two three four five six seven eight ', chunks: 8, delayMs: 25 }]);
  server = await stage.start();
  agentId = await colleague.setUp(server, stage.double.url);
  const invite = await colleague.call(server, 'POST', '/api/users/invite', {
    role: 'member',
    email: 'mallory@example.com',
  });
  const mallory = { token: invite.body['token'], name: 'Mallory', password: testPassword };
  expect((await stranger.call(server, 'POST', '/api/invite/claim', mallory)).status).toBe(201);
  const signIn = { email: 'mallory@example.com', password: testPassword };
  expect((await stranger.call(server, 'POST', '/api/auth/sign-in/email', signIn)).status).toBe(200);
}, 180_000);
afterAll(() => stage?.close());

const memoryMb = () =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]) / 1024;
const openFiles = () => readdirSync(`/proc/${server.pid}/fd`).length;

/** Floods from a thread of its own, so that what others wait for is the server and not this test. */
async function flood(frames: number): Promise<void> {
  const thread = new Worker(new URL('./flood.ts', import.meta.url), {
    workerData: { url: server.url, cookie: stranger.cookie, agentId, frames, sockets: attackers } satisfies Flood,
  });
  const [code] = (await once(thread, 'exit')) as [number];
  expect(code).toBe(0);
}

test(`${floodedFrames} broken, huge and flooding frames hold up nobody else, and leave nothing in memory`, async () => {
  const bystander = await colleague.connect(server);
  let isOver = false;
  const waits: number[] = [];
  async function ping(): Promise<void> {
    const at = performance.now();
    const before = bystander.all('pong').length;
    bystander.send({ type: 'ping' });
    await expect.poll(() => bystander.all('pong').length, { interval: 2 }).toBe(before + 1);
    waits.push(performance.now() - at);
  }
  async function live(): Promise<void> {
    for (let turn = 0; !isOver; turn++) {
      await ping();
      if (turn % 20 === 0) bystander.say(agentId, `turn ${turn}`);
      await sleep(100);
    }
  }
  // What fills once is filled before: code that is compiled, buffers, what the collector keeps.
  await flood(floodedFrames / 4);
  await sleep(1_000);
  const [memoryBefore, filesBefore] = [memoryMb(), openFiles()];

  const living = live();
  await flood(floodedFrames);
  isOver = true;
  await living;
  await expect.poll(() => bystander.all('complete').length).toBe(bystander.all('ack').length);
  expect(server.hasEnded).toBe(false);
  waits.sort((one, other) => one - other);
  expect(bystander.all('error')).toEqual([]);
  expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(500);
  expect(waits.at(-1)).toBeLessThan(5_000);
  // Connections to the database come and go.
  await expect.poll(openFiles).toBeLessThan(filesBefore + attackers);
  await expect.poll(memoryMb).toBeLessThan(memoryBefore + 60);
  expect((await colleague.call(server, 'GET', '/api/audit/verify')).body).toMatchObject({ valid: true });
  await bystander.close();
}, 180_000);

const text = (payload: string | Buffer, more = {}) =>
  encodeFrame({ opcode: 1, payload: Buffer.from(payload), ...more });
const ping = '{"type":"ping"}';
/** A head that announces 2^63 - 1 bytes. */
const endless = Buffer.from([0x81, 0xff, 0x7f, ...Array.from({ length: 7 }, () => 0xff), 1, 2, 3, 4]);

// What is sent is read to its end: a close that comes with bytes unread is a reset, and its code is lost.
test.each<[string, () => Buffer, number]>([
  ['is not masked', () => text(ping, { mask: false }), 1002],
  ['is said to be compressed', () => text(ping, { rsv1: true }), 1002],
  ['has an opcode that nobody knows', () => encodeFrame({ opcode: 3 }), 1002],
  ['goes on with what never began', () => encodeFrame({ opcode: 0, payload: Buffer.from(ping) }), 1002],
  ['begins before the last one ended', () => Buffer.concat([text('{', { fin: false }), text(ping)]), 1002],
  ['is a ping in parts', () => encodeFrame({ opcode: 9, fin: false }), 1002],
  ['is a ping that is too long', () => encodeFrame({ opcode: 9, payload: Buffer.alloc(126) }), 1002],
  ['closes with half a code', () => encodeFrame({ opcode: 8, payload: Buffer.from([3]) }), 1002],
  [
    'closes with a code that is not to be sent',
    () => encodeFrame({ opcode: 8, payload: Buffer.from([3, 0xed]) }),
    1002,
  ],
  ['is text and no UTF-8', () => text(Buffer.from([0xc3, 0x28])), 1007],
  ['announces more bytes than there are', () => endless, 1009],
  ['is two megabytes long', () => text(Buffer.alloc(2_000_000)).subarray(0, 100), 1009],
  ['comes in thousands of parts', () => Buffer.concat([text('{', { fin: false }), ...parts(16_384)]), 1008],
])(
  'a frame that %s closes its own socket and no other',
  async (_name, bytes, code) => {
    const bystander = await colleague.connect(server);
    const raw = await openRawSocket(server.url, stranger.cookie);
    raw.send(bytes());
    expect(await raw.closed).toBe(code);
    bystander.send({ type: 'ping' });
    await bystander.next('pong');
    await bystander.close();
  },
  30_000,
);

function parts(count: number): Buffer[] {
  const part = encodeFrame({ opcode: 0, payload: Buffer.from(' '), fin: false });
  return Array.from({ length: count }, () => part);
}

test('whoever asks and never reads the answers is dropped before they fill the memory', async () => {
  const before = memoryMb();
  const question = encodeFrame({ opcode: 9, payload: Buffer.alloc(125) });
  const many = Buffer.concat(Array.from({ length: 10_000 }, () => question));
  const raws = await Promise.all(Array.from({ length: 10 }, () => openRawSocket(server.url, stranger.cookie)));
  for (const raw of raws) {
    raw.stopReading();
    for (let count = 0; count < 20; count++) raw.send(many);
  }
  await sleep(3_000);
  expect(memoryMb()).toBeLessThan(before + 60);
  for (const raw of raws) raw.drop();
  const client = await colleague.connect(server);
  client.send({ type: 'ping' });
  await client.next('pong');
  await client.close();
}, 60_000);

test('half a frame that never goes on holds no more than its own socket, and many of them no other person', async () => {
  const half = text('x'.repeat(60_000)).subarray(0, 30_000);
  const raws = await Promise.all(Array.from({ length: 20 }, () => openRawSocket(server.url, stranger.cookie)));
  for (const raw of raws) raw.send(half);
  await expect(openRawSocket(server.url, stranger.cookie)).rejects.toThrow('429');
  const other = await colleague.connect(server);
  other.send({ type: 'ping' });
  await other.next('pong');
  await other.close();
  for (const raw of raws) raw.drop();
});
