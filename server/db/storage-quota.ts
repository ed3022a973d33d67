import { eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from './client.ts';
import { prepared } from './prepared.ts';
import { personalStorage } from './schema/index.ts';

/** How much one person's files and conversations may take, with all agents and on all replicas together. */
export interface StorageQuota {
  /** As people say it, such as `2 GiB`. */
  readonly limit: string;
  /** How many bytes there are left; below zero when answers took more than there was. */
  roomFor(executor: Executor, userId: string): Promise<number>;
  /**
   * Whether so many bytes more fit. What one person adds at once is decided one after the other; called in the
   * transaction that then adds it.
   */
  hasRoom(tx: Transaction, userId: string, bytes: number): Promise<boolean>;
}

const used = sql<string>`${personalStorage.textBytes} + ${personalStorage.fileBytes}`;
const begin = prepared('storage_begin', (tx: Transaction) =>
  tx
    .insert(personalStorage)
    .values({ userId: sql.placeholder('userId') })
    .onConflictDoNothing(),
);
const lockUsed = prepared('storage_used', (tx: Transaction) =>
  tx
    .select({ used })
    .from(personalStorage)
    .where(eq(personalStorage.userId, sql.placeholder('userId')))
    .for('no key update'),
);

export function createStorageQuota(limitBytes: number): StorageQuota {
  const remaining = (row: { used: string } | undefined) => limitBytes - Number(row?.used ?? 0);

  return {
    limit: inWords(limitBytes),
    async roomFor(executor, userId) {
      const rows = await executor.select({ used }).from(personalStorage).where(eq(personalStorage.userId, userId));
      return remaining(rows[0]);
    },
    async hasRoom(tx, userId, bytes) {
      const [, rows] = await Promise.all([begin(tx, { userId }), lockUsed(tx, { userId })]);
      return bytes <= remaining(rows[0]);
    },
  };
}

function inWords(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}
