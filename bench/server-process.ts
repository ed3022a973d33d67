import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../testkit/find-free-port.ts';
import type { MemoryGroup } from './memory-limit.ts';

const root = join(import.meta.dirname, '..');

export interface ServerProcess {
  url: string;
  pid: number;
  /** From the start of the command to the first healthy answer. */
  readyMs: number;
  /** Processor seconds so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** `BENCH_CPU_PROFILE=/some/directory npm run bench -- NAME` writes a profile of the server, for Chrome's DevTools. */
const profileDirectory = process.env['BENCH_CPU_PROFILE'];
const profiling = profileDirectory ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileDirectory}` } : {};

/** `BENCH_FROM_SOURCES=1`: without a build, so that a profile names the files. */
const fromSources = process.env['BENCH_FROM_SOURCES'] === '1';

const commands = {
  pinchy: fromSources
    ? [process.execPath, '--expose-gc', join(root, 'server/cli/pinchy.ts'), 'start']
    : [join(root, 'bin/pinchy'), 'start'],
  npm: ['npm', 'start'],
};

/** The milliseconds from the start of a bare server with the embedded PostgreSQL in a directory to its first healthy answer. */
export async function startBare(directory: string): Promise<number> {
  const port = await findFreePort();
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, 'bench/bare-start.ts'), directory, String(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilHealthy(`http://127.0.0.1:${port}`, () => child.exitCode !== null);
  const readyMs = performance.now() - start;
  child.kill('SIGTERM');
  await exit;
  return readyMs;
}

/** Starts the built product as a process of its own, in a group of processes where given, and waits until it is healthy. */
export async function startServerProcess(
  environment: Record<string, string>,
  { command = 'pinchy', group }: { command?: keyof typeof commands; group?: MemoryGroup | undefined } = {},
): Promise<ServerProcess> {
  const port = Number(environment['PORT'] ?? (await findFreePort()));
  const enter = group ? ['/bin/sh', '-c', `echo $$ > '${group.processes}' && exec "$@"`, 'sh'] : [];
  const [file = '', ...args] = [...enter, ...commands[command]];
  const start = performance.now();
  const child = spawn(file, args, {
    cwd: root,
    env: { ...withoutOurs(process.env), ...profiling, LOG_LEVEL: 'warn', PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, () => child.exitCode !== null);
  const readyMs = performance.now() - start;
  const pid = command === 'npm' ? findServer(child.pid ?? 0) : (child.pid ?? 0);
  return {
    url,
    pid,
    readyMs,
    cpuSeconds: () => readCpuSeconds(pid),
    async stop() {
      // The server itself: npm does not always pass the signal on to it, and ends with it.
      if (child.exitCode === null) process.kill(pid, 'SIGTERM');
      await exit;
    },
  };
}

/** Settings of whoever runs the benchmark must not change what is measured. */
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = environment;
  return { ...(PATH && { PATH }), ...(HOME && { HOME }), ...(LANG && { LANG }) };
}

async function untilHealthy(url: string, hasEnded: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(5)) {
    if (hasEnded()) throw new Error('The server ended before it was healthy.');
    const answer = await fetch(`${url}/api/health`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
  }
  throw new Error('The server was not healthy within a minute.');
}

interface ProcessEntry {
  pid: number;
  parent: number;
  command: string;
  ticks: number;
  /** Of children that have ended. */
  childTicks: number;
}

function readProcess(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold blanks: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const [ticks = 0, childTicks = 0] = [11, 13].map((index) => Number(fields[index]) + Number(fields[index + 1]));
    return { pid, command, parent: Number(fields[1]), ticks, childTicks };
  } catch {
    return undefined;
  }
}

/** A process and all below it, on Linux. */
function familyOf(pid: number): ProcessEntry[] {
  const all = globSync('/proc/[0-9]*').flatMap((path) => readProcess(Number(path.slice(6))) ?? []);
  const family = all.filter((entry) => entry.pid === pid);
  for (const entry of family) family.push(...all.filter(({ parent }) => parent === entry.pid));
  return family;
}

/** The fair share of memory, in MB, of a process's children and all below them whose commands match. */
export function readChildrenMemory(pid: number, command: RegExp): number {
  const children = familyOf(pid).filter((entry) => entry.pid !== pid && command.test(entry.command));
  return children.reduce((sum, child) => sum + memoryOrNone(child.pid), 0);
}

/** A process may end while it is looked at. */
function memoryOrNone(pid: number): number {
  try {
    return readMemory(pid).pss;
  } catch {
    return 0;
  }
}

const findServer = (npmPid: number) =>
  familyOf(npmPid).findLast(({ command }) => command.includes('pinchy.js'))?.pid ?? npmPid;

/** Processor seconds of a process so far, on Linux. */
export const readCpuSeconds = (pid: number) => (readProcess(pid)?.ticks ?? Number.NaN) / 100;

/** Processor seconds so far of a PostgreSQL on this machine, all its processes together, by one of its backends. */
export const readPostgresCpuSeconds = (backendPid: number): number =>
  readPostgresCpuSecondsOf(readProcess(backendPid)?.parent ?? 0);

/** The same by its first process. */
export function readPostgresCpuSecondsOf(postmasterPid: number): number {
  const family = familyOf(postmasterPid);
  if (family.length === 0) return Number.NaN;
  return family.reduce((sum, { ticks, childTicks }) => sum + ticks + childTicks, 0) / 100;
}

/** Memory in MB as Linux counts it: `rss` with, `pss` with a fair share of, what processes share. */
export function readMemory(pid: number): { rss: number; pss: number } {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const read = (name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]) * 1024) / 1e6;
  return { rss: read('Rss'), pss: read('Pss') };
}

/** The fair share of memory of the embedded PostgreSQL below this state directory, all its processes together. */
export function readPostgresMemory(home: string): number {
  const postmaster = Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  return familyOf(postmaster).reduce((sum, { pid }) => sum + readMemory(pid).pss, 0);
}
