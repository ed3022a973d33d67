import { sql } from 'drizzle-orm';
import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { AuditVerification } from '../../contract/audit.ts';
import type { Database } from '../db/client.ts';
import { findAnchor } from './anchor.ts';
import { createCoverage } from './coverage.ts';
import { findSecret, type AuditKeys } from './keys.ts';
import { findHead } from './seal.ts';
import { createTally, type EntryRow } from './verify-tally.ts';
import { verifyChain } from './verify-chain.ts';

export interface VerifyOptions {
  /** The first and the last entry to check, both included. */
  fromId?: number | undefined;
  toId?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((checked: number) => void) | undefined;
}

export type VerifyAudit = (options?: VerifyOptions) => Promise<AuditVerification>;

const batchSize = 2_000;
/** How many entries are checked between two looks at the event loop. */
const sliceSize = 250;
const largestId = Number.MAX_SAFE_INTEGER - 1;

/**
 * Recomputes every signature and compares the entries with the sealed checkpoints and the anchor. Reads in batches, so
 * that memory stays the same however long the trail is; entries may be appended and sealed meanwhile.
 */
export function createVerifier(setup: { db: Database; keys: AuditKeys; anchorPath: string }): VerifyAudit {
  const { db } = setup;
  const secretOf = findSecret(setup.keys);
  return async function verify({ fromId = 0, toId = largestId, signal, onProgress } = {}) {
    const problems: string[] = [];
    // Read before the checkpoints: those only grow, so they lead to it at least.
    const anchor = await findAnchor(setup.anchorPath).catch((error: Error) => void problems.push(error.message));
    const head = await findHead(db);
    const chain = await verifyChain(db, {
      findSecret: secretOf,
      anchor: anchor ?? undefined,
      ...(signal && { signal }),
    });
    problems.push(...chain.problems);
    const tally = createTally(chain, { fromId, toId, idBefore: await findIdBefore(db, fromId), secretOf });
    const coverage = createCoverage(db, { fromId, toId, ...chain });
    const frontier = head?.sameCluster ? head : { throughTransaction: '0', throughId: 0 };

    let pending = readEntries(db, { after: fromId - 1, toId, frontier });
    for (;;) {
      const rows = await pending;
      const full = rows.length === batchSize;
      const throughId = full ? Number(rows.at(-1)?.id) : toId;
      // The database reads on while the signatures are computed.
      if (full) pending = readEntries(db, { after: throughId, toId, frontier });
      // Handled here or never: an abort below must not leave a rejection behind.
      pending.catch(() => undefined);
      await coverage.load(throughId);
      for (let start = 0; start < rows.length; start += sliceSize) {
        signal?.throwIfAborted();
        for (const row of rows.slice(start, start + sliceSize)) tally.check(row, coverage);
        await yieldToEvents();
      }
      tally.skip(coverage.skipThrough(throughId));
      onProgress?.(tally.checked());
      if (!full) break;
    }
    return tally.finish(problems);
  };
}

async function findIdBefore(db: Database, id: number): Promise<number | null> {
  const { rows } = await db.execute<{ id: string | null }>(
    sql`select max(id) as id from audit_entries where id < ${id}`,
  );
  return rows[0]?.id == null ? null : Number(rows[0].id);
}

async function readEntries(
  db: Database,
  range: { after: number; toId: number; frontier: { throughTransaction: string; throughId: number } },
): Promise<EntryRow[]> {
  const { throughTransaction, throughId } = range.frontier;
  const { rows } = await db.execute<EntryRow>(sql`
    select id, (extract(epoch from timestamp) * 1000)::bigint as milliseconds, actor_type, actor_id, event_type,
      resource, outcome, error, detail, key_id, row_hmac,
      (transaction_id, id) <= (${throughTransaction}::xid8, ${throughId}::bigint)
        and epoch = (select system_identifier from pg_control_system()) as behind
    from audit_entries where id > ${range.after} and id <= ${range.toId} order by id limit ${batchSize}`);
  return rows;
}
