/** In which passages of a block a term stands and how often, as bytes. */

const maxCount = 127;

/** Collects postings in the order of the passages. */
export interface PostingsWriter {
  /** How many passages it holds. */
  passages: number;
  latest: number;
  bytes: number[];
}

export const startPostings = (): PostingsWriter => ({ passages: 0, latest: -1, bytes: [] });

/**
 * Differences of passage numbers as variable-length integers, whose lowest bit says that the term stands there once;
 * otherwise a byte with the count follows. (The form of Lucene's postings.)
 */
export function addPosting(postings: PostingsWriter, passage: number, count: number): void {
  const difference = passage - postings.latest;
  let value = difference * 2 + (count === 1 ? 1 : 0);
  while (value > 127) {
    postings.bytes.push((value & 127) | 128);
    value >>>= 7;
  }
  postings.bytes.push(value);
  if (count > 1) postings.bytes.push(Math.min(count, maxCount));
  postings.latest = passage;
  postings.passages += 1;
}

export interface DecodedPostings {
  length: number;
  passages: Uint16Array;
  counts: Uint8Array;
}

export const decodedPostings = (room: number): DecodedPostings => ({
  length: 0,
  passages: new Uint16Array(room),
  counts: new Uint8Array(room),
});

/** Into `into`, which must have room for all passages of a block. */
export function decodePostings(bytes: Uint8Array, into: DecodedPostings): void {
  const { passages, counts } = into;
  let passage = -1;
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    let byte = bytes[at++] ?? 0;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    passage += value >>> 1;
    passages[length] = passage;
    counts[length] = value & 1 ? 1 : (bytes[at++] ?? 1);
    length += 1;
  }
  into.length = length;
}

/**
 * The same, of the passages that may be seen alone and by their place among these: `places` has it for each passage of the
 * block, counted from 1, and 0 for the others.
 */
export function decodeVisible(bytes: Uint8Array, places: Uint16Array, into: DecodedPostings): void {
  const { passages, counts } = into;
  let passage = -1;
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    let byte = bytes[at++] ?? 0;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    passage += value >>> 1;
    const count = value & 1 ? 1 : (bytes[at++] ?? 1);
    const place = places[passage] ?? 0;
    if (place === 0) continue;
    passages[length] = place - 1;
    counts[length] = count;
    length += 1;
  }
  into.length = length;
}
