import { eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { uploads } from '../../db/schema/index.ts';
import { conflict } from '../../platform/errors.ts';

/** How much of the disk one person's files take, with all agents and on all replicas together. */
export interface UploadQuota {
  /** Passes a file on while the person has room for it. @throws AppError 409 as soon as there is none */
  meter(userId: string, file: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /**
   * Decides about a file that was received, one after the other for each person, so that files sent at once do not slip
   * past. Called in the transaction that then records the file. @throws AppError 409
   */
  requireRoom(tx: Transaction, userId: string, size: number): Promise<void>;
}

/** What a file takes on the disk at least, so that a million empty ones count too. */
const smallestBytes = 4096;

export function createUploadQuota({ db, limitBytes }: { db: Executor; limitBytes: number }): UploadQuota {
  /** Bytes of files that this process is receiving, by person. */
  const receiving = new Map<string, number>();

  async function usedBytes(executor: Executor, userId: string): Promise<number> {
    const [row] = await executor
      .select({ bytes: sql<string>`coalesce(sum(greatest(${uploads.size}, ${smallestBytes})), 0)` })
      .from(uploads)
      .where(eq(uploads.userId, userId));
    return Number(row?.bytes ?? 0);
  }

  const full = () =>
    conflict(
      `Your files may take ${inWords(limitBytes)} altogether, and this one does not fit in any more. Delete conversations whose files you no longer need; their room is free the next day.`,
    );

  function count(userId: string, bytes: number): number {
    const total = (receiving.get(userId) ?? 0) + bytes;
    if (total > 0) receiving.set(userId, total);
    else receiving.delete(userId);
    return total;
  }

  return {
    async *meter(userId, file) {
      const room = limitBytes - (await usedBytes(db, userId));
      let received = 0;
      try {
        for await (const chunk of file) {
          received += chunk.byteLength;
          if (count(userId, chunk.byteLength) > room) throw full();
          yield chunk;
        }
      } finally {
        count(userId, -received);
      }
    },
    async requireRoom(tx, userId, size) {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${userId}`}, 0))`);
      if ((await usedBytes(tx, userId)) + Math.max(size, smallestBytes) > limitBytes) throw full();
    },
  };
}

function inWords(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}
