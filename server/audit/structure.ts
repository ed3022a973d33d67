import { sql } from 'drizzle-orm';
import type { Executor } from '../db/client.ts';

/** What a trigger is: when it fires (PostgreSQL's `tgtype`), and a digest of what its function does, blanks aside. */
interface ExpectedTrigger {
  type: number;
  source: string;
}

const refuses = '55b9a6ce4bad67d9bbfb4d567d162de2';
const allowsErasure = 'e63cd687c4300aea313371bbbcb68869';
const [before, ofEachRow, onDelete, onUpdate, onTruncate] = [2, 1, 8, 16, 32];

/** The triggers of each table, all of them ALWAYS. */
const expected: Record<string, Record<string, ExpectedTrigger>> = {
  audit_entries: {
    audit_entries_append_only: { type: before + onDelete + onUpdate + onTruncate, source: refuses },
  },
  audit_checkpoints: {
    audit_checkpoints_append_only: { type: before + onDelete + onUpdate + onTruncate, source: refuses },
  },
  audit_personal_values: {
    audit_personal_values_append_only: { type: before + onDelete + onTruncate, source: refuses },
    audit_personal_values_erasure: { type: before + onUpdate + ofEachRow, source: allowsErasure },
  },
};

interface FoundTrigger extends ExpectedTrigger {
  name: string;
  enabled: string;
  /** It fires for all rows and columns. */
  always: boolean;
}

interface Structure extends Record<string, unknown> {
  name: string;
  kind: string | null;
  hides_rows: boolean | null;
  rules: number;
  defaults: string[] | null;
  triggers: FoundTrigger[] | null;
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
      (select json_agg(json_build_object('name', tgname, 'enabled', tgenabled::text, 'type', tgtype,
          'always', tgqual is null and tgattr::text = '' and tgdeferrable is false and proconfig is null,
          'source', md5(regexp_replace(prosrc, '\\s+', ' ', 'g'))) order by tgname)
        from pg_trigger join pg_proc on pg_proc.oid = tgfoid
        where tgrelid = pg_class.oid and not tgisinternal) as triggers
    from unnest(${sql.param(Object.keys(expected))}::text[]) as name left join pg_class on pg_class.oid = to_regclass(name)`);
  return rows.flatMap(({ name, kind, hides_rows: hidesRows, rules, defaults, triggers }) => {
    if (kind !== 'r') return [`${name} is not the table that Pinchy made.`];
    const own = expected[name] ?? {};
    const found = new Map((triggers ?? []).map((trigger) => [trigger.name, trigger]));
    return [
      ...Object.entries(own).flatMap(([trigger, wanted]) => describeTrigger(name, trigger, wanted, found.get(trigger))),
      ...[...found.keys()]
        .filter((trigger) => !Object.hasOwn(own, trigger))
        .map((trigger) => `${name} has a trigger that Pinchy did not make: ${trigger}.`),
      ...(defaults ?? []).map((column) => `${name} has a default that Pinchy did not make, for ${column}.`),
      ...(rules > 0 ? [`${name} has a rule that Pinchy did not make.`] : []),
      ...(hidesRows ? [`A policy may hide rows of ${name}.`] : []),
    ];
  });
}

function describeTrigger(
  table: string,
  name: string,
  wanted: ExpectedTrigger,
  found: FoundTrigger | undefined,
): string[] {
  if (found?.enabled !== 'A') return [`The trigger ${name} of ${table} is off or gone.`];
  const isSame = found.type === wanted.type && found.source === wanted.source && found.always;
  return isSame ? [] : [`The trigger ${name} of ${table} does not do any more what it is there for.`];
}
