import type { FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { looksLikeText } from './text-encoding.ts';

const textTypes: Record<string, string> = {
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.json': 'application/json',
};

/** Archives name their type in their first entries; that much is enough for every format that we read. */
const sampleBytes = 256 * 1024;

/**
 * The media type by content, never by the sender's word. Whatever a browser could run (HTML, SVG, XML, scripts) is `text/plain`.
 */
export async function mediaTypeOf(handle: FileHandle, size: number, filename: string): Promise<string> {
  const sample = Buffer.alloc(Math.min(size, sampleBytes));
  const { bytesRead } = await handle.read(sample, 0, sample.length, 0);
  const bytes = sample.subarray(0, bytesRead);
  const sniffed = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  if (sniffed && !/html|svg|xml$|script/.test(sniffed)) return sniffed;
  if (!sniffed && !looksLikeText(bytes)) return 'application/octet-stream';
  return textTypes[extname(filename).toLowerCase()] ?? 'text/plain';
}
