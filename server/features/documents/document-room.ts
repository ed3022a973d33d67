import { statfs } from 'node:fs/promises';
import { AppError } from '../../platform/errors.ts';
import { measureDocuments } from './walk-documents.ts';

/** Room that one form has taken, until it is known what becomes of it. */
export interface ReservedRoom {
  /** Passes a document on while there is room for it. @throws AppError 507 as soon as there is none */
  meter(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Gives the room back; what was added to the documents meanwhile is told. */
  end(addedBytes: number): void;
}

/** What all documents below the data root may take together, and the end of the disk. */
export interface DocumentRoom {
  /** @throws AppError 507 when there is no room for so many bytes */
  reserve(announcedBytes: number): Promise<ReservedRoom>;
  /** Documents that were removed, in bytes. */
  giveBack(bytes: number): void;
}

/** What others add to the directories is seen after so long. */
const measuredForMs = 5 * 60_000;
/** Left on the disk for all else. */
const minFreeBytes = 64 * 1024 ** 2;
/** What a document takes at least, so that a million empty ones count too. */
export const minDocumentBytes = 4096;

export function createDocumentRoom({ dataRoot, limitBytes }: { dataRoot: string; limitBytes: number }): DocumentRoom {
  let measuring: Promise<void> | undefined;
  let measuredAt = -Infinity;
  let used = 0;
  /** Of what is being received. */
  let taken = 0;

  const full = () =>
    new AppError(
      'storage_full',
      `All documents together may take ${inWords(limitBytes)}, and this does not fit in any more. Remove what is not needed, or raise DOCUMENTS_MIB.`,
    );

  async function measure(): Promise<void> {
    if (performance.now() - measuredAt < measuredForMs) return;
    measuring ??= measureDocuments(dataRoot, minDocumentBytes)
      .then((bytes) => {
        used = bytes;
        measuredAt = performance.now();
      })
      .finally(() => (measuring = undefined));
    await measuring;
  }

  async function requireDisk(bytes: number): Promise<void> {
    const stats = await statfs(dataRoot).catch(() => undefined);
    if (stats && bytes > stats.bavail * stats.bsize - minFreeBytes) {
      throw new AppError(
        'storage_full',
        'The disk for documents is full. Free some space on the server, then try again.',
      );
    }
  }

  return {
    async reserve(announcedBytes) {
      await measure();
      await requireDisk(taken + announcedBytes);
      if (used + taken + Math.max(announcedBytes, minDocumentBytes) > limitBytes) throw full();
      let own = 0;
      const add = (bytes: number) => {
        own += bytes;
        taken += bytes;
        if (used + taken > limitBytes) throw full();
      };
      return {
        async *meter(stream) {
          let received = 0;
          for await (const chunk of stream) {
            received += chunk.byteLength;
            add(chunk.byteLength);
            yield chunk;
          }
          if (received < minDocumentBytes) add(minDocumentBytes - received);
        },
        end(addedBytes) {
          taken -= own;
          own = 0;
          used += addedBytes;
        },
      };
    },
    giveBack(bytes) {
      used = Math.max(0, used - bytes);
    },
  };
}

function inWords(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}
