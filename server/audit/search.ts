import { ilike, or, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { containsPattern } from '../db/contains-pattern.ts';
import { agents, connections, groups, users } from '../db/schema/index.ts';

/** A name that more than so many have says too little to look for all of them. */
const maxNamed = 20;

/** The ids of the people, agents, groups and connections whose names have the text: entries hold ids. */
export async function findNamed(db: Database, text: string): Promise<string[]> {
  const pattern = patternOf(text);
  const found = await Promise.all([
    db
      .select({ id: users.id })
      .from(users)
      .where(or(ilike(users.name, pattern), ilike(users.email, pattern)))
      .limit(maxNamed),
    db.select({ id: agents.id }).from(agents).where(ilike(agents.name, pattern)).limit(maxNamed),
    db.select({ id: groups.id }).from(groups).where(ilike(groups.name, pattern)).limit(maxNamed),
    db.select({ id: connections.id }).from(connections).where(ilike(connections.name, pattern)).limit(maxNamed),
  ]);
  return found
    .flat()
    .map(({ id }) => id)
    .slice(0, maxNamed)
    .sort();
}

/** Entries in which the text stands, or an id of those whom it names. */
export function textCondition(text: string, named: readonly string[]): SQL {
  const pattern = patternOf(text);
  const inside = named.map((id) => `%${id}%`);
  return sql`(
    event_type ilike ${pattern} or resource ilike ${pattern} or error ilike ${pattern} or detail::text ilike ${pattern}
    or id in (select entry_id from audit_personal_values where value ilike ${pattern})
    or actor_id = any(${sql.param(named)}::text[])
    or resource like any(${sql.param(inside)}::text[]) or detail::text like any(${sql.param(inside)}::text[])
  )`;
}

/** What stands in JSON is escaped there. PostgreSQL refuses NUL, and no entry holds one. */
function patternOf(text: string): string {
  const written = JSON.stringify(text.replaceAll('\0', '\u{FFFD}').toWellFormed()).slice(1, -1);
  return containsPattern(written);
}
