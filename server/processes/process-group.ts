import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Logger } from '../platform/logger.ts';
import { createMetricsExchange, type MetricsExchange } from './metrics-exchange.ts';
import type { PeerMetrics, ProcessMetrics } from '../platform/process-metrics.ts';
import type { ProcessMessage } from './process-messages.ts';

export interface ProcessGroup extends PeerMetrics {
  /** Starts the others, on what this process listens on and with its database. */
  start(shared: { port: number; databaseUrl: string }): void;
  /** Lets them end what they are at, and waits until all have ended. */
  stop(): Promise<void>;
}

/** One that ends is started again after this long, twice as long each time that it did not live for a while. */
const firstPauseMs = 500;
const maxPauseMs = 30_000;
const stableAfterMs = 20_000;
/** Longer than a process gives its running answers. */
const maxStopMs = 9_000;

interface Member {
  child: ChildProcess;
  exchange: MetricsExchange;
}

/** The other server processes on one port: started by the first, and again when they end, and ended with it. */
export function createProcessGroup(options: {
  /** How many others. */
  count: number;
  log: Logger;
}): ProcessGroup {
  const { count, log } = options;
  let ownMetrics: () => Promise<ProcessMetrics> = async () => [];
  const members = new Set<Member>();
  const pauses = new Set<NodeJS.Timeout>();
  let stopping = false;

  async function metricsExcept(asking: Member | undefined): Promise<ProcessMetrics[]> {
    const others = [...members].filter((member) => member !== asking);
    return (await Promise.all(others.map(({ exchange }) => exchange.ask()))).flat();
  }

  function startMember(environment: NodeJS.ProcessEnv, pauseMs: number): void {
    const startedAt = Date.now();
    // Its own group: Ctrl-C in a terminal reaches the first process, which ends them in order.
    const child = fork(process.argv[1] ?? '', ['join'], {
      env: environment,
      detached: true,
      serialization: 'advanced',
    });
    const exchange = createMetricsExchange({
      send: (message: ProcessMessage) => child.connected && child.send(message, () => undefined),
      answer: async () => [await ownMetrics(), ...(await metricsExcept(member))],
    });
    const member: Member = { child, exchange };
    members.add(member);
    child.on('message', (message) => exchange.hear(message as ProcessMessage));
    child.once('error', (error) => log.error({ error }, 'a server process could not be started'));
    child.once('exit', (code, signal) => {
      members.delete(member);
      exchange.end();
      if (stopping) return;
      log.error({ pid: child.pid, code, signal }, 'a server process ended; another one takes its place');
      const waitMs = Date.now() - startedAt > stableAfterMs ? firstPauseMs : pauseMs;
      const pause = setTimeout(() => {
        pauses.delete(pause);
        startMember(environment, Math.min(waitMs * 2, maxPauseMs));
      }, waitMs);
      pauses.add(pause);
    });
  }

  return {
    ofPeers: () => metricsExcept(undefined),
    answerWith: (read) => void (ownMetrics = read),
    start({ port, databaseUrl }) {
      const environment = { ...process.env, PORT: String(port), DATABASE_URL: databaseUrl, BACKGROUND_JOBS: '0' };
      for (let number = 0; number < count; number += 1) startMember(environment, firstPauseMs);
    },
    async stop() {
      stopping = true;
      for (const pause of pauses) clearTimeout(pause);
      await Promise.all(
        [...members].map(async ({ child }) => {
          const ended = once(child, 'exit');
          child.kill('SIGTERM');
          const last = setTimeout(() => child.kill('SIGKILL'), maxStopMs);
          await ended;
          clearTimeout(last);
        }),
      );
    },
  };
}
