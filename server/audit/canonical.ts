import { createHash, createHmac, hash } from 'node:crypto';

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

/** The signed content of an entry, all of it but what the database gives. */
export interface EntryContent {
  /** Milliseconds since 1970. */
  timestamp: number;
  actorType: string;
  actorId: string | null;
  eventType: string;
  resource: string | null;
  outcome: string;
  error: string | null;
  /** Canonical JSON; null where a personal value belongs. */
  detail: string;
  keyId: string;
}

/** What an entry signs beyond that since personal values stand apart from it. */
export interface SeparatedContent extends EntryContent {
  /** Canonical JSON: by JSON pointer, the commitment to the personal value that belongs there. */
  commitments: string;
  /** Set for entries of an earlier format: whether they held when they were signed anew. */
  carried: Carried | null;
}

export type Carried = 'proven' | 'unproven';

/** What the database gives an entry as it is written; signed with it, so that no default or trigger can change it. */
export interface Placement {
  id: number;
  /** As PostgreSQL prints an xid8. */
  transactionId: string;
  /** The system identifier of the cluster that counted the transaction id. */
  epoch: string;
}

/** HMAC-SHA256 over the canonical content: an array in a fixed order, the first element its version. */
export function contentHmac(secret: string, entry: SeparatedContent): Buffer {
  const head = JSON.stringify(['pinchy.audit.2', ...headOf(entry), entry.carried]);
  return createHmac('sha256', secret)
    .update(`${head.slice(0, -1)},${entry.commitments},${entry.detail}]`)
    .digest();
}

/** The same for entries from before personal values stood apart: needed to verify what is carried over. */
export function earlierContentHmac(secret: string, entry: EntryContent): Buffer {
  const head = JSON.stringify(['pinchy.audit.1', ...headOf(entry)]);
  return createHmac('sha256', secret)
    .update(`${head.slice(0, -1)},${entry.detail}]`)
    .digest();
}

const headOf = (entry: EntryContent) => [
  entry.keyId,
  entry.timestamp,
  entry.actorType,
  entry.actorId,
  entry.eventType,
  entry.resource,
  entry.outcome,
  entry.error,
];

/**
 * Binds its place to the content: SHA-256(content HMAC ‖ id ‖ transaction id ‖ epoch, 8 bytes each). The database
 * computes the same on insert, when it takes the id, so that an append is one round trip. The content HMAC itself is
 * never stored, therefore nobody without the key can carry a row over to another id.
 */
export function rowHmac(content: Buffer, { id, transactionId, epoch }: Placement): Buffer {
  const bytes = Buffer.allocUnsafe(content.length + 24);
  content.copy(bytes);
  bytes.writeBigInt64BE(BigInt(id), content.length);
  bytes.writeBigUInt64BE(BigInt(transactionId), content.length + 8);
  bytes.writeBigInt64BE(BigInt(epoch), content.length + 16);
  return hash('sha256', bytes, 'buffer');
}

export const earlierRowHmac = (content: Buffer, id: number): Buffer =>
  createHash('sha256').update(content).update(idBytes(id)).digest();

/** As PostgreSQL's int8send. */
export function idBytes(id: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(id));
  return bytes;
}
