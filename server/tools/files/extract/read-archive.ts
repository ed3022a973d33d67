import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { extractLimits, UnreadableDocument } from './document.ts';

/** An Office document: a zip archive whose parts are read within one budget of really inflated bytes. */
export interface Archive {
  /** What can be read of it. */
  names: string[];
  /** Every file in it, also those that are never inflated. */
  files: string[];
  has(name: string): boolean;
  /** The name of a part as the archive spells it: Office compares names without regard to upper and lower case. */
  resolve(name: string): string | undefined;
  /** Throws UnreadableDocument when the part is missing or the archive inflates beyond the budget. */
  stream(name: string): AsyncIterable<Buffer>;
  read(name: string): Promise<Buffer>;
}

const tooLarge = () => new UnreadableDocument('is too large when unpacked; it may be a zip bomb');

/** Opens an archive after checking what its directory declares; each part is then held to it while it inflates. */
export async function openArchive(bytes: Uint8Array<ArrayBuffer>): Promise<Archive> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
    autoClose: false,
    validateEntrySizes: true,
  });
  if (zip.entryCount > extractLimits.entries) throw new UnreadableDocument('has too many parts');
  const { entries, files } = await readDirectory(zip);
  const spellings = new Map(files.map((name) => [name.toLowerCase(), name]));
  let left = extractLimits.inflatedBytes;

  async function* inflate(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name);
    if (!entry) throw new UnreadableDocument(`is damaged: ${name} is missing in it`);
    if (entry.isEncrypted()) throw new UnreadableDocument('is protected with a password');
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      left -= chunk.length;
      if (left < 0) throw tooLarge();
      yield chunk;
    }
  }

  return {
    names: [...entries.keys()],
    files,
    has: (name) => entries.has(name),
    resolve: (name) => (entries.has(name) ? name : spellings.get(name.toLowerCase())),
    stream: inflate,
    async read(name) {
      const chunks: Buffer[] = [];
      for await (const chunk of inflate(name)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

async function readDirectory(zip: ZipFile): Promise<{ entries: Map<string, Entry>; files: string[] }> {
  const entries = new Map<string, Entry>();
  const files: string[] = [];
  let declared = 0;
  for await (const entry of zip.eachEntry()) {
    files.push(entry.fileName);
    // Media are never inflated, so that a brochure full of pictures is no bomb.
    if (!/\.(xml|rels|opf|ncx|x?html?)$|^xl\/.*\.bin$|^mimetype$/i.test(entry.fileName)) continue;
    declared += entry.uncompressedSize;
    if (declared > extractLimits.inflatedBytes) throw tooLarge();
    entries.set(entry.fileName, entry);
  }
  return { entries, files };
}
