import { type ExtractedText, UnreadableDocument } from '../document.ts';
import type { Archive } from '../read-archive.ts';
import { readXml } from '../read-xml.ts';

type Reader = (archive: Archive) => Promise<ExtractedText>;

const readers: [type: RegExp, load: () => Promise<Reader>][] = [
  [/\.text/, async () => (await import('./extract-odt.ts')).extractOdt],
  [/\.spreadsheet/, async () => (await import('./extract-ods.ts')).extractOds],
  [/\.presentation|\.graphics/, async () => (await import('./extract-odp.ts')).extractOdp],
];

/** The reader of an OpenDocument file, by what it says that it is. Undefined for other archives. */
export async function openDocumentReader(archive: Archive): Promise<Reader | undefined> {
  if (!archive.has('content.xml')) return undefined;
  const { mediaType, isEncrypted } = await readManifest(archive);
  const told = archive.has('mimetype') ? (await archive.read('mimetype')).toString('latin1').trim() : mediaType;
  if (!/opendocument|sun\.xml/.test(told)) return undefined;
  if (isEncrypted) throw new UnreadableDocument('is protected with a password. Ask for a copy without one');
  const found = readers.find(([type]) => type.test(told));
  if (!found) throw new UnreadableDocument('is an OpenDocument file that holds no text. Ask for it saved as PDF');
  return found[1]();
}

async function readManifest(archive: Archive): Promise<{ mediaType: string; isEncrypted: boolean }> {
  const manifest = { mediaType: '', isEncrypted: false };
  if (!archive.has('META-INF/manifest.xml')) return manifest;
  let entry = '';
  await readXml(archive.stream('META-INF/manifest.xml'), {
    open(name, attributes) {
      if (name === 'file-entry') entry = attributes['full-path'] ?? '';
      if (name === 'file-entry' && entry === '/') manifest.mediaType = attributes['media-type'] ?? '';
      if (name === 'encryption-data' && entry === 'content.xml') manifest.isEncrypted = true;
    },
  });
  return manifest;
}
