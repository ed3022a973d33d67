import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { isImpersonal } from '../../contract/impersonal.ts';
import { canonicalJson, type Json } from './canonical.ts';

/** What is read in the place of a value that was erased. */
export const erasedMark = '[erased]';
/** What is read in the place of a value that is gone without having been erased; verification reports it. */
export const lostMark = '[lost]';

/** A personal value apart from the entry that commits to it. */
export interface PersonalValue {
  /** Where it stands in the entry, as a JSON pointer: `/detail/name`, `/error`. https://www.rfc-editor.org/rfc/rfc6901 */
  pointer: string;
  /** Canonical JSON. */
  value: string;
  salt: Buffer;
}

const saltBytes = 16;

/**
 * Tells nothing about the value to whoever lacks the salt, and fits no other value.
 * @param salt in hex: Node takes six times as long for a key of bytes.
 */
export const commitTo = (salt: string, value: string): string =>
  createHmac('sha256', salt).update(`pinchy.audit.value.1\0${value}`).digest('hex');

/** Takes the personal values out of a detail; null stands in their places. */
export function separatePersonal(schema: z.core.$ZodType, detail: Json): { detail: Json; values: PersonalValue[] } {
  const values: PersonalValue[] = [];
  return { detail: separate(schema, detail, '/detail'), values };

  function separate(declared: z.core.$ZodType | undefined, value: Json, pointer: string): Json {
    if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
    const inner = declared && innermost(declared);
    if (inner === 'impersonal') return value;
    if (typeof value !== 'string' && inner) {
      if (Array.isArray(value) && inner instanceof z.ZodArray) {
        return value.map((item, index) => separate(inner.element, item, `${pointer}/${index}`));
      }
      if (!Array.isArray(value) && (inner instanceof z.ZodObject || inner instanceof z.ZodRecord)) {
        const members = Object.entries(value).map(([name, member]): [string, Json] => [
          name,
          separate(memberSchema(inner, name), member, `${pointer}/${escapeName(name)}`),
        ]);
        return Object.fromEntries(members);
      }
    }
    values.push(personalValue(pointer, value));
    return null;
  }
}

export const personalValue = (pointer: string, value: Json): PersonalValue => ({
  pointer,
  value: canonicalJson(value),
  salt: randomBytes(saltBytes),
});

/** What an entry signs in the place of its values. */
export const commitmentsTo = (values: PersonalValue[]): Record<string, string> =>
  Object.fromEntries(values.map(({ pointer, value, salt }) => [pointer, commitTo(salt.toString('hex'), value)]));

function memberSchema(schema: z.ZodObject | z.ZodRecord, name: string): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
}

/** The schema below `optional` and the like; `impersonal` when it is declared so, or lets only fixed words or ids through. */
function innermost(schema: z.core.$ZodType): z.core.$ZodType | 'impersonal' {
  if (isImpersonal(schema)) return 'impersonal';
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return innermost(schema.unwrap());
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral || schema instanceof z.ZodUUID) return 'impersonal';
  return schema;
}

const escapeName = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const unescapeName = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');

/** Puts a value where the pointer says; does nothing where the entry has no such place. */
export function putValue(
  entry: { error: string | null; detail: Record<string, unknown> },
  pointer: string,
  value: Json,
): void {
  if (pointer === '/error') {
    entry.error = typeof value === 'string' ? value : canonicalJson(value);
    return;
  }
  const names = pointer.split('/').slice(2).map(unescapeName);
  const last = names.pop();
  let place: unknown = entry.detail;
  for (const name of names) place = isPlace(place) && Object.hasOwn(place, name) ? Reflect.get(place, name) : undefined;
  if (last === undefined || !isPlace(place)) return;
  // An own member whatever its name is, `__proto__` included.
  Object.defineProperty(place, last, { value, configurable: true, enumerable: true, writable: true });
}

const isPlace = (value: unknown): value is object => typeof value === 'object' && value !== null;
