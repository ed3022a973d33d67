import { isAscii, isUtf8 } from 'node:buffer';
import { unmarkedWideEncoding } from './wide-text.ts';

/** What a text's bytes tell about its encoding. */
export type EncodingScan =
  | { label: string; markBytes: number; badBytes: number }
  /** It is none of the Unicode encodings: lines with letters beyond ASCII, for a guess. */
  | { label: undefined; evidence: Buffer };

const maxEvidence = 64 * 1024;
const maxEvidencePerChunk = 8 * 1024;
const maxPiece = 2 * 1024;
const escapeSampleBytes = 64 * 1024;

const marks = [
  { label: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { label: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { label: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { label: 'utf-16le', bytes: [0xff, 0xfe] },
  { label: 'utf-16be', bytes: [0xfe, 0xff] },
  { label: 'gb18030', bytes: [0x84, 0x31, 0x95, 0x33] },
];

interface Unicode {
  label: string;
  markBytes: number;
}

/** The encoding that the first bytes tell: by a mark, or by the zero bytes of wide units. */
export function encodingOfStart(bytes: Buffer): Unicode | undefined {
  const mark = marks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  if (mark) return { label: mark.label, markBytes: mark.bytes.length };
  const wide = unmarkedWideEncoding(bytes);
  return wide === undefined ? undefined : { label: wide, markBytes: 0 };
}

/** Looks at a text chunk by chunk, as a letter far in decides as much as the first one. */
export function createEncodingScan() {
  let start: Unicode | undefined;
  let isFirst = true;
  let hasEscapes = false;
  let carried: Buffer = Buffer.alloc(0);
  let sequences = 0;
  let badBytes = 0;
  let evidence: Buffer = Buffer.alloc(0);

  function countSequencesOf(bytes: Buffer) {
    if (isAscii(bytes)) return;
    if (isUtf8(bytes)) {
      sequences += 1;
      return;
    }
    const counted = countSequences(bytes);
    sequences += counted.sequences;
    badBytes += counted.badBytes;
    const most = Math.min(maxEvidencePerChunk, maxEvidence - evidence.length);
    if (most > 0) evidence = Buffer.concat([evidence, ...evidenceIn(bytes, most)]);
  }

  return {
    /** False when the rest cannot change the answer. `isNext`: nothing was left out before this chunk. */
    add(chunk: Buffer, isNext = true): boolean {
      if (isFirst) {
        isFirst = false;
        start = encodingOfStart(chunk);
        const beginning = chunk.subarray(0, escapeSampleBytes);
        hasEscapes = beginning.includes('\x1b$@') || beginning.includes('\x1b$B');
      }
      if (start && start.label !== 'utf-8') return false;
      const bytes = isNext ? Buffer.concat([carried, chunk]) : chunk.subarray(closedBytes(chunk));
      const end = bytes.length - openBytes(bytes);
      carried = bytes.subarray(end);
      countSequencesOf(bytes.subarray(0, end));
      return true;
    },
    end(): EncodingScan {
      if (start && start.label !== 'utf-8') return { ...start, badBytes: 0 };
      countSequencesOf(carried);
      if (hasEscapes && sequences + badBytes === 0) return { label: 'iso-2022-jp', markBytes: 0, badBytes: 0 };
      // Letters of other encodings hardly ever look like sequences of UTF-8.
      if (start || badBytes <= sequences) return { label: 'utf-8', markBytes: start?.markBytes ?? 0, badBytes };
      return { label: undefined, evidence };
    },
  };
}

/** Sequences of UTF-8 beyond ASCII, and bytes that are in none. (RFC 3629, 3.) */
function countSequences(bytes: Buffer): { sequences: number; badBytes: number } {
  let sequences = 0;
  let badBytes = 0;
  for (let index = 0; index < bytes.length;) {
    const byte = bytes[index] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(byte);
    const isWhole = length > 1 && isUtf8(bytes.subarray(index, index + length));
    if (length > 1 && isWhole) sequences += 1;
    else if (byte >= 0x80) badBytes += 1;
    index += isWhole ? length : 1;
  }
  return { sequences, badBytes };
}

/** Of the sequence that a byte begins; 0 when it begins none. */
function sequenceLength(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/** Bytes at the end that may go on in the next chunk: since the last border, as any encoding's letter could be cut. */
function openBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(maxPiece, bytes.length); back += 1) {
    if (isBorder(bytes[bytes.length - back])) return back - 1;
  }
  return openSequenceBytes(bytes);
}

/** Bytes at the beginning that belong to what was left out before: up to the first border. */
function closedBytes(bytes: Buffer): number {
  const first = bytes.subarray(0, maxPiece).findIndex(isBorder);
  return first >= 0 ? first : continuationBytes(bytes);
}

/** Bytes of a sequence of UTF-8 at the end that is not complete yet. */
function openSequenceBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function continuationBytes(bytes: Buffer): number {
  let count = 0;
  while (count < 3 && ((bytes[count] ?? 0) & 0xc0) === 0x80) count += 1;
  return count;
}

/**
 * Pieces of lines around bytes beyond ASCII. They begin and end where no encoding has a letter's second byte: at blanks, line
 * ends and punctuation below 0x30.
 */
function evidenceIn(bytes: Buffer, most: number): Buffer[] {
  const pieces: Buffer[] = [];
  let left = most;
  for (let index = 0; index < bytes.length && left > 0; index += 1) {
    if ((bytes[index] ?? 0) < 0x80) continue;
    let start = index;
    while (start > 0 && index - start < maxPiece && bytes[start - 1] !== 0x0a) start -= 1;
    while (start > 0 && start < index && !isBorder(bytes[start - 1])) start += 1;
    let end = index;
    while (end < bytes.length && end - index < Math.min(maxPiece, left) && bytes[end] !== 0x0a) end += 1;
    let last = end;
    while (last > index && last < bytes.length && !isBorder(bytes[last])) last -= 1;
    end = last > index ? last : end;
    pieces.push(bytes.subarray(start, end), Buffer.from('\n'));
    left -= end - start;
    index = end;
  }
  return pieces;
}

function isBorder(byte: number | undefined): boolean {
  return byte !== undefined && byte < 0x30;
}
