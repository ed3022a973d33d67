import { OdooFault } from './fault.ts';
import type { FieldDefinition, OdooRecord } from './models.ts';

interface GroupWorld {
  /** Odoo 19's `formatted_read_group` instead of `read_group`. */
  isFormatted: boolean;
  fields: Record<string, FieldDefinition>;
  displayName(model: string, id: number): string;
  timeZone: string;
  language: string;
}

interface Measure {
  key: string;
  field: string;
  aggregate: string;
}

/** Groups and aggregates as either method of Odoo does, with the keys each of them answers with. */
export function readGroups(records: OdooRecord[], named: Record<string, unknown>, world: GroupWorld): unknown[] {
  const specs = listOf(named['groupby']);
  const used = !world.isFormatted && named['lazy'] !== false ? specs.slice(0, 1) : specs;
  const measures = world.isFormatted
    ? listOf(named['aggregates']).map(formattedMeasure)
    : listOf(named['fields']).map(plainMeasure);
  for (const name of [...used, ...measures.filter(({ field }) => field !== '__count').map(({ field }) => field)]) {
    if (!world.fields[name.split(':')[0] as string])
      throw new OdooFault('builtins.ValueError', `Invalid field '${name}'`);
  }
  const groups = new Map<string, { values: unknown[]; members: OdooRecord[] }>();
  if (used.length === 0) groups.set('', { values: [], members: records });
  for (const record of records) {
    if (used.length === 0) break;
    const values = used.map((spec) => groupValue(record, spec, world));
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, members: [] };
    group.members.push(record);
    groups.set(key, group);
  }
  const rows = [...groups.values()].map(({ values, members }) => {
    const row: Record<string, unknown> = {};
    used.forEach((spec, index) => (row[spec] = values[index]));
    for (const { key, field, aggregate } of measures) row[key] = aggregated(members, field, aggregate);
    if (!world.isFormatted) {
      row[named['lazy'] === false || used.length === 0 ? '__count' : `${used[0]?.split(':')[0]}_count`] =
        members.length;
      row['__domain'] = [];
    } else row['__extra_domain'] = [];
    return row;
  });
  order(rows, named['order'] ?? named['orderby'], used);
  const offset = Number(named['offset'] ?? 0);
  return rows.slice(offset, typeof named['limit'] === 'number' ? offset + named['limit'] : undefined);
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [];

function formattedMeasure(spec: string): Measure {
  const [field = '', aggregate = 'count'] = spec.split(':');
  return { key: spec, field, aggregate };
}

/** `amount_total:sum`, or `name:sum(amount_total)`, which is answered under `name`. */
function plainMeasure(spec: string): Measure {
  const named = /^(\w+):(\w+)\((\w+)\)$/.exec(spec);
  if (named) return { key: named[1] as string, field: named[3] as string, aggregate: named[2] as string };
  const [field = '', aggregate = 'sum'] = spec.split(':');
  return { key: field, field, aggregate };
}

function groupValue(record: OdooRecord, spec: string, world: GroupWorld): unknown {
  const [name = '', granularity = 'month'] = spec.split(':');
  const field = world.fields[name] as FieldDefinition;
  const stored = record[name] ?? false;
  if (field.type === 'many2one')
    return typeof stored === 'number' ? [stored, world.displayName(field.relation as string, stored)] : false;
  if ((field.type === 'date' || field.type === 'datetime') && typeof stored === 'string') {
    // A moment belongs to the day that it is in the zone of the call.
    const moment = new Date(`${stored.slice(0, 10)}T${stored.slice(11) || '00:00:00'}Z`);
    const timeZone = field.type === 'datetime' ? world.timeZone : 'UTC';
    const local = moment.toLocaleDateString('sv', { timeZone });
    const label =
      granularity === 'year'
        ? local.slice(0, 4)
        : moment.toLocaleDateString(world.language.replace('_', '-'), { month: 'long', year: 'numeric', timeZone });
    return world.isFormatted
      ? [granularity === 'year' ? `${local.slice(0, 4)}-01-01` : `${local.slice(0, 7)}-01`, label]
      : label;
  }
  return stored;
}

function aggregated(members: OdooRecord[], field: string, aggregate: string): number {
  if (field === '__count') return members.length;
  const values = members.map((record) => record[field]).filter((value) => value !== false && value !== undefined);
  const numbers = values.map(Number);
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (aggregate) {
    case 'sum':
      return sum;
    case 'avg':
      return numbers.length === 0 ? 0 : sum / numbers.length;
    case 'min':
      return Math.min(...numbers);
    case 'max':
      return Math.max(...numbers);
    case 'count':
      return values.length;
    case 'count_distinct':
      return new Set(values).size;
    default:
      throw new OdooFault('builtins.ValueError', `Invalid aggregate '${aggregate}'`);
  }
}

function order(rows: Record<string, unknown>[], by: unknown, specs: string[]): void {
  const [key = specs[0] ?? '', direction = 'asc'] = typeof by === 'string' ? by.trim().split(/\s+/) : [];
  const plain = (value: unknown) => (Array.isArray(value) ? value[1] : value);
  rows.sort((left, right) => {
    const [a, b] = [plain(left[key]), plain(right[key])];
    const difference = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    return direction.toLowerCase() === 'desc' ? -difference : difference;
  });
}
