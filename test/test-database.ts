import { Client } from 'pg';

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

/** The trail's rows, oldest first; of one event type if said. */
export const auditRows = (databaseUrl: string, eventType?: string): Promise<AuditRow[]> =>
  query<AuditRow>(databaseUrl, 'select * from audit_entries where $1::text is null or event_type = $1 order by id', [
    eventType ?? null,
  ]);
