import type { WritableDatabase } from '../db/client.ts';
import type { Logger } from '../platform/logger.ts';
import { findAnchor, writeAnchor, type Anchor } from './anchor.ts';
import type { AuditKeys } from './keys.ts';
import { findHead, findSeal, sealBatch, sealingLag } from './seal.ts';

export interface Sealer {
  /** Seals what is committed and anchors the head. Returns how many entries it sealed. */
  sealPending(): Promise<number>;
  /** Seals every few seconds until stopped; `stop` waits for what runs and seals a last time. */
  startSealing(options?: { intervalMs?: number }): { stop(): Promise<void> };
  /**
   * After a restore: seals everything and takes the trail as it is now for the true one, whatever was anchored.
   * Record `audit.restored` before.
   */
  acceptRestoredTrail(): Promise<void>;
}

const defaultIntervalMs = 5_000;
const lagLimitMs = 3 * 60_000;
const logIntervalMs = 60_000;
const sealingFailed = 'The audit trail could not be sealed.';

export function createSealer(options: {
  db: WritableDatabase;
  keys: AuditKeys;
  /** Where the head is kept outside the database. */
  anchorPath: string;
  logger: Logger;
}): Sealer {
  const { db, keys, anchorPath, logger } = options;
  let headLoggedAt = -Infinity;
  let lagLoggedAt = -Infinity;
  let contradictionLoggedAt = -Infinity;

  async function sealAll(): Promise<number> {
    let sealed = 0;
    for (;;) {
      const batch = await sealBatch(db, keys);
      sealed += batch.sealed;
      // Nothing sealed and not complete: another replica is at it.
      if (batch.complete || batch.sealed === 0) return sealed;
    }
  }

  async function advanceAnchor(): Promise<void> {
    const head = await findHead(db);
    const anchor = await findAnchor(anchorPath);
    if (anchor) {
      if (head?.sequence === anchor.sequence && head.seal === anchor.seal) return;
      // An anchor that the database contradicts is evidence: it stays as it is.
      if ((await findSeal(db, anchor.sequence)) !== anchor.seal) {
        if (Date.now() - contradictionLoggedAt < logIntervalMs) return;
        contradictionLoggedAt = Date.now();
        logger.error(
          { anchored: anchor.sequence, head: head?.sequence ?? null },
          'The audit trail in the database does not lead to the anchored checkpoint: verify the audit trail.',
        );
        return;
      }
    }
    if (head) await anchorHead(head);
  }

  async function anchorHead({ sequence, total, lastId, seal, sealedAt }: Anchor): Promise<void> {
    await writeAnchor(anchorPath, { sequence, total, lastId, seal, sealedAt });
    if (Date.now() - headLoggedAt < logIntervalMs) return;
    headLoggedAt = Date.now();
    logger.info({ sequence, total, lastId, seal }, 'Audit trail sealed');
  }

  async function reportLag(): Promise<void> {
    const waitedMs = Math.round(await sealingLag(db));
    if (waitedMs < lagLimitMs || Date.now() - lagLoggedAt < logIntervalMs) return;
    lagLoggedAt = Date.now();
    logger.warn(
      { waitedMs },
      'Audit entries wait for their checkpoint: an open transaction on the database holds it back.',
    );
  }

  async function sealPending(): Promise<number> {
    const sealed = await sealAll();
    await advanceAnchor();
    return sealed;
  }

  return {
    sealPending,
    startSealing({ intervalMs = defaultIntervalMs } = {}) {
      let running: Promise<void> = Promise.resolve();
      let idle = true;
      const timer = setInterval(() => {
        if (!idle) return;
        idle = false;
        running = sealPending()
          .then(reportLag)
          .catch((error: unknown) => logger.error({ error }, sealingFailed))
          .finally(() => (idle = true));
      }, intervalMs);
      timer.unref();
      return {
        async stop() {
          clearInterval(timer);
          await running;
          headLoggedAt = -Infinity;
          await sealPending().catch((error: unknown) => logger.error({ error }, sealingFailed));
        },
      };
    },
    async acceptRestoredTrail() {
      await sealAll();
      const head = await findHead(db);
      if (head) await anchorHead(head);
    },
  };
}
