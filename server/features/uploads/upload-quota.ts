import type { Executor, Transaction } from '../../db/client.ts';
import type { StorageQuota } from '../../db/storage-quota.ts';
import { conflict } from '../../platform/errors.ts';

/** What a person's files may take of the room that they and their conversations have together. */
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
const minBytes = 4096;

export function createUploadQuota({ db, quota }: { db: Executor; quota: StorageQuota }): UploadQuota {
  /** Bytes of files that this process is receiving, by person. */
  const receiving = new Map<string, number>();

  const full = () =>
    conflict(
      `Your files and conversations may take ${quota.limit} altogether, and this file does not fit in any more. Delete conversations that you no longer need; the room of their files is free the next day.`,
    );

  function count(userId: string, bytes: number): number {
    const total = (receiving.get(userId) ?? 0) + bytes;
    if (total > 0) receiving.set(userId, total);
    else receiving.delete(userId);
    return total;
  }

  return {
    async *meter(userId, file) {
      const room = await quota.roomFor(db, userId);
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
      if (!(await quota.hasRoom(tx, userId, Math.max(size, minBytes)))) throw full();
    },
  };
}
