import { createHash, createHmac, type Hash } from 'node:crypto';
import { idBytes } from './canonical.ts';

/** Which entries a checkpoint seals, the seal before it, and how far it goes: all that its own seal signs. */
export interface CheckpointContent {
  sequence: number;
  /** Milliseconds since 1970. */
  sealedAt: number;
  count: number;
  /** Entries sealed by this checkpoint and all before it. */
  total: number;
  /** As PostgreSQL prints an int8multirange: `{[1,51),[53,54)}`. */
  ids: string;
  firstId: number;
  lastId: number;
  entriesHash: Buffer;
  previousSeal: Buffer | null;
  keyId: string;
  throughTransaction: string;
  throughId: number;
  epoch: string;
}

export function checkpointSeal(secret: string, content: CheckpointContent): Buffer {
  return sign(secret, [
    'pinchy.audit.checkpoint.2',
    ...headOf(content),
    content.firstId,
    content.lastId,
    content.throughTransaction,
    content.throughId,
    content.epoch,
  ]);
}

/** The same for checkpoints from before personal values stood apart, which signed neither bounds nor position. */
export const earlierCheckpointSeal = (secret: string, content: CheckpointContent): Buffer =>
  sign(secret, ['pinchy.audit.checkpoint.1', ...headOf(content)]);

const sign = (secret: string, signed: unknown[]): Buffer =>
  createHmac('sha256', secret).update(JSON.stringify(signed)).digest();

const headOf = (content: CheckpointContent) => [
  content.keyId,
  content.sequence,
  content.sealedAt,
  content.count,
  content.total,
  content.ids,
  content.entriesHash.toString('hex'),
  content.previousSeal?.toString('hex') ?? null,
];

/** Entries are added in the order of their ids. */
export const startEntriesHash = (): Hash => createHash('sha256');
export const addEntry = (hash: Hash, id: number, rowHmac: Buffer): Hash => hash.update(idBytes(id)).update(rowHmac);

/** The first and the last id of a run without gaps. */
export interface IdRange {
  first: number;
  last: number;
}

/** @param ids ascending, each once. */
export function formatIds(ids: number[]): string {
  const ranges: IdRange[] = [];
  for (const id of ids) {
    const open = ranges.at(-1);
    if (open && open.last === id - 1) open.last = id;
    else ranges.push({ first: id, last: id });
  }
  return `{${ranges.map(({ first, last }) => `[${first},${last + 1})`).join(',')}}`;
}

export function parseIds(multirange: string): IdRange[] {
  return [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, first, end]) => ({
    first: Number(first),
    last: Number(end) - 1,
  }));
}
