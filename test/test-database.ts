import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { reveal, type Revealable } from '../server/audit/reveal.ts';
import { connectDatabase, type Database, type Executor } from '../server/db/client.ts';

/** Runs one statement as a superuser, past the product. */
export async function query<Row extends object = Record<string, unknown>>(
  databaseUrl: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

/** Makes the trail refuse events of one type, as a full disk would, until the returned function is called. */
export async function refuseAuditEvent(databaseUrl: string, eventType: string): Promise<() => Promise<void>> {
  const name = `refuse_${eventType.replaceAll(/[^a-z]/g, '_')}`;
  await query(
    databaseUrl,
    `create function ${name}() returns trigger language plpgsql as $$
      begin
        if new.event_type = '${eventType}' then raise exception 'the trail refuses this'; end if;
        return new;
      end $$`,
  );
  await query(
    databaseUrl,
    `create trigger ${name} before insert on audit_entries for each row execute function ${name}()`,
  );
  return async () => {
    await query(databaseUrl, `drop function ${name}() cascade`);
  };
}

export interface AuditRow {
  event_type: string;
  actor_type: string;
  actor_id: string | null;
  resource: string | null;
  outcome: string;
  error: string | null;
  detail: Record<string, unknown>;
}

/** The trail's rows as they are read, personal values in their places, oldest first; of one event type if said. */
export async function auditRows(databaseUrl: string, eventType?: string): Promise<AuditRow[]> {
  const { db, close } = connectDatabase(databaseUrl);
  try {
    return await readAuditRows(db, eventType);
  } finally {
    await close();
  }
}

async function readAuditRows(db: Database, eventType: string | undefined): Promise<AuditRow[]> {
  const type = eventType ?? null;
  const { rows } = await db.execute<StoredRow>(
    sql`select * from audit_entries where ${type}::text is null or event_type = ${type} order by id`,
  );
  return revealed(db, rows);
}

type StoredRow = Record<string, unknown> & AuditRow & Revealable;

/** Rows of `audit_entries` with their personal values in their places. */
export async function revealed<Entry extends Revealable>(
  db: Executor,
  rows: Entry[] | PromiseLike<Entry[]>,
): Promise<Entry[]> {
  const entries = await rows;
  await reveal(db, entries);
  return entries;
}
