import { LRUCache } from 'lru-cache';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { ExtractedText } from './extract/document.ts';
import { createEncodingScan } from './extract/text/encoding-scan.ts';
import { decoderOf } from './extract/text/text-decoder.ts';
import type { TextEncoding } from './text-encoding.ts';

const chunkBytes = 1024 * 1024;
/** All of a file up to this size is looked at, and of the rest every sixteenth megabyte. */
const maxWholeBytes = 256 * 1024 * 1024;
const stride = 16;
/** Up to this size, what a guess makes of the whole file is checked as well. */
const maxCheckedBytes = 64 * 1024 * 1024;

export interface EncodingRequest {
  handle: FileHandle;
  stats: Stats;
  signal: AbortSignal;
  /** Asks a worker what these bytes are written in: statistics of languages need their time and memory. */
  extract(bytes: Uint8Array<ArrayBuffer>): Promise<Pick<ExtractedText, 'encoding'>>;
}

const known = new LRUCache<string, TextEncoding>({ max: 2_000 });

/**
 * The encoding of a text file by all of its bytes, as a letter far in decides as much as the first one. Throws ToolError when no
 * encoding makes sense of it, the signal's reason when aborted.
 */
export async function recogniseEncoding(request: EncodingRequest): Promise<TextEncoding> {
  const { dev, ino, size, mtimeMs, ctimeMs } = request.stats;
  const key = [dev, ino, size, mtimeMs, ctimeMs].join(':');
  const found = known.get(key) ?? (await recognise(request));
  known.set(key, found);
  return found;
}

async function recognise(request: EncodingRequest): Promise<TextEncoding> {
  const scan = createEncodingScan();
  let next = 0;
  for await (const { bytes, position } of chunksOf(request, maxWholeBytes)) {
    if (!scan.add(bytes, position === next)) break;
    next = position + bytes.length;
  }
  const told = scan.end();
  if (told.label !== undefined) return { ...told, isGuessed: false, isUncertain: false };
  const { encoding } = await request.extract(new Uint8Array(told.evidence));
  if (!encoding) throw new Error('The worker named no encoding.');
  const guess = { ...encoding, markBytes: 0, badBytes: 0, isGuessed: true };
  return { ...guess, badBytes: await countBad(request, guess.label) };
}

async function countBad(request: EncodingRequest, label: string): Promise<number> {
  if (request.stats.size > maxCheckedBytes) return 0;
  const decoder = decoderOf(label);
  let count = 0;
  for await (const { bytes } of chunksOf(request, maxCheckedBytes))
    count += decoder.write(bytes).split('\ufffd').length - 1;
  return count;
}

async function* chunksOf({ handle, signal }: EncodingRequest, maxBytes: number) {
  for (let position = 0; ;) {
    signal.throwIfAborted();
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, position);
    if (bytesRead === 0) return;
    yield { bytes: chunk.subarray(0, bytesRead), position };
    position += position < maxBytes ? bytesRead : stride * chunkBytes;
  }
}
