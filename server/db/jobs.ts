import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import type { Logger } from '../platform/logger.ts';

/** Background work that one replica at a time does, by the clock. */
export interface ScheduledJob {
  id: string;
  /** Cron with minutes, in UTC. */
  schedule: string;
  run(signal: AbortSignal): Promise<void>;
}

export interface JobRunner {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Jobs in the database that is there anyway: each tick runs once, whatever the number of replicas, and is tried again. */
export function createJobRunner(options: {
  pool: Pool;
  jobs: ScheduledJob[];
  log: Logger;
  /** How often it is looked whether a tick is due. Ticks of hours need no quick look; each is a query. */
  lookSeconds?: number;
}): JobRunner {
  const { pool, jobs, log, lookSeconds = 30 } = options;
  const stopping = new AbortController();
  let boss: PgBoss | undefined;
  let starting: Promise<void> | undefined;

  return {
    start: () => (starting ??= begin()),
    async stop() {
      stopping.abort();
      // Half a start cannot be stopped; why it failed is for whoever called it.
      await starting?.catch(() => undefined);
      await boss
        ?.stop({ graceful: true, timeout: 2_000 })
        .catch((error: unknown) => log.warn({ error }, 'jobs did not stop'));
    },
  };

  async function begin(): Promise<void> {
    boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: 'jobs',
      cronMonitorIntervalSeconds: lookSeconds,
      cronWorkerIntervalSeconds: lookSeconds,
    });
    boss.on('error', (error) => log.warn({ error }, 'the job queue stumbled'));
    await boss.start();
    for (const job of jobs) {
      await boss.createQueue(job.id, { policy: 'exclusive', retryLimit: 2, retryDelay: 300, expireInSeconds: 3_600 });
      await boss.work(job.id, { pollingIntervalSeconds: lookSeconds }, async () => {
        log.info({ job: job.id }, 'job started');
        await job.run(stopping.signal);
      });
      await boss.schedule(job.id, job.schedule, null, { tz: 'UTC' });
    }
  }
}
