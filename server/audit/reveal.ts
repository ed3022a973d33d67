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
  const ids = entries.filter(({ commitments }) => pointersOf(commitments).length > 0).map(({ id }) => id);
  if (ids.length === 0) return;
  const { rows } = await db.execute<{ entry_id: string; pointer: string; value: string | null }>(sql`
    select entry_id, pointer, value from audit_personal_values where entry_id = any(${sql.param(ids)}::bigint[])`);
  const found = new Map(rows.map((row) => [`${row.entry_id} ${row.pointer}`, row.value]));
  for (const entry of entries) {
    for (const pointer of pointersOf(entry.commitments)) {
      const value = found.get(`${entry.id} ${pointer}`);
      const mark = value === undefined ? lostMark : erasedMark;
      putValue(entry, pointer, value == null ? mark : parse(value));
    }
  }
}

/** Whoever changed an entry must not keep anybody from reading the others: verification names it. */
const pointersOf = (commitments: unknown): string[] =>
  typeof commitments === 'object' && commitments !== null && !Array.isArray(commitments)
    ? Object.keys(commitments)
    : [];

function parse(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
