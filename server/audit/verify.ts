import { sql } from 'drizzle-orm';
import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { AuditVerification } from '../../contract/audit.ts';
import type { Database } from '../db/client.ts';
import type { AnchorReport } from './anchor-keeper.ts';
import { createCoverage } from './coverage.ts';
import { findSecret, type AuditKeys } from './keys.ts';
import { createEntryReader, readBatchSize } from './read-entries.ts';
import { findStructureProblems } from './structure.ts';
import { currentTrail, type TrailTables } from './trail-tables.ts';
import { maxId, maxWaitMs } from './unsealed.ts';
import { verifyChain, type ChainVerification } from './verify-chain.ts';
import { createTally } from './verify-tally.ts';

export interface VerifyOptions {
  /** The first and the last entry to check, both included. */
  fromId?: number | undefined;
  toId?: number | undefined;
  /**
   * A trail that nobody seals at present, such as a restored one, is judged by the moment of its newest entry: what is
   * unsealed then is what was unsealed when it came to rest.
   */
  atRest?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((checked: number) => void) | undefined;
}

export type VerifyAudit = (options?: VerifyOptions) => Promise<AuditVerification>;

/** How many entries are checked between two looks at the event loop. */
const sliceSize = 250;

/**
 * Recomputes every signature and compares the entries with the sealed checkpoints and the anchor. Reads in batches, so
 * that memory stays the same however long the trail is; entries may be appended and sealed meanwhile.
 */
export function createVerifier(setup: {
  db: Database;
  keys: AuditKeys;
  inspectAnchor: () => Promise<AnchorReport>;
}): VerifyAudit {
  return async function verify(options = {}) {
    const problems = await findStructureProblems(setup.db);
    try {
      // Read before the checkpoints: those only grow, so they lead to it at least.
      const { anchor, problem } = await setup.inspectAnchor();
      if (problem !== undefined) problems.unshift(problem);
      const { report } = await verifyTables({ ...setup, tables: currentTrail, anchor, problems }, options);
      return report;
    } catch (error) {
      const reason = findReadingProblem(error);
      if (reason === undefined) throw error;
      return { ...unread, problems: [...problems, `The trail cannot be read: ${reason}.`] };
    }
  };
}

const unread: AuditVerification = {
  valid: false,
  totalChecked: 0,
  invalidIds: [],
  missing: [],
  sealedThrough: null,
  unsealed: 0,
  problems: [],
};

/**
 * What PostgreSQL says of tables, columns and values that are not what they should be (22: values, 42: names and types, 0A:
 * what is not possible with them). Whoever made them so must not end verifying: it is the violation.
 * https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
function findReadingProblem(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code, message } = current as NodeJS.ErrnoException;
    if (/^(22|42|0A)/.test(code ?? '')) return message.split('\n', 1)[0];
  }
  return undefined;
}

/** Verifies a trail of either format. */
export async function verifyTables(
  setup: {
    db: Database;
    keys: AuditKeys;
    tables: TrailTables;
    anchor: AnchorReport['anchor'];
    /** What is known to be wrong already. */
    problems: string[];
  },
  { fromId = 1, toId = maxId, atRest = false, signal, onProgress }: VerifyOptions,
): Promise<{ report: AuditVerification; chain: ChainVerification }> {
  const { db, tables, anchor } = setup;
  const secretOf = findSecret(setup.keys);
  const chain = await verifyChain(db, { tables, findSecret: secretOf, anchor, signal });
  const problems = [...setup.problems, ...chain.problems, ...(await findStrayIds(db, tables))];
  const sealedBefore = (atRest ? await findNewestMoment(db, tables) : Date.now()) - maxWaitMs;
  const tally = createTally(chain, { fromId, toId, idBefore: await findIdBefore(db, tables, fromId), sealedBefore });
  const coverage = createCoverage(db, { tables, fromId, toId, ...chain });
  const reader = createEntryReader(db, tables, secretOf);

  let pending = reader.read(fromId - 1, toId);
  for (;;) {
    const rows = await pending;
    const full = rows.length === readBatchSize;
    const throughId = full ? Number(rows.at(-1)?.id) : toId;
    // The database reads on while the signatures are computed.
    if (full) pending = reader.read(throughId, toId);
    // Handled here or never: an abort below must not leave a rejection behind.
    pending.catch(() => undefined);
    await coverage.load(throughId);
    for (let start = 0; start < rows.length; start += sliceSize) {
      signal?.throwIfAborted();
      for (const row of rows.slice(start, start + sliceSize)) tally.check(reader.check(row), coverage);
      await yieldToEvents();
    }
    tally.skip(coverage.skipThrough(throughId));
    onProgress?.(tally.checked());
    if (!full) break;
  }
  return { report: tally.finish(problems), chain };
}

async function findIdBefore(db: Database, tables: TrailTables, id: number): Promise<number | null> {
  const { rows } = await db.execute<{ id: string | null }>(
    sql`select max(id) as id from ${tables.entries} where id < ${id} and id > 0`,
  );
  return rows[0]?.id == null ? null : Number(rows[0].id);
}

/** Ids outside what is walked through: a changed sequence could give them, and the entries would go unseen. */
async function findStrayIds(db: Database, tables: TrailTables): Promise<string[]> {
  const { rows } = await db.execute<{ count: string }>(
    sql`select count(*) from ${tables.entries} where id < 1 or id > ${maxId}`,
  );
  const count = Number(rows[0]?.count ?? 0);
  return count === 0 ? [] : [`Entries with ids that Pinchy never gives: ${count}.`];
}

async function findNewestMoment(db: Database, tables: TrailTables): Promise<number> {
  const { rows } = await db.execute<{ milliseconds: string | null }>(
    sql`select (extract(epoch from max(timestamp)) * 1000)::bigint as milliseconds from ${tables.entries}`,
  );
  return Number(rows[0]?.milliseconds ?? 0);
}
