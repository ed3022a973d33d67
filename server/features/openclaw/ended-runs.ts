import { sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';

/** Which of these are no runs that are being answered. One that ended just now is left out: its gateway is still at the end. */
export async function findEndedRuns(db: Database, runIds: string[]): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select asked.id from unnest(${sql.param(runIds)}::text[]) as asked(id)
    where not exists (
      select from runs where runs.id::text = asked.id
        and (runs.state = 'running' or runs.finished_at > now() - interval '2 seconds'))`);
  return rows.map(({ id }) => id);
}
