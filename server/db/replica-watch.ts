import { sql } from 'drizzle-orm';
import type { Logger } from '../platform/logger.ts';
import type { Database } from './client.ts';
import { deadAfterMs } from './replica-silence.ts';

const intervalMs = 5_000;

export interface ReplicaWatch {
  /** Whether other server processes on this database were heard of lately; each reports every few seconds. */
  readonly areSeveral: boolean;
  start(): void;
  stop(): void;
}

export function createReplicaWatch({ db, log }: { db: Database; log: Logger }): ReplicaWatch {
  let areSeveral = false;
  let timer: NodeJS.Timeout | undefined;

  async function count(): Promise<void> {
    try {
      const found = await db.execute<{ count: number }>(
        sql`select count(*)::int as count from replicas where seen_at > now() - ${deadAfterMs} * interval '1 millisecond'`,
      );
      areSeveral = (found.rows[0]?.count ?? 0) > 1;
    } catch (error) {
      log.debug({ error }, 'could not count the replicas');
    }
  }

  return {
    get areSeveral() {
      return areSeveral;
    },
    start() {
      void count();
      timer = setInterval(() => void count(), intervalMs);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
