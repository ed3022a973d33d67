import type { WritableDatabase } from '../../db/client.ts';
import type { Logger } from '../../platform/logger.ts';
import { keepActivity, listActivity } from './activity.queries.ts';

/** When people last used the product. */
export interface UserActivity {
  /** Somebody did something just now. Costs nothing: it is written with what others did, after a while. */
  note(userId: string): void;
  /** When each person was last active, by id; also what is not written yet, of this process. */
  lastActive(): Promise<ReadonlyMap<string, Date>>;
  start(): void;
  /** Writes what was noted. */
  stop(): Promise<void>;
}

const flushMs = 30_000;

/** Not audited, like the renewal of a session: nobody decides it, and it is no proof of anything. */
export function createUserActivity({ db, log }: { db: WritableDatabase; log: Logger }): UserActivity {
  let noted = new Map<string, Date>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    if (noted.size === 0) return;
    const written = noted;
    noted = new Map();
    try {
      await keepActivity(db, written);
    } catch (error) {
      log.warn({ reason: String(error) }, 'could not write who was active');
      noted = new Map([...written, ...noted]);
    }
  }

  return {
    note: (userId) => void noted.set(userId, new Date()),
    async lastActive() {
      const rows = await listActivity(db);
      return new Map([...rows.map(({ userId, lastActiveAt }) => [userId, lastActiveAt] as const), ...noted]);
    },
    start() {
      timer = setInterval(() => void flush(), flushMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
