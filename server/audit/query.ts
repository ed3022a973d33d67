import { sql, type SQL } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { AuditEntry, AuditFilter, AuditGap } from '../../contract/audit.ts';
import type { Database, Executor } from '../db/client.ts';
import { allOf, filterConditions, runOf } from './filter.ts';
import { findGaps } from './gaps.ts';
import type { Json } from './canonical.ts';
import { nameEntries, type NamelessEntry } from './names.ts';
import { reveal } from './reveal.ts';
import { findNamed, textCondition } from './search.ts';
import { maxId } from './unsealed.ts';

export type AuditQuery = AuditFilter & { page: number; limit: number };

export interface AuditPage {
  entries: AuditEntry[];
  total: number;
  page: number;
  limit: number;
  /** Where nothing is filtered. */
  gaps: AuditGap[];
}

export interface AuditReader {
  /**
   * Newest first. Later pages show the trail as it was when the same reader asked for page 1 of the same filter within
   * the last quarter of an hour: no entry twice or left out, and one total, while entries are appended.
   */
  list(query: AuditQuery, readerId?: string): Promise<AuditPage>;
  /** All that match, newest first, in batches. */
  batches(filter: AuditFilter): AsyncGenerator<AuditEntry[]>;
  eventTypes(): Promise<string[]>;
  /** What belongs to a run, oldest first, the first 500. */
  ofRun(runId: string): Promise<AuditEntry[]>;
}

/** What was visible when page 1 was shown. */
interface View {
  snapshot: string;
  /** Transactions before this one were over. */
  oldestOpen: string;
  maxId: number;
  total: number;
}

/** How many entries of a filter were written before a transaction, when all of those before it were over. */
interface SettledCount {
  oldestOpen: string;
  count: number;
}

interface EntryRow extends Record<string, unknown> {
  id: string;
  timestamp: string;
  actor_type: NamelessEntry['actorType'];
  actor_id: string | null;
  event_type: string;
  resource: string | null;
  outcome: NamelessEntry['outcome'];
  error: string | null;
  detail: Record<string, Json>;
  commitments: Record<string, string>;
  row_hmac: Buffer;
}

const batchSize = 1_000;
const maxOfRun = 500;
/** Beyond so many later entries a kept count is worth renewing. */
const recountAfter = 20_000;
const columns = sql`id, timestamp, actor_type, actor_id, event_type, resource, outcome, error, detail, commitments,
  coalesce(row_hmac, '') as row_hmac`;

/** Ids that Pinchy never gives are beyond what numbers hold here. */
const isGiven = sql`id <= ${sql.raw(String(maxId))}`;

export function createAuditReader(db: Database): AuditReader {
  const views = new LRUCache<string, View>({ max: 500, ttl: 15 * 60_000 });
  const settledCounts = new LRUCache<string, SettledCount>({ max: 500 });

  return {
    async list({ page, limit, ...filter }, readerId) {
      const given = Object.entries(filter).filter(([, value]) => value !== undefined);
      const { conditions, named } = await conditionsOf(filter);
      const filterKey = JSON.stringify([...given.sort(), named]);
      const key = `${readerId} ${filterKey}`;
      const remembered = page > 1 && readerId !== undefined ? views.get(key) : undefined;
      const view =
        remembered ??
        (await takeView(db, (tx, oldestOpen) => count(tx, { conditions, settledCounts, key: filterKey, oldestOpen })));
      if (!remembered && readerId !== undefined) views.set(key, view);
      const offset = (page - 1) * limit;
      if (offset >= view.total) return { entries: [], total: view.total, page, limit, gaps: [] };
      const hidden = await findHidden(db, view);
      const visible = [...conditions, sql`id <= ${view.maxId}`, ...hidden];
      // Counted in the index alone, from the nearer end; only the page's own rows are read.
      const size = Math.min(limit, view.total - offset);
      const older = view.total - offset - size;
      const position =
        offset <= older
          ? sql`order by timestamp desc, id desc offset ${offset} limit ${size}`
          : sql`order by timestamp, id offset ${older} limit ${size}`;
      const { rows } = await db.execute<EntryRow>(sql`
        select ${columns} from audit_entries where id in (
          select id from audit_entries where ${allOf(visible)} ${position}
        ) order by timestamp desc, id desc`);
      const gaps =
        given.length === 0
          ? await findGaps(
              db,
              rows.map(({ id }) => id),
            )
          : [];
      return { entries: await present(rows), total: view.total, page, limit, gaps };
    },

    async *batches(filter) {
      const { conditions } = await conditionsOf(filter);
      let after: SQL[] = [];
      for (;;) {
        const { rows } = await db.execute<EntryRow>(sql`
          select ${columns} from audit_entries where ${allOf([...conditions, ...after])}
          order by timestamp desc, id desc limit ${batchSize}`);
        if (rows.length > 0) yield await present(rows);
        const last = rows.at(-1);
        if (!last || rows.length < batchSize) return;
        after = [sql`(timestamp, id) < (${last.timestamp}::timestamptz, ${last.id}::bigint)`];
      }
    },

    async eventTypes() {
      // Hops from one type to the next in the index: as many steps as there are types, not entries.
      const { rows } = await db.execute<{ event_type: string }>(sql`
        with recursive types as (
          (select event_type from audit_entries order by event_type limit 1)
          union all
          select (select event_type from audit_entries where event_type > types.event_type order by event_type limit 1)
          from types where types.event_type is not null
        )
        select event_type from types where event_type is not null`);
      return rows.map((row) => row.event_type);
    },

    async ofRun(runId) {
      const { rows } = await db.execute<EntryRow>(sql`
        select ${columns} from audit_entries where ${runOf} = ${runId} and ${isGiven} order by timestamp, id limit ${maxOfRun}`);
      return present(rows);
    },
  };

  /** Names are looked up anew each time; what they led to is a part of what a count is kept for. */
  async function conditionsOf(filter: AuditFilter): Promise<{ conditions: SQL[]; named: string[] }> {
    const conditions = [...filterConditions(filter), isGiven];
    if (filter.search === undefined) return { conditions, named: [] };
    const named = await findNamed(db, filter.search);
    return { conditions: [...conditions, textCondition(filter.search, named)], named };
  }

  async function present(rows: EntryRow[]): Promise<AuditEntry[]> {
    await reveal(db, rows);
    return nameEntries(db, rows.map(toEntry));
  }
}

async function takeView(db: Database, countAll: (tx: Executor, oldestOpen: string) => Promise<number>): Promise<View> {
  return db.transaction(
    async (tx) => {
      const { rows } = await tx.execute<{ snapshot: string; oldest_open: string; largest_id: string }>(sql`
        select pg_current_snapshot()::text as snapshot, pg_snapshot_xmin(pg_current_snapshot())::text as oldest_open,
          (select coalesce(max(id), 0) from audit_entries where ${isGiven}) as largest_id`);
      const row = rows[0] as (typeof rows)[number];
      const { snapshot, oldest_open: oldestOpen } = row;
      return { snapshot, oldestOpen, maxId: Number(row.largest_id), total: await countAll(tx, oldestOpen) };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** Entries with small ids whose transactions ended after the view was taken: seldom any, never many. */
async function findHidden(db: Database, view: View): Promise<SQL[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from audit_entries
    where epoch = (select system_identifier from pg_control_system())
      and transaction_id >= ${view.oldestOpen}::xid8 and id <= ${view.maxId}
      and not pg_visible_in_snapshot(transaction_id, ${view.snapshot}::pg_snapshot)`);
  if (rows.length === 0) return [];
  return [sql`id <> all(${sql.param(rows.map(({ id }) => id))}::bigint[])`];
}

/**
 * Counts what matches. What was written before the oldest open transaction never changes, so its count is kept for each
 * filter and only the entries after it are counted again.
 */
async function count(
  tx: Executor,
  options: {
    conditions: SQL[];
    settledCounts: LRUCache<string, SettledCount>;
    key: string;
    oldestOpen: string;
  },
): Promise<number> {
  const { conditions, settledCounts, key, oldestOpen } = options;
  const known = settledCounts.get(key);
  const later = known ? await countWhere(tx, [...conditions, ...writtenSince(known.oldestOpen)]) : 0;
  if (known && later <= recountAfter) return known.count + later;
  const total = known ? known.count + later : await countWhere(tx, conditions);
  const unsettled = await countWhere(tx, [...conditions, ...writtenSince(oldestOpen)]);
  settledCounts.set(key, { oldestOpen, count: total - unsettled });
  return total;
}

const writtenSince = (transactionId: string): SQL[] => [
  sql`epoch = (select system_identifier from pg_control_system())`,
  sql`transaction_id >= ${transactionId}::xid8`,
];

async function countWhere(tx: Executor, conditions: SQL[]): Promise<number> {
  const { rows } = await tx.execute<{ count: string }>(
    sql`select count(*) from audit_entries where ${allOf(conditions)}`,
  );
  return Number(rows[0]?.count ?? 0);
}

/** Whoever changed a row must not keep anybody from reading the others: what no entry says is shown as what it comes nearest. */
const toEntry = (row: EntryRow): NamelessEntry => ({
  id: Number(row.id),
  timestamp: momentOf(row.timestamp),
  actorType: actorTypes.has(row.actor_type) ? row.actor_type : 'system',
  actorId: row.actor_id,
  eventType: row.event_type,
  resource: row.resource,
  outcome: row.outcome === 'success' ? 'success' : 'failure',
  error: row.error,
  detail: isObject(row.detail) ? row.detail : { changed: row.detail },
  rowHmac: row.row_hmac.toString('hex'),
});

const actorTypes: ReadonlySet<string> = new Set<NamelessEntry['actorType']>(['user', 'agent', 'system']);

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function momentOf(text: string): string {
  const moment = new Date(text);
  return (Number.isNaN(moment.getTime()) ? new Date(0) : moment).toISOString();
}
