/**
 * The terms of a block lie in buckets by their hash, each a row: a row for each term would be mostly what the database
 * keeps about a row. A bucket holds, one after the other, the term (its length, UTF-8), in how many passages it stands, and
 * its postings (their length, bytes); numbers are variable-length integers.
 */
export interface BucketEntry {
  term: string;
  /** In how many passages it stands. */
  passages: number;
  bytes: Uint8Array;
}

const termsPerBucket = 24;
const maxBuckets = 16_384;

/** How many buckets so many terms are put into: a power of two. */
export function bucketsFor(terms: number): number {
  let buckets = 1;
  while (buckets < maxBuckets && buckets * termsPerBucket < terms) buckets *= 2;
  return buckets;
}

/** FNV-1a, of UTF-16's units. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function bucketOf(term: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index += 1) {
    hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) & (buckets - 1);
}

export function packBucket(entries: BucketEntry[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const { term, passages, bytes } of entries) {
    const name = Buffer.from(term);
    parts.push(packedNumbers(name.length), name, packedNumbers(passages, bytes.length), bytes);
  }
  return Buffer.concat(parts);
}

function packedNumbers(...numbers: number[]): Uint8Array {
  const bytes: number[] = [];
  for (const number of numbers) {
    let rest = number;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

/** The entries of a bucket whose terms are asked for. */
export function unpackBucket(packed: Buffer, isAsked: (term: string) => boolean): BucketEntry[] {
  const found: BucketEntry[] = [];
  let at = 0;
  const readNumber = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = packed[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < packed.length) {
    const length = readNumber();
    const term = packed.toString('utf8', at, (at += length));
    const passages = readNumber();
    const size = readNumber();
    if (isAsked(term)) found.push({ term, passages, bytes: packed.subarray(at, at + size) });
    at += size;
  }
  return found;
}
