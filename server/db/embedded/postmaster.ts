import { execFile } from 'node:child_process';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors.ts';

const run = promisify(execFile);

/** What the lines of postmaster.pid say: https://www.postgresql.org/docs/18/storage-file-layout.html */
export interface Postmaster {
  pid: number;
  port: number;
  /** Empty when the server listens on a port only. */
  socketDirectory: string;
  ready: boolean;
}

/** The server that runs for this data directory. A lock file that outlived its server is not one, whoever has the pid now. */
export async function findPostmaster(dataDirectory: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!(pid > 0) || !(await isPostmaster(pid, dataDirectory))) return undefined;
  return { pid, port: Number(lines[3]), socketDirectory: lines[4] ?? '', ready: lines[7] === 'ready' };
}

/** True while the process lives and is the server of this data directory: pids are used again. */
export async function isPostmaster(pid: number, dataDirectory: string): Promise<boolean> {
  const command = await readCommand(pid);
  return command.includes('postgres') && command.includes(`-D ${dataDirectory} `);
}

async function readCommand(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return command.replaceAll('\0', ' ');
  }
  return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => `${stdout.trim()} `,
    () => '',
  );
}

/** PostgreSQL refuses to start when another process of the same user happens to have the pid in a stale lock file. */
export async function removeStaleLockFiles(dataDirectory: string, socketDirectory: string): Promise<void> {
  await rm(join(dataDirectory, 'postmaster.pid'), { force: true });
  for (const name of await readdir(socketDirectory)) {
    if (name.startsWith('.s.PGSQL.')) await rm(join(socketDirectory, name), { force: true });
  }
}

/**
 * A fast shutdown (sessions are ended, a checkpoint is written). One that takes too long becomes an immediate one, from
 * which the next start recovers.
 */
export async function stopPostmaster(pid: number, dataDirectory: string): Promise<void> {
  const steps = [
    { signal: 'SIGINT', patienceMilliseconds: 8_000 },
    { signal: 'SIGQUIT', patienceMilliseconds: 3_000 },
    { signal: 'SIGKILL', patienceMilliseconds: 3_000 },
  ] as const;
  for (const { signal, patienceMilliseconds } of steps) {
    const deadline = Date.now() + patienceMilliseconds;
    if (!(await isPostmaster(pid, dataDirectory))) return;
    process.kill(pid, signal);
    while (Date.now() < deadline) {
      if (!(await isPostmaster(pid, dataDirectory))) return;
      await sleep(5);
    }
  }
  throw new StartError(`The embedded database (process ${pid}) cannot be stopped.`);
}
