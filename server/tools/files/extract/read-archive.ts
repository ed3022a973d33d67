import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { extractLimits, UnreadableDocument } from './document.ts';

/** An Office document: a zip archive whose parts are read within one budget of really inflated bytes. */
export interface Archive {
  names: string[];
  has(name: string): boolean;
  /** Throws UnreadableDocument when the part is missing or the archive inflates beyond the budget. */
  stream(name: string): AsyncIterable<Buffer>;
  read(name: string): Promise<Buffer>;
}

const tooLarge = 'is too large when unpacked; it may be a zip bomb';

/** Opens an archive after checking what its directory declares; each part is then held to it while it inflates. */
export async function openArchive(bytes: Uint8Array<ArrayBuffer>): Promise<Archive> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
    autoClose: false,
    validateEntrySizes: true,
  });
  if (zip.entryCount > extractLimits.entries) throw new UnreadableDocument('has too many parts');
  const entries = await readDirectory(zip);
  let left = extractLimits.inflatedBytes;

  async function* inflate(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name);
    if (!entry) throw new UnreadableDocument(`is damaged: ${name} is missing in it`);
    if (entry.isEncrypted()) throw new UnreadableDocument('is protected with a password');
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      left -= chunk.length;
      if (left < 0) throw new UnreadableDocument(tooLarge);
      yield chunk;
    }
  }

  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    stream: inflate,
    async read(name) {
      const chunks: Buffer[] = [];
      for await (const chunk of inflate(name)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let declared = 0;
  for await (const entry of zip.eachEntry()) {
    // Media are never inflated, so that a brochure full of pictures is no bomb.
    if (!/\.(xml|rels)$/i.test(entry.fileName)) continue;
    declared += entry.uncompressedSize;
    if (declared > extractLimits.inflatedBytes) throw new UnreadableDocument(tooLarge);
    entries.set(entry.fileName, entry);
  }
  return entries;
}
