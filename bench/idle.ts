import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchContext } from './bench-context.ts';
import type { Result } from './result.ts';
import { readMemory, readPostgresCpuSecondsOf, readPostgresMemory, startServerProcess } from './server-process.ts';

const settleSeconds = 20;
const watchedSeconds = 60;

/** A server with its embedded database that is left alone: nobody connected, nothing set up. */
export async function benchIdle(context: BenchContext): Promise<Result[]> {
  if (process.platform !== 'linux') return [];
  const home = join(context.directory, 'home');
  const server = await startServerProcess({ PINCHY_HOME: home, PINCHY_PROCESSES: '1' });
  context.onEnd(() => server.stop());
  await sleep(settleSeconds * 1_000);
  const postmaster = Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  const cpuSeconds = () => ({ server: server.cpuSeconds(), database: readPostgresCpuSecondsOf(postmaster) });
  const before = cpuSeconds();
  await sleep(watchedSeconds * 1_000);
  const after = cpuSeconds();
  const share = (part: 'server' | 'database') => ((after[part] - before[part]) / watchedSeconds) * 100;
  const memory = readMemory(server.pid);
  return [
    { name: 'processor time at idle, server process, of one core', value: share('server'), unit: '%', target: 0.5 },
    { name: 'processor time at idle, embedded PostgreSQL, of one core', value: share('database'), unit: '%' },
    { name: 'memory at idle, server process, RSS', value: memory.rss, unit: 'MB', target: 110 },
    { name: 'memory at idle, server process, PSS', value: memory.pss, unit: 'MB' },
    { name: 'memory at idle, embedded PostgreSQL, PSS', value: readPostgresMemory(home), unit: 'MB', target: 80 },
  ];
}
