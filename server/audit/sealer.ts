import type { WritableDatabase } from '../db/client.ts';
import type { Logger } from '../platform/logger.ts';
import type { AnchorKeeper } from './anchor-keeper.ts';
import type { AuditKeys } from './keys.ts';
import type { NotedEntries } from './noted-entries.ts';
import type { RecordAudit } from './record.ts';
import { findHead, sealBatch } from './seal.ts';
import type { ReadSealedIds } from './sealed-ids.ts';
import { findWaiting } from './unsealed.ts';

export interface Sealer {
  /**
   * Seals what is committed and anchors the head. Returns how many entries it sealed.
   * @param options.fromStart looks for unsealed entries in the whole trail, however old they are.
   */
  sealPending(options?: { fromStart?: boolean }): Promise<number>;
  /** Seals every few seconds until stopped; `stop` waits for what runs and seals a last time. */
  startSealing(options?: { intervalMs?: number }): { stop(): Promise<void> };
  /** How many entries have waited for their checkpoint for over a minute, and since when. */
  findWaiting(): Promise<{ count: number; since: string | null }>;
  /**
   * After a restore: seals everything and takes the trail as it is now for the true one, whatever was anchored.
   * Record `audit.restored` before.
   */
  acceptRestoredTrail(): Promise<void>;
}

const defaultIntervalMs = 5_000;
/** In rounds: how often the anchor, what waits and what others wrote are looked at while this process wrote nothing. */
const lookEvery = 4;
const logIntervalMs = 60_000;
const sealingFailed = 'The audit trail could not be sealed.';

export function createSealer(options: {
  db: WritableDatabase;
  keys: AuditKeys;
  anchors: AnchorKeeper;
  readSealedIds: ReadSealedIds;
  noted: NotedEntries;
  record: RecordAudit;
  logger: Logger;
}): Sealer {
  const { db, keys, anchors, readSealedIds, noted, record, logger } = options;
  let waitLoggedAt = -Infinity;
  /** Entries wait below what was sealed. */
  let isBehind = false;

  async function sealAll(fromStart: boolean): Promise<number> {
    let sealed = 0;
    for (;;) {
      const batch = await sealBatch(db, { keys, readSealedIds }, { fromStart });
      sealed += batch.sealed;
      // Nothing sealed and not complete: another replica is at it.
      if (batch.complete || batch.sealed === 0) return sealed;
    }
  }

  async function findWaitingEntries(): Promise<{ count: number; since: string | null }> {
    const floor = await findFloor();
    const { ranges: sealed } = await readSealedIds(db, floor);
    return findWaiting(db, { floor, sealed });
  }

  async function findFloor(): Promise<number> {
    const head = await findHead(db, keys);
    return head?.holds ? head.throughId : 0;
  }

  /** Looks for what this process wrote and sealing did not come by. */
  async function settleNoted(): Promise<void> {
    const { lost, passed } = await noted.settle(db, await findFloor());
    if (passed !== undefined && !isBehind) {
      logger.error({ id: passed }, 'An id was given that lies below what was sealed: somebody set its sequence back.');
    }
    isBehind = passed !== undefined;
    if (lost.length === 0) return;
    logger.error({ ids: lost.slice(0, 100) }, 'Audit entries are gone that had been written and were not sealed yet.');
    const bounds = { count: lost.length, firstId: Math.min(...lost), lastId: Math.max(...lost) };
    const event = { eventType: 'audit.entries_lost', actor: { type: 'system' }, outcome: 'failure' } as const;
    await db.transaction((tx) => record(tx, { ...event, detail: bounds }));
  }

  async function reportWaiting(): Promise<void> {
    const { count, since } = await findWaitingEntries();
    if (count === 0 || Date.now() - waitLoggedAt < logIntervalMs) return;
    waitLoggedAt = Date.now();
    logger.error({ count, since }, 'Audit entries wait for their checkpoint: something on the database holds it back.');
  }

  async function sealPending({ fromStart = false } = {}): Promise<number> {
    await anchors.begin();
    const sealed = await sealAll(fromStart || isBehind);
    if (await anchors.advance()) await settleNoted();
    return sealed;
  }

  async function sealAndLook(): Promise<void> {
    await sealPending().catch((error: unknown) => logger.error({ error }, sealingFailed));
    await reportWaiting().catch((error: unknown) =>
      logger.error({ error }, 'Nobody knows whether audit entries wait to be sealed.'),
    );
  }

  async function sealNew(): Promise<void> {
    try {
      await anchors.begin();
      if ((await sealAll(false)) > 0) await anchors.advance();
    } catch (error) {
      logger.error({ error }, sealingFailed);
    }
  }

  return {
    sealPending,
    findWaiting: findWaitingEntries,
    startSealing({ intervalMs = defaultIntervalMs } = {}) {
      let running: Promise<void> = Promise.resolve();
      let idle = true;
      let round = 0;
      const timer = setInterval(() => {
        if (!idle) return;
        const isLook = round++ % lookEvery === 0;
        if (!isLook && !noted.areAny) return;
        idle = false;
        running = (isLook ? sealAndLook() : sealNew()).finally(() => (idle = true));
      }, intervalMs);
      timer.unref();
      return {
        async stop() {
          clearInterval(timer);
          await running;
          await sealPending().catch((error: unknown) => logger.error({ error }, sealingFailed));
        },
      };
    },
    async acceptRestoredTrail() {
      await sealAll(true);
      await anchors.accept();
    },
  };
}
