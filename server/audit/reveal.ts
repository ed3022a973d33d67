import { sql } from 'drizzle-orm';
import type { Executor } from '../db/client.ts';
import type { Json } from './canonical.ts';
import { erasedMark, lostMark, putValue } from './personal.ts';

/** An entry as it stands in the database. */
export interface Revealable {
  id: string | number;
  error: string | null;
  detail: Record<string, unknown>;
  commitments: Record<string, string>;
}

/** Puts the personal values back where entries commit to them, and a mark where one was erased. */
export async function reveal(db: Executor, entries: Revealable[]): Promise<void> {
  const ids = entries.filter(({ commitments }) => Object.keys(commitments).length > 0).map(({ id }) => id);
  if (ids.length === 0) return;
  const { rows } = await db.execute<{ entry_id: string; pointer: string; value: string | null }>(sql`
    select entry_id, pointer, value from audit_personal_values where entry_id = any(${sql.param(ids)}::bigint[])`);
  const found = new Map(rows.map((row) => [`${row.entry_id} ${row.pointer}`, row.value]));
  for (const entry of entries) {
    for (const pointer of Object.keys(entry.commitments)) {
      const value = found.get(`${entry.id} ${pointer}`);
      const mark = value === undefined ? lostMark : erasedMark;
      putValue(entry, pointer, value == null ? mark : (JSON.parse(value) as Json));
    }
  }
}
