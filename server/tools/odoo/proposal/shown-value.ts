import type { NamedRecord, ShownValue } from '../../../../contract/proposals.ts';
import type { OdooField } from '../odoo-client.ts';
import type { FieldLabels } from './field-labels.ts';

/** Longer texts are cut where they are shown; whole they stand in the call's input, and count in its fingerprint. */
const maxShownText = 4_000;
const maxShownBefore = 1_000;
const maxNamed = 20;

export type NameOf = (model: string, id: number) => string;

/** A plain value as Odoo takes it, or as it answers when it is read. */
export function showValue(
  value: unknown,
  about: { name: string; field: OdooField | undefined; labels: FieldLabels; nameOf: NameOf; isBefore?: boolean },
): ShownValue {
  const { name, field, labels, nameOf, isBefore = false } = about;
  if (value === null || value === undefined || value === '') return { kind: 'empty' };
  if (typeof value === 'boolean') {
    return value || field?.type === 'boolean' ? { kind: 'boolean', value } : { kind: 'empty' };
  }
  if (field?.type === 'binary') return showFile(value);
  if (field?.type === 'selection')
    return { kind: 'choice', key: String(value), labels: labels.option(name, String(value)) };
  if (field?.type === 'many2one') return showRelated(value, field.relation ?? '', nameOf);
  if (field?.type === 'many2many' && Array.isArray(value) && value.every((id) => typeof id === 'number')) {
    return showRecords(value, field.relation ?? '', nameOf);
  }
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (typeof value === 'string' && field?.type === 'datetime')
    return { kind: 'text', text: `${value.slice(0, 100)} UTC` };
  return showText(typeof value === 'string' ? value : JSON.stringify(value), isBefore ? maxShownBefore : maxShownText);
}

export function showText(text: string, limit = maxShownText): ShownValue {
  if (text.length <= limit) return { kind: 'text', text };
  return { kind: 'text', text: text.slice(0, limit).toWellFormed(), characters: text.length };
}

function showFile(value: unknown): ShownValue {
  // Read back it is a size in words.
  if (typeof value !== 'string' || /^[\d.]+ (bytes|[kmg]b)$/i.test(value)) return showText(String(value));
  return { kind: 'file', bytes: Buffer.from(value, 'base64').length };
}

function showRelated(value: unknown, model: string, nameOf: NameOf): ShownValue {
  const [id, name] = Array.isArray(value) ? (value as unknown[]) : [value];
  if (typeof id !== 'number') return { kind: 'empty' };
  const shown = typeof name === 'string' ? shortName(name) : nameOf(model, id);
  return { kind: 'records', records: [{ id, name: shown }], count: 1 };
}

const showRecords = (ids: number[], model: string, nameOf: NameOf): ShownValue =>
  ids.length === 0 ? { kind: 'empty' } : { kind: 'records', records: nameAll(ids, model, nameOf), count: ids.length };

export const nameAll = (ids: number[], model: string, nameOf: NameOf): NamedRecord[] =>
  ids.slice(0, maxNamed).map((id) => ({ id, name: nameOf(model, id) }));

/** On one line: a name cannot look like further lines of what somebody decides about. */
export const shortName = (name: string): string => name.replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed();
