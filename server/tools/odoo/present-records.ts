import type { OdooField, OdooRow } from './odoo-client.ts';

const textLimit = 1_000;
const listLimit = 50;

/** A record as one line of JSON: names before ids are kept as Odoo answers them, long texts and lists are cut with a note. */
export function presentRecord(row: OdooRow, fields: Record<string, OdooField>): string {
  const shown = Object.entries(row).map(([name, value]) => [name, presentValue(value, fields[name])]);
  return JSON.stringify(Object.fromEntries(shown));
}

function presentValue(value: unknown, field: OdooField | undefined): unknown {
  if (field?.type === 'binary') return value === false ? false : `[file, ${String(value).slice(0, 40)}]`;
  // Odoo answers false where a field is empty, which for anything but a boolean reads as a statement.
  if (value === false && field && field.type !== 'boolean') return null;
  if (typeof value === 'string') {
    const text =
      field?.type === 'html'
        ? value
            .replace(/<[^<>]*>/g, ' ')
            .replace(/\s+/g, ' ')
            .trim()
        : value;
    return text.length > textLimit
      ? `${text.slice(0, textLimit).toWellFormed()}… [cut, ${text.length} characters]`
      : text;
  }
  if (Array.isArray(value) && value.length > listLimit)
    return [...value.slice(0, listLimit), `… [${value.length} in all]`];
  return value;
}

const quiet = /^(create_|write_|message_|activity_|website_|access_|__|my_|has_|is_\w*_(visible|editable)$)/;
const telling = new Set([
  'char',
  'selection',
  'many2one',
  'date',
  'datetime',
  'monetary',
  'float',
  'integer',
  'boolean',
]);
const first = [
  'display_name',
  'name',
  'ref',
  'state',
  'stage_id',
  'partner_id',
  'date_order',
  'invoice_date',
  'amount_total',
  'company_id',
];
const maxDefaultFields = 16;

/** What is read when nobody says which fields: the short, stored ones that people look at first. */
export function defaultFields(fields: Record<string, OdooField>): string[] {
  const short = Object.entries(fields)
    .filter(([name, field]) => field.stored && telling.has(field.type) && !quiet.test(name) && name !== 'id')
    .map(([name]) => name);
  const known = first.filter((name) => Object.hasOwn(fields, name));
  return [...new Set([...known, ...short])].slice(0, maxDefaultFields);
}

/** As many lines as fit; the caller says how to go on. */
export function fitLines(lines: string[], limit: number): string[] {
  let used = 0;
  const fitting = lines.findIndex((line) => (used += line.length + 1) > limit);
  return fitting < 0 ? lines : lines.slice(0, Math.max(1, fitting));
}
