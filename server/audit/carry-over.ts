import { sql } from 'drizzle-orm';
import type { WritableDatabase, Executor, Transaction } from '../db/client.ts';
import type { Logger } from '../platform/logger.ts';
import { type Anchor, findAnchor } from './anchor.ts';
import { canonicalJson, contentHmac, type Carried, type Json } from './canonical.ts';
import { contentOf, earlierEntryColumns, earlierEntryHolds, type EarlierEntryRow } from './entry-rows.ts';
import { type AuditKeys, findSecret } from './keys.ts';
import { findCarriedOver } from './own-entries.ts';
import { commitmentsTo } from './personal.ts';
import { type RecordAudit, separateEntry } from './record.ts';
import { earlierTrail } from './trail-tables.ts';
import { verifyTables } from './verify.ts';

/** Any constant would do, as long as every replica uses the same. */
const carryOverLock = 7_464_249_142;
const batchSize = 2_000;
/** As many as an entry's detail can hold; each entry that did not hold says so itself. */
const listed = { ids: 100, gaps: 100, problems: 20 };

export interface CarryOverOptions {
  db: WritableDatabase;
  keys: AuditKeys;
  anchorPath: string;
  record: RecordAudit;
  logger: Logger;
}

/**
 * Signs anew what was written before personal values stood apart. The earlier trail is verified first, and what it had
 * come to is the first entry of the new one; an entry that did not hold is carried over as one that did not. Goes on
 * where it was when the process ended; of several servers one does it, and the others wait.
 */
export async function carryOver(options: CarryOverOptions): Promise<void> {
  const { db, keys, logger } = options;
  if (!(await isWaiting(db))) return;
  await db.transaction(async (lock) => {
    // This transaction only holds the lock: the work is done in others, each of which stays done.
    await lock.execute(sql`
      select set_config('idle_in_transaction_session_timeout', '0', true), set_config('statement_timeout', '0', true)`);
    await lock.execute(sql`select pg_advisory_xact_lock(${carryOverLock}::bigint)`);
    if (!(await isWaiting(db))) return;
    logger.info('The audit trail is being verified and carried over to its new format');
    const result = (await findCarriedOver(db, keys)) ?? (await recordResult(options));
    while (await carryBatch(db, keys, result.id));
    await finish(options, result);
    logger.info({ entries: result.entries, valid: result.valid }, 'The audit trail was carried over');
  });
}

/** Whether a trail of the earlier format is still there. */
export async function isWaiting(db: Executor): Promise<boolean> {
  const { rows } = await db.execute<{ waiting: boolean }>(
    sql`select to_regclass('audit_before.audit_entries') is not null as waiting`,
  );
  return rows[0]?.waiting === true;
}

async function recordResult({ db, keys, anchorPath, record }: CarryOverOptions) {
  const problems: string[] = [];
  const anchor = await findAnchor(anchorPath).catch((error: Error) => void problems.push(error.message));
  const { report, chain } = await verifyTables(
    { db, keys, tables: earlierTrail, anchor: anchor ?? undefined, problems },
    { atRest: true },
  );
  await recordCarriedOver(
    { db, record },
    {
      entries: report.totalChecked,
      checkpoint: chain.last,
      anchor: stateOf(anchor ?? undefined, chain.cutAnchor !== undefined || problems.length > 0),
      valid: report.valid,
      invalid: report.invalidIds.length,
      invalidIds: report.invalidIds.slice(0, listed.ids),
      missing: report.missing.slice(0, listed.gaps),
      problems: report.problems.slice(0, listed.problems),
    },
  );
  const result = await findCarriedOver(db, keys);
  if (!result) throw new Error('What the audit trail had come to was not kept.');
  return result;
}

const stateOf = (anchor: Anchor | undefined, isContradicted: boolean) =>
  isContradicted ? 'contradicted' : anchor ? 'holds' : 'missing';

type Result = NonNullable<Awaited<ReturnType<typeof findCarriedOver>>>;

async function recordCarriedOver(
  { db, record }: Pick<CarryOverOptions, 'db' | 'record'>,
  detail: Omit<Result, 'id'>,
  tx?: Transaction,
): Promise<void> {
  const append = (transaction: Transaction) =>
    record(transaction, {
      eventType: 'audit.carried_over',
      actor: { type: 'system' },
      outcome: detail.valid ? 'success' : 'failure',
      error: detail.valid ? undefined : 'The audit trail of the earlier format does not verify.',
      detail,
    });
  await (tx ? append(tx) : db.transaction(append));
}

/** Carries the next entries over; false when none was left. */
async function carryBatch(db: WritableDatabase, keys: AuditKeys, before: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<EarlierEntryRow>(sql`
      select ${earlierEntryColumns} from ${earlierTrail.entries}
      where id > (select coalesce(max(id), 0) from audit_entries where id < ${before})
      order by id limit ${batchSize}`);
    if (rows.length > 0)
      await insertEntries(
        tx,
        rows.map((row) => signAnew(row, keys)),
      );
    return rows.length === batchSize;
  });
}

function signAnew(row: EarlierEntryRow, keys: AuditKeys) {
  const secret = findSecret(keys)(row.key_id);
  const carried: Carried = secret !== undefined && earlierEntryHolds(row, secret) ? 'proven' : 'unproven';
  const { error, detail, values } = separateEntry(row.event_type, { error: row.error, detail: row.detail as Json });
  const content = {
    ...contentOf(row),
    error,
    detail: canonicalJson(detail),
    commitments: canonicalJson(commitmentsTo(values)),
    carried,
    keyId: keys.current.id,
  };
  return {
    ...content,
    id: row.id,
    moment: new Date(content.timestamp).toISOString(),
    hmac: contentHmac(keys.current.secret, content),
    values: values.map((value) => ({ ...value, id: row.id })),
  };
}

type SignedEntry = ReturnType<typeof signAnew>;

async function insertEntries(tx: Transaction, entries: SignedEntry[]): Promise<void> {
  const column = (name: keyof SignedEntry) => sql.param(entries.map((entry) => entry[name]));
  await tx.execute(sql`
    insert into audit_entries (id, timestamp, actor_type, actor_id, event_type, resource, outcome, error, detail,
      commitments, carried, key_id, row_hmac, transaction_id, epoch)
    select id, timestamp, actor_type, actor_id, event_type, resource, outcome, error, detail, commitments, carried, key_id,
      sha256(hmac || int8send(id) || xid8send(transaction_id) || int8send(system_identifier)), transaction_id,
      system_identifier
    from pg_control_system(), pg_current_xact_id() as transaction_id, unnest(
      ${column('id')}::bigint[], ${column('moment')}::timestamptz[], ${column('actorType')}::text[],
      ${column('actorId')}::text[], ${column('eventType')}::text[], ${column('resource')}::text[],
      ${column('outcome')}::text[], ${column('error')}::text[], ${column('detail')}::jsonb[],
      ${column('commitments')}::jsonb[], ${column('carried')}::text[], ${column('keyId')}::text[],
      ${column('hmac')}::bytea[]
    ) as entry (id, timestamp, actor_type, actor_id, event_type, resource, outcome, error, detail, commitments, carried,
      key_id, hmac)`);
  const values = entries.flatMap((entry) => entry.values);
  const valueColumn = (name: keyof (typeof values)[number]) => sql.param(values.map((value) => value[name]));
  await tx.execute(sql`
    insert into audit_personal_values (entry_id, pointer, value, salt)
    select * from unnest(${valueColumn('id')}::bigint[], ${valueColumn('pointer')}::text[],
      ${valueColumn('value')}::text[], ${valueColumn('salt')}::bytea[])`);
}

/** The earlier trail goes once all of it stands in the new one: it holds what could never be erased there. */
async function finish({ db, record }: CarryOverOptions, { id, ...result }: Result): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ count: string }>(
      sql`select count(*) from audit_entries where id < ${id} and carried is not null`,
    );
    const carried = Number(rows[0]?.count ?? 0);
    if (carried !== result.entries) {
      const problems = [`${result.entries} entries were verified, and ${carried} were there to be carried over.`];
      await recordCarriedOver({ db, record }, { ...result, valid: false, problems }, tx);
    }
    await tx.execute(sql`drop schema audit_before cascade`);
  });
}
