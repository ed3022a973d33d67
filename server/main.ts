import { once } from 'node:events';
import { join } from 'node:path';
import { type AddressInfo, createServer } from 'node:net';
import { readFileSync } from 'node:fs';
import { buildServer } from './build-server.ts';
import { type Config, readConfig } from './config.ts';
import { startEmbeddedPostgres } from './db/embedded/embedded-postgres.ts';
import { explainConnectionError } from './db/explain-connection-error.ts';
import { migrate } from './db/migrate.ts';
import { makeDataRoot } from './platform/data-root.ts';
import { StartError } from './platform/errors.ts';
import { createLogger } from './platform/logger.ts';
import type { PeerMetrics } from './platform/process-metrics.ts';
import { startMemoryUpkeep } from './platform/memory-upkeep.ts';
import { resourcePath } from './platform/resources.ts';
import { lowerPoolPriority } from './platform/thread-priority.ts';
import { createServices, type Services } from './services.ts';

/** How long running answers may go on after the first signal to stop. */
const graceMs = 6_000;
/** How long the rest of a start may take after it; longer than the embedded database may need. */
const maxStartMs = 90_000;

export interface RunningServer {
  url: string;
  services: Services;
  stop(): Promise<void>;
}

/** Starts the server of this environment, says where it is, and stays until a signal. */
export async function startServer(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  await exitOnStartError(async () => {
    const starting = runServer(readConfig(environment));
    // From the first moment on: a signal during the start must not leave the database running.
    stopOnSignals(starting, async () => (await starting).stop());
    const running = await starting;
    announce(running.url, !(await running.services.isSetUp()));
  });
}

/** One more process on the port of the one that started it, with which it ends. */
export async function joinServer(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  await exitOnStartError(async () => {
    const { joinGroup } = await import('./processes/join-group.ts');
    const desert = () => process.kill(process.pid, 'SIGTERM');
    const starting = runServer(readConfig(environment), joinGroup({ onDeserted: desert }));
    stopOnSignals(starting, async () => (await starting).stop(), { isQuiet: true });
    await starting;
  });
}

/** A fault that a person can mend ends the process with one sentence and exit code 1. */
export async function exitOnStartError(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/**
 * Starts everything and listens: database, migrations, services, HTTP, and the other processes on the port.
 * @param joined set in one of those others
 * @throws StartError
 */
export async function runServer(config: Config, joined?: PeerMetrics): Promise<RunningServer> {
  const log = createLogger(config.logLevel);
  const isShared = config.processes > 1;
  const group =
    isShared && !joined
      ? (await import('./processes/process-group.ts')).createProcessGroup({ count: config.processes - 1, log })
      : undefined;
  const version = readVersion();
  makeDataRoot(config.dataRoot);
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({
        directory: join(config.home, 'postgres'),
        settings: isShared ? { max_connections: String(connectionsFor(config.processes)) } : {},
        log: (message) => process.stdout.write(`  ${message}…\n`),
      });
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
  try {
    if (!joined) await migrateOrExplain(databaseUrl);
    const services = await createServices({ config, databaseUrl, version, log });
    try {
      await services.start();
      const app = await buildServer(services, {
        peers: group ?? joined,
        async examine(port) {
          const { examineServerItself } = await import('./cli/doctor/doctor.ts');
          return examineServerItself({ services, databaseUrl, port, environment: process.env });
        },
      });
      if (group) await listenOrExplain(() => requireFreePort(config), config);
      await listenOrExplain(
        () => app.listen({ host: config.host, port: config.port, ...(isShared && { reusePort: true }) }),
        config,
      );
      const address = app.server.address() as AddressInfo;
      group?.start({ port: address.port, databaseUrl });
      const upkeep = startMemoryUpkeep();
      lowerPoolPriority();
      return {
        url: addressOf(address, config.host),
        services,
        async stop() {
          upkeep.stop();
          await Promise.all([group?.stop(), services.stopWork(graceMs)]);
          await app.close();
          await services.stop();
          await embedded?.stop();
        },
      };
    } catch (error) {
      // What has begun holds connections and would wait for ever on a closed pool.
      await services.stopWork(0);
      await services.stop();
      throw error;
    }
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/**
 * Ends the process once `stop` is through, at the latest after 10 seconds. What is starting is let finish first, however
 * busy the machine is: a database that was just created must not be left running.
 */
export function stopOnSignals(
  starting: Promise<unknown>,
  stopServer: () => Promise<void>,
  { isQuiet = false } = {},
): void {
  let stopping = false;
  const endAfter = (milliseconds: number) => setTimeout(() => process.exit(1), milliseconds).unref();
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    if (!isQuiet)
      process.stdout.write(`\n${signal === 'SIGINT' ? 'Stopping' : 'Asked to stop'}: running answers may finish…\n`);
    const startingTooLong = endAfter(maxStartMs);
    await starting.catch(() => undefined);
    clearTimeout(startingTooLong);
    endAfter(graceMs + 3_500);
    stopServer().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', (signal) => void stop(signal));
  process.on('SIGTERM', (signal) => void stop(signal));
}

/** A port that may be shared would be shared with any other program of this user, also with another Pinchy. */
async function requireFreePort({ host, port }: Config): Promise<void> {
  const probe = createServer();
  probe.listen({ host, port });
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}

/** Each process keeps up to 21; the rest is for commands such as `pinchy backup`. */
const connectionsFor = (processes: number) => 21 * processes + 18;

async function migrateOrExplain(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl);
  } catch (error) {
    throw explainConnectionError(error, databaseUrl) ?? error;
  }
}

async function listenOrExplain(listen: () => Promise<unknown>, { host, port }: Config): Promise<void> {
  try {
    await listen();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} on ${host} is taken by another program. Stop it, or set PORT to a free one.`);
    }
    if (code === 'EACCES') throw new StartError(`Pinchy may not listen on port ${port}. Set PORT to one above 1023.`);
    if (code === 'EADDRNOTAVAIL') throw new StartError(`This machine has no address ${host}. Set HOST to one it has.`);
    throw error;
  }
}

function addressOf({ port }: AddressInfo, host: string): string {
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' || host === '::1' ? 'localhost' : host;
  return `http://${name}:${port}`;
}

function announce(url: string, isFirstStart: boolean): void {
  const next = isFirstStart
    ? 'Open it in a browser to create the first admin account.'
    : 'Open it in a browser and sign in.';
  process.stdout.write(`\n  Pinchy is ready at ${url}\n  ${next} Ctrl-C stops it.\n\n`);
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(resourcePath('package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
