import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { createRandom } from '../../testkit/create-random.ts';

export interface Flood {
  url: string;
  cookie: string;
  agentId: string;
  frames: number;
  sockets: number;
}

const maxBuffered = 4_000_000;

/** One that is broken, huge, or valid and too often. */
function makeFrame(agentId: string, random: (below: number) => number): string | Buffer {
  const message = { type: 'message', agentId, content: 'x'.repeat(random(2_000)), clientMessageId: randomUUID() };
  const valid = [
    message,
    { type: 'ping' },
    { type: 'history', agentId, limit: 200 },
    { type: 'abort', agentId },
    { type: 'approval', agentId, approvalId: randomUUID(), decision: 'approve' },
  ];
  const text = JSON.stringify(valid[random(valid.length)]);
  const kind = random(20);
  if (kind < 6) return text;
  if (kind < 10) return text.slice(0, random(text.length));
  if (kind < 14) {
    const bytes = Buffer.from(text);
    for (let count = 0; count < 3; count++) bytes[random(bytes.length)] = random(256);
    return bytes.toString('latin1');
  }
  if (kind < 16) return Buffer.from(text);
  if (kind === 16) return '['.repeat(1 + random(500_000));
  if (kind === 17) return JSON.stringify({ ...message, content: 'y'.repeat(65_000 + random(1_100_000)) });
  if (kind === 18) return `[${'{"__proto__":{}},'.repeat(random(20_000))}1]`;
  return text + text;
}

/** As fast as they are taken, on a new socket where the old one was closed. */
async function send({ url, cookie, agentId }: Flood, count: number, seed: number): Promise<void> {
  const next = createRandom(seed);
  const random = (below: number) => Math.floor(next() * below);
  let socket: WebSocket | undefined;
  for (let sent = 0; sent < count; sent++) {
    if (socket?.readyState !== WebSocket.OPEN) {
      socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws`, { headers: { cookie } });
      socket.on('error', () => undefined);
      while (socket.readyState === WebSocket.CONNECTING) await sleep(5);
    }
    socket.send(makeFrame(agentId, random), () => undefined);
    while (socket.readyState === WebSocket.OPEN && socket.bufferedAmount > maxBuffered) await sleep(2);
  }
  while (socket?.readyState === WebSocket.OPEN && socket.bufferedAmount > 0) await sleep(2);
  socket?.terminate();
}

const flood = workerData as Flood;
await Promise.all(
  Array.from({ length: flood.sockets }, (_, index) => send(flood, flood.frames / flood.sockets, index + 1)),
);
