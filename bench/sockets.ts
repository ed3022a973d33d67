import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { BenchContext } from './bench-context.ts';
import { openChat, timeFirstChunk } from './chat-client.ts';
import { median, percentile, type Result } from './result.ts';
import { readMemory } from './server-process.ts';
import { createAgent, setStage, type Stage } from './stage.ts';

const sockets = 2_000;
const socketsPerPerson = 4;
const openedAtOnce = 50;
/** Longer than a round of the server's pings. */
const idleSeconds = 40;
const messages = 50;

/** What 2,000 people cost who only have the page open: memory, processor, and what another person notices of them. */
export async function benchSockets(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const people = await stage.createUsers(sockets / socketsPerPerson);
  const alone = await measureFirstChunks(stage, agent.id);
  const memoryBefore = readMemory(stage.server.pid).rss;

  const open: WebSocket[] = [];
  context.onEnd(async () => open.forEach((socket) => socket.terminate()));
  const start = performance.now();
  const seats = people.flatMap((person) => Array.from({ length: socketsPerPerson }, () => person.cookie));
  while (seats.length > 0) {
    open.push(...(await Promise.all(seats.splice(0, openedAtOnce).map((cookie) => openSocket(stage.url, cookie)))));
  }
  const openingMs = performance.now() - start;

  const cpuBefore = stage.server.cpuSeconds();
  await sleep(idleSeconds * 1_000);
  const cpu = ((stage.server.cpuSeconds() - cpuBefore) / idleSeconds) * 100;
  const memory = readMemory(stage.server.pid).rss;
  const among = await measureFirstChunks(stage, agent.id);
  const still = open.filter((socket) => socket.readyState === WebSocket.OPEN).length;
  const name = `${sockets.toLocaleString('en')} idle sockets`;
  return [
    { name: `${name}: still open after ${idleSeconds} s`, value: still / sockets, unit: 'of all', target: 1 },
    { name: `${name}: opened, ${openedAtOnce} at once`, value: sockets / (openingMs / 1_000), unit: '/s' },
    { name: `${name}: memory of the server, and before them`, value: memory, unit: 'MB', baseline: memoryBefore },
    { name: `${name}: processor time of the server`, value: cpu, unit: '%' },
    {
      name: `${name}: message → first chunk of somebody else, p50, and without them`,
      value: median(among),
      unit: 'ms',
      baseline: median(alone),
    },
    {
      name: `${name}: message → first chunk of somebody else, p95, and without them`,
      value: percentile(among, 0.95),
      unit: 'ms',
      baseline: percentile(alone, 0.95),
    },
  ];
}

function openSocket(url: string, cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/ws`, { headers: { cookie } });
  return new Promise((resolve, reject) => socket.once('open', () => resolve(socket)).once('error', reject));
}

async function measureFirstChunks(stage: Stage, agentId: string): Promise<number[]> {
  const chat = await openChat(stage.url, stage.admin.cookie);
  const times: number[] = [];
  // The first rounds warm up and do not count.
  for (let round = -10; round < messages; round += 1) {
    const first = await timeFirstChunk(chat, agentId, 'Hello?');
    if (round >= 0) times.push(first);
  }
  chat.close();
  return times;
}
