import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdir,
  open,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  truncate,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { findPostgresBinaries } from './binaries.ts';
import type { PostgresBinaries } from './binaries.ts';
import { choosePostgresIdentity, handOver } from './identity.ts';
import type { PostgresIdentity } from './identity.ts';
import { lockFile, tryLockFile } from './lock.ts';
import { findPostmaster, isPostmaster, removeStaleLockFiles, stopPostmaster } from './postmaster.ts';
import type { Postmaster } from './postmaster.ts';
import { postgresSettings } from './settings.ts';
import { keepRunning } from './watch.ts';
import { StartError } from '../../platform/errors.ts';

export interface EmbeddedPostgresOptions {
  /** Holds everything of the database; made if missing, with rights for the owner only. */
  directory: string;
  log: (message: string) => void;
  /** PostgreSQL settings on top of ours, such as `{ fsync: 'off' }` in tests. A server that is reused keeps its own. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  /** For `pg`, with the password in it: never log it. */
  url: string;
  /** True when a server still ran for this directory, for instance because its parent was killed. */
  reused: boolean;
  /** Ends the server, unless another process still uses the same directory; then the last one to stop ends it. */
  stop(): Promise<void>;
}

interface Context extends Required<EmbeddedPostgresOptions> {
  binaries: PostgresBinaries;
  identity: PostgresIdentity;
  password: string;
  dataDirectory: string;
  socketDirectory: string;
  logFile: string;
}

const postgresMajor = '18';
const USER = 'pinchy';
const DATABASE = 'pinchy';
const SOCKET_PORT = 5432;
const START_TIMEOUT_MILLISECONDS = 60_000;
const LOG_LIMIT_BYTES = 5_000_000;
/** The kernel's limit of a socket's path, without the terminating NUL. */
const SOCKET_PATH_LIMIT_BYTES = process.platform === 'darwin' ? 103 : 107;

/**
 * Starts a real PostgreSQL server for a directory, or goes on with the one that still runs there. Safe to call from
 * several processes at once. Whatever a killed process left behind (a lock file, half a database) is cleared away.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await makeDirectory(options.directory);
  const directory = await realpath(options.directory);
  const binaries = await findPostgresBinaries();
  const identity = await choosePostgresIdentity(directory, binaries.postgres);
  const startLock = await ensureFile(join(directory, 'start.lock'), identity);
  const usersLock = await ensureFile(join(directory, 'users.lock'), identity);
  const lockForChange = () =>
    lockFile(startLock, 'exclusive', START_TIMEOUT_MILLISECONDS, `Another process keeps starting in ${directory}.`);

  const unlock = await lockForChange();
  try {
    const context = await prepare({ settings: {}, ...options, directory }, binaries, identity);
    await initialise(context);
    const { url, reused, ...first } = await startOrReuse(context);
    let { postmaster } = first;
    const leave = await lockFile(usersLock, 'shared', 1_000, `The embedded database in ${directory} is being stopped.`);
    const logGuard = setInterval(() => void boundLog(context.logFile).catch(() => undefined), 60_000).unref();
    const watch = keepRunning({
      isRunning: () => isPostmaster(postmaster.pid, context.dataDirectory),
      async start() {
        const unlockStart = await lockForChange();
        try {
          ({ postmaster } = await startOrReuse(context, postmaster.port));
        } finally {
          unlockStart();
        }
      },
      log: options.log,
    });

    let stopped: Promise<void> | undefined;
    const stop = async () => {
      clearInterval(logGuard);
      await watch.stop();
      const unlockStop = await lockForChange();
      leave();
      const alone = tryLockFile(usersLock, 'exclusive');
      try {
        if (alone) await stopPostmaster(postmaster.pid, context.dataDirectory);
      } finally {
        alone?.();
        unlockStop();
      }
    };
    return { url, reused, stop: () => (stopped ??= stop()) };
  } finally {
    unlock();
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new StartError(
      `The directory ${directory} for the embedded database cannot be made or is not ours (${reason}).`,
    );
  }
}

async function ensureFile(path: string, identity: PostgresIdentity): Promise<string> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await file?.close();
  await handOver(path, identity);
  return path;
}

async function prepare(
  options: Required<EmbeddedPostgresOptions>,
  binaries: PostgresBinaries,
  identity: PostgresIdentity,
): Promise<Context> {
  const { directory } = options;
  const dataDirectory = join(directory, 'data');
  const socketDirectory = join(directory, 'run');
  const logFile = await ensureFile(join(directory, 'postgres.log'), identity);
  await boundLog(logFile);
  await mkdir(socketDirectory, { recursive: true, mode: 0o700 });
  await handOver(socketDirectory, identity);
  const password = await readOrMakePassword(join(directory, 'password'), dataDirectory, identity);
  return { ...options, binaries, identity, password, dataDirectory, socketDirectory, logFile };
}

async function readOrMakePassword(file: string, dataDirectory: string, identity: PostgresIdentity): Promise<string> {
  const existing = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (existing.trim()) return existing.trim();
  if (await exists(dataDirectory)) {
    throw new StartError(
      `The embedded database in ${dataDirectory} is there, but its password is not: put ${file} back.`,
    );
  }
  const password = randomBytes(32).toString('hex');
  const temporary = `${file}.new`;
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'wx', 0o600);
  await handle.writeFile(`${password}\n`);
  await handle.sync();
  await handle.close();
  await rename(temporary, file);
  await handOver(file, identity);
  return password;
}

/** The data directory appears by a rename once it is complete, so a killed initdb leaves nothing that looks like one. */
async function initialise(context: Context): Promise<void> {
  const { directory, dataDirectory, identity, binaries } = context;
  if (await exists(dataDirectory)) {
    await handOver(dataDirectory, identity);
    await requireSameVersion(context);
    return;
  }
  for (const name of await readdir(directory)) {
    if (name.startsWith('data.new-')) await rm(join(directory, name), { recursive: true, force: true, maxRetries: 5 });
  }
  context.log('Creating the embedded database');
  const temporary = join(directory, `data.new-${randomBytes(4).toString('hex')}`);
  await mkdir(temporary, { mode: 0o700 });
  await handOver(temporary, identity);
  const exit = await runToEnd(context, binaries.initdb, [
    '-D',
    temporary,
    `--username=${USER}`,
    `--pwfile=${join(directory, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(context.settings['fsync'] === 'off' ? ['--no-sync'] : []),
  ]);
  if (exit !== 0) throw new StartError(`The embedded database cannot be created: ${await readLogEnd(context.logFile)}`);
  await rename(temporary, dataDirectory);
}

async function requireSameVersion({ dataDirectory }: Context): Promise<void> {
  const version = (await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8')).trim();
  if (version === postgresMajor) return;
  const next =
    Number(version) > Number(postgresMajor)
      ? 'Start the newer Pinchy that wrote it.'
      : 'Make a backup with the Pinchy that wrote it, and restore it into an empty PINCHY_HOME with this one.';
  throw new StartError(
    `The database in ${dataDirectory} was written by PostgreSQL ${version}; this Pinchy runs ${postgresMajor}. ${next}`,
  );
}

/** `port`: where a server that listened on a port was, so that its URL stays as it is. */
async function startOrReuse(
  context: Context,
  port?: number,
): Promise<{ postmaster: Postmaster; url: string; reused: boolean }> {
  const deadline = Date.now() + START_TIMEOUT_MILLISECONDS;
  while (Date.now() < deadline) {
    const running = await findPostmaster(context.dataDirectory);
    if (running?.ready) {
      const url = urlOf(context, running);
      // It may end between our look and our connection.
      if (await openDatabase(url).catch(rethrowUnlessGone)) return { postmaster: running, url, reused: true };
    } else if (!running) {
      const postmaster = await startPostmaster(context, deadline, port);
      const url = postmaster && urlOf(context, postmaster);
      if (url && (await openDatabase(url))) return { postmaster, url, reused: false };
    }
    await sleep(10);
  }
  throw new StartError(`The embedded database did not start: ${await readLogEnd(context.logFile)}`);
}

/** Returns undefined when it is worth another try: a killed server's last processes are still going away. */
async function startPostmaster(
  context: Context,
  deadline: number,
  formerPort?: number,
): Promise<Postmaster | undefined> {
  const { binaries, dataDirectory, socketDirectory, settings } = context;
  await removeStaleLockFiles(dataDirectory, socketDirectory);
  const bySocket = Buffer.byteLength(join(socketDirectory, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_LIMIT_BYTES;
  const listen = {
    listen_addresses: bySocket ? '' : '127.0.0.1',
    unix_socket_directories: bySocket ? `"${socketDirectory.replaceAll('"', '""')}"` : '',
    port: String(bySocket ? SOCKET_PORT : (formerPort ?? (await findFreePort()))),
  };
  const parameters = Object.entries({ ...postgresSettings, ...settings, ...listen });
  const args = ['-D', dataDirectory, ...parameters.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const child = await spawnPostgres(context, binaries.postgres, args);
  let ended = false;
  child.once('exit', () => (ended = true));
  while (!ended) {
    const postmaster = await findPostmaster(dataDirectory);
    if (postmaster?.pid === child.pid && postmaster?.ready) return postmaster;
    if (Date.now() > deadline) {
      if (child.pid && (await isPostmaster(child.pid, dataDirectory))) await stopPostmaster(child.pid, dataDirectory);
      return undefined;
    }
    await sleep(3);
  }
  const reason = await readLogEnd(context.logFile);
  if (/pre-existing shared memory|lock file .* already exists|Address already in use/.test(reason)) return undefined;
  throw new StartError(`The embedded database did not start: ${reason}`);
}

async function spawnPostgres(context: Context, binary: string, args: string[]) {
  const [command = binary, ...rest] = [...context.identity.commandPrefix, binary, ...args];
  const log = await open(context.logFile, 'a', 0o600);
  try {
    // Detached: its own session, so that Ctrl-C in the terminal does not reach it before the server has finished.
    const child = spawn(command, rest, {
      cwd: '/',
      detached: true,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function runToEnd(context: Context, binary: string, args: string[]): Promise<number | null> {
  const child = await spawnPostgres(context, binary, args);
  child.ref();
  return child.exitCode ?? new Promise((resolve) => child.once('exit', resolve));
}

function urlOf(context: Context, postmaster: Postmaster): string {
  const host = postmaster.socketDirectory ? `localhost:${SOCKET_PORT}` : `127.0.0.1:${postmaster.port}`;
  // `pg` and libpq prefer the parameter; the host in front keeps the URL valid for everybody else.
  const query = postmaster.socketDirectory ? `?host=${encodeURIComponent(context.socketDirectory)}` : '';
  return `postgres://${USER}:${context.password}@${host}/${DATABASE}${query}`;
}

/** Proves that the server answers, and creates our database in a new one. */
async function openDatabase(url: string): Promise<true> {
  try {
    await execute(url, 'SELECT 1');
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== '3D000') throw error;
    const maintenance = new URL(url);
    maintenance.pathname = '/postgres';
    await execute(maintenance.href, `CREATE DATABASE ${DATABASE}`);
  }
  return true;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** 57P03: the server is starting up or shutting down. */
function rethrowUnlessGone(error: NodeJS.ErrnoException): undefined {
  if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03', '57P01'].includes(error.code ?? '')) return undefined;
  throw error;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The server appends, so its log may be cut under it; one older part is kept. */
async function boundLog(logFile: string): Promise<void> {
  if ((await stat(logFile)).size <= LOG_LIMIT_BYTES) return;
  await copyFile(logFile, `${logFile}.1`);
  await truncate(logFile);
}

async function readLogEnd(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5).join(' ').slice(-800) || 'it said nothing';
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
