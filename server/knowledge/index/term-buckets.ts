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

/** A search reads all terms of a bucket for one of them. */
const termsPerBucket = 12;
export const maxBuckets = 65_536;

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

/** Terms to look for, by their bytes: making text of each term of a bucket costs more than all else. */
export interface AskedTerms {
  find(packed: Buffer, start: number, end: number): string | undefined;
}

export function askedTerms(terms: Iterable<string>): AskedTerms {
  const byKind = new Map<number, { term: string; bytes: Buffer }[]>();
  const kindOf = (bytes: Buffer, start: number, end: number) =>
    ((end - start) << 16) | ((bytes[start] ?? 0) << 8) | (bytes[end - 1] ?? 0);
  for (const term of terms) {
    const bytes = Buffer.from(term);
    const kind = kindOf(bytes, 0, bytes.length);
    byKind.set(kind, [...(byKind.get(kind) ?? []), { term, bytes }]);
  }
  return {
    find: (packed, start, end) =>
      byKind.get(kindOf(packed, start, end))?.find(({ bytes }) => bytes.compare(packed, start, end) === 0)?.term,
  };
}

/** The entries of a bucket whose terms are asked for; all of them unless told. */
export function unpackBucket(packed: Buffer, asked?: AskedTerms): BucketEntry[] {
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
    const start = at;
    at += length;
    const term = asked ? asked.find(packed, start, at) : packed.toString('utf8', start, at);
    const passages = readNumber();
    const size = readNumber();
    if (term !== undefined) found.push({ term, passages, bytes: packed.subarray(at, at + size) });
    at += size;
  }
  return found;
}
