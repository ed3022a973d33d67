import { fork } from 'node:child_process';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type { BenchContext } from './bench-context.ts';
import { median, type Result } from './result.ts';
import { readCpuSeconds, type ServerProcess } from './server-process.ts';
import { createAgent, setStage } from './stage.ts';

const rounds = 12;
const roundSeconds = 1;

/**
 * `GET /api/agents` with a session against a bare route that makes the same queries. Short rounds in turns, and the
 * median of their ratios, because other work on the machine would burden only one of two long ones.
 */
export async function benchAgents(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  for (let number = 1; number <= 9; number += 1) await createAgent(stage, `Agent ${number}`);
  const bare = await startBareServer(context, stage.databaseUrl, stage.admin.id);
  await requireSameBody(`${stage.url}/api/agents`, `${bare.url}/api/agents`, stage.admin.cookie);
  const loads: { ours: Load; bare: Load }[] = [];
  // The first rounds warm up and do not count.
  for (let round = -3; round < rounds; round += 1) {
    const pair = { ours: await load(stage.server, stage.admin.cookie), bare: await load(bare, stage.admin.cookie) };
    if (round >= 0) loads.push(pair);
  }
  const name = 'GET /api/agents with a session, 10 agents';
  return [
    {
      name: `${name}, rate against a bare route`,
      value: median(loads.map((pair) => pair.ours.rate / pair.bare.rate)),
      unit: '×',
      target: 0.8,
    },
    {
      name,
      value: median(loads.map((pair) => pair.ours.rate)),
      unit: '/s',
      baseline: median(loads.map((pair) => pair.bare.rate)),
    },
    {
      name: `${name}, processor time of the server each`,
      value: median(loads.map((pair) => pair.ours.cpuMs)),
      unit: 'ms',
      baseline: median(loads.map((pair) => pair.bare.cpuMs)),
    },
  ];
}

type LoadedServer = Pick<ServerProcess, 'url' | 'cpuSeconds'>;

async function startBareServer(context: BenchContext, databaseUrl: string, userId: string): Promise<LoadedServer> {
  const child = fork(join(import.meta.dirname, 'bare-agents-server.ts'), [databaseUrl, userId]);
  context.onEnd(async () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('message', (url) => resolve({ url: String(url), cpuSeconds: () => readCpuSeconds(child.pid ?? 0) }));
    child.once('exit', () => reject(new Error('The bare server ended.')));
  });
}

async function requireSameBody(ours: string, bare: string, cookie: string): Promise<void> {
  const [left, right] = await Promise.all(
    [ours, bare].map(async (url) => (await fetch(url, { headers: { cookie } })).text()),
  );
  if (left !== right) throw new Error('The bare route does not answer what the real one does.');
}

interface Load {
  rate: number;
  cpuMs: number;
}

async function load(server: LoadedServer, cookie: string): Promise<Load> {
  const before = server.cpuSeconds();
  const result = await autocannon({
    url: `${server.url}/api/agents`,
    connections: 10,
    duration: roundSeconds,
    headers: { cookie },
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests failed.`);
  const cpuMs = ((server.cpuSeconds() - before) * 1_000) / result.requests.total;
  return { rate: result.requests.total / result.duration, cpuMs };
}
