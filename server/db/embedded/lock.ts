import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors.ts';

export type LockMode = 'shared' | 'exclusive';

/** Lets go of the lock. Calling it twice does no harm. */
export type ReleaseLock = () => void;

const SQLITE_BUSY = 5;

/**
 * Locks a file across processes and returns undefined at once if somebody else holds it in a conflicting mode. The
 * operating system lets go of the lock when its process dies, however it dies, so a lock is never stale. Node has no
 * flock; SQLite's own file locks are the same on every platform. The file must exist and stays empty. Nothing else may
 * open it: POSIX drops a process's locks as soon as any of its descriptors of the file is closed.
 */
export function tryLockFile(path: string, mode: LockMode): ReleaseLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec(mode === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT 1 FROM sqlite_schema');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return () => {
    if (database.isOpen) database.close();
  };
}

/** Waits for the lock, and throws `timeoutMessage` when it is not free within `timeoutMilliseconds`. */
export async function lockFile(
  path: string,
  mode: LockMode,
  timeoutMilliseconds: number,
  timeoutMessage: string,
): Promise<ReleaseLock> {
  const deadline = Date.now() + timeoutMilliseconds;
  for (;;) {
    const release = tryLockFile(path, mode);
    if (release) return release;
    if (Date.now() > deadline) throw new StartError(timeoutMessage);
    await sleep(10);
  }
}
