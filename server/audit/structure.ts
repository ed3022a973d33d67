import { sql } from 'drizzle-orm';
import type { Executor } from '../db/client.ts';

/** The triggers of each table, as `name/how it is enabled`; A is ALWAYS. */
const expected: Record<string, string[]> = {
  audit_entries: ['audit_entries_append_only/A'],
  audit_checkpoints: ['audit_checkpoints_append_only/A'],
  audit_personal_values: ['audit_personal_values_append_only/A', 'audit_personal_values_erasure/A'],
};

interface Structure extends Record<string, unknown> {
  name: string;
  kind: string | null;
  hides_rows: boolean | null;
  rules: number;
  defaults: string[] | null;
  triggers: string[] | null;
}

/**
 * What somebody changed about the trail's tables, in words. Nothing that is verified relies on it: whoever makes a
 * table lie can also put it right before a look. But most would not, and a lie is easier told than proved.
 */
export async function findStructureProblems(db: Executor): Promise<string[]> {
  const { rows } = await db.execute<Structure>(sql`
    select name, relkind as kind, row_security_active(pg_class.oid) as hides_rows,
      (select count(*)::int from pg_rewrite where ev_class = pg_class.oid) as rules,
      (select array_agg(attname::text order by attname) from pg_attrdef join pg_attribute
        on attrelid = adrelid and attnum = adnum where adrelid = pg_class.oid) as defaults,
      (select array_agg(tgname || '/' || tgenabled::text order by tgname) from pg_trigger
        where tgrelid = pg_class.oid and not tgisinternal) as triggers
    from unnest(${sql.param(Object.keys(expected))}::text[]) as name left join pg_class on pg_class.oid = to_regclass(name)`);
  return rows.flatMap(({ name, kind, hides_rows: hidesRows, rules, defaults, triggers }) => {
    if (kind !== 'r') return [`${name} is not the table that Pinchy made.`];
    const own = expected[name] ?? [];
    const found = triggers ?? [];
    const nameOf = (trigger: string) => trigger.slice(0, trigger.lastIndexOf('/'));
    return [
      ...own
        .filter((one) => !found.includes(one))
        .map((one) => `The trigger ${nameOf(one)} of ${name} is off or gone.`),
      ...found
        .filter((one) => !own.some((other) => nameOf(other) === nameOf(one)))
        .map((one) => `${name} has a trigger that Pinchy did not make: ${nameOf(one)}.`),
      ...(defaults ?? []).map((column) => `${name} has a default that Pinchy did not make, for ${column}.`),
      ...(rules > 0 ? [`${name} has a rule that Pinchy did not make.`] : []),
      ...(hidesRows ? [`A policy may hide rows of ${name}.`] : []),
    ];
  });
}
