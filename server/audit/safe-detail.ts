import { canonicalJson, type Json } from './canonical.ts';
import { isSecretName, redactText } from './redact.ts';

/** Bytes of canonical JSON. */
const detailLimit = 16 * 1024;
const textLimit = 2_000;
const shortTextLimit = 200;
const keyLimit = 100;
const memberLimit = 200;
const depthLimit = 12;
const nodeLimit = 2_000;
/** Longer text is not searched for secrets; what is kept is a tenth of it at most. */
const searchedLimit = 20 * textLimit;

const cutMark = '… [cut]';

/** Text as the trail keeps it: storable in PostgreSQL (no NUL, well-formed Unicode), without secrets, bounded. */
export function safeText(text: string, limit = textLimit): string {
  const searched = text.length > searchedLimit ? untilLastSpace(text.slice(0, searchedLimit)) : text;
  const safe = redactText(searched.replaceAll('\0', '').toWellFormed());
  if (safe.length <= limit && searched.length === text.length) return safe;
  return safe.slice(0, limit - cutMark.length).toWellFormed() + cutMark;
}

/** Half a secret may no longer look like one, so the last word of a cut text goes as well. */
function untilLastSpace(text: string): string {
  let end = text.length;
  while (end > 0 && !/\s/.test(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}

/** The detail of an event as canonical JSON of at most 16 KiB, with secrets cut and e-mail addresses masked. */
export function safeDetail(detail: object): string {
  for (const limit of [textLimit, shortTextLimit, 40]) {
    const text = canonicalJson(toJson(detail, limit));
    if (Buffer.byteLength(text) <= detailLimit) return text;
  }
  // Thousands of members: keep what identifies the event, the values at the top.
  const scalars = Object.entries(detail).filter(([, value]) => value === null || typeof value !== 'object');
  return canonicalJson(toJson({ ...Object.fromEntries(scalars.slice(0, 20)), cut: true }, 40));
}

function toJson(root: unknown, limit: number): Json {
  let nodes = 0;
  return convert(root, 0, false) ?? null;

  function convert(raw: unknown, depth: number, secret: boolean): Json | undefined {
    nodes += 1;
    const plain = hasToJson(raw) ? raw.toJSON() : raw;
    switch (typeof plain) {
      case 'string':
        return secret && plain !== '' ? '[redacted]' : safeText(plain, limit);
      case 'bigint':
        return secret ? '[redacted]' : plain.toString();
      case 'number':
        return secret ? '[redacted]' : Number.isFinite(plain) ? plain + 0 : null;
      case 'boolean':
        return plain;
      case 'object':
        break;
      default:
        return undefined;
    }
    if (plain === null) return null;
    if (depth >= depthLimit || nodes > nodeLimit) return '[cut]';
    return Array.isArray(plain) ? convertArray(plain, depth, secret) : convertObject(plain, depth, secret);
  }

  function convertArray(items: unknown[], depth: number, secret: boolean): Json[] {
    const kept = items.slice(0, memberLimit).map((item) => convert(item, depth + 1, secret) ?? null);
    return items.length > memberLimit ? [...kept, `… [cut, ${items.length} in all]`] : kept;
  }

  function convertObject(object: object, depth: number, secret: boolean): Json {
    const members: [string, Json][] = [];
    for (const [name, member] of Object.entries(object).slice(0, memberLimit)) {
      const value = convert(member, depth + 1, secret || isSecretName(name));
      if (value !== undefined) members.push([safeText(name, keyLimit), value]);
    }
    // Own members whatever their names are, `__proto__` included.
    return Object.fromEntries(members);
  }
}

const hasToJson = (value: unknown): value is { toJSON(): unknown } =>
  typeof value === 'object' && value !== null && typeof (value as { toJSON?: unknown }).toJSON === 'function';
