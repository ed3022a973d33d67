import { createHash, createHmac } from 'node:crypto';

/** What JSON can hold, as PostgreSQL's jsonb gives it back. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The one spelling of a JSON value: keys sorted by UTF-16 code units, no spaces, numbers as ECMAScript prints them (RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Record<string, unknown>;
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
  return `{${members.join(',')}}`;
}

/** The signed content of an entry, all of it but the id, which the database gives. */
export interface EntryContent {
  /** Milliseconds since 1970. */
  timestamp: number;
  actorType: string;
  actorId: string | null;
  eventType: string;
  resource: string | null;
  outcome: string;
  error: string | null;
  /** Canonical JSON. */
  detail: string;
  keyId: string;
}

/** HMAC-SHA256 over the canonical content: an array in a fixed order, the first element its version. */
export function contentHmac(secret: string, entry: EntryContent): Buffer {
  const head = JSON.stringify([
    'pinchy.audit.1',
    entry.keyId,
    entry.timestamp,
    entry.actorType,
    entry.actorId,
    entry.eventType,
    entry.resource,
    entry.outcome,
    entry.error,
  ]);
  return createHmac('sha256', secret)
    .update(`${head.slice(0, -1)},${entry.detail}]`)
    .digest();
}

/**
 * Binds the id to the content: SHA-256(content HMAC ‖ id as 8 bytes). The database computes the same on insert, when
 * it takes the id, so that an append is one round trip. The content HMAC itself is never stored, therefore nobody
 * without the key can carry a row over to another id.
 */
export function rowHmac(content: Buffer, id: number): Buffer {
  return createHash('sha256').update(content).update(idBytes(id)).digest();
}

/** As PostgreSQL's int8send. */
export function idBytes(id: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(id));
  return bytes;
}
