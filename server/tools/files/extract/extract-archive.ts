import { posix } from 'node:path';
import type { ExtractedText } from './document.ts';
import { openDocumentReader } from './open-document/open-document.ts';
import { mainPartOf } from './package-parts.ts';
import { type Archive, openArchive } from './read-archive.ts';
import { storedZip } from './stored-zip.ts';
import { unreadableArchive } from './unreadable-archive.ts';

type Reader = (archive: Archive, part: string) => Promise<ExtractedText>;

/** A workbook that is written in binary parts (.xlsb): SheetJS gets them inflated already, within the limits. */
async function extractBinaryWorkbook(archive: Archive): Promise<ExtractedText> {
  const parts = [];
  for (const name of archive.names) parts.push({ name, data: await archive.read(name) });
  const { extractOldWorkbook } = await import('./excel/extract-old-workbook.ts');
  return extractOldWorkbook(storedZip(parts));
}

/** The readers by what the content type of the main part says, and where it lies in packages that do not say so. */
const readers: { types: RegExp; usualPart: string; load: () => Promise<Reader> }[] = [
  { types: /ms-excel\.sheet\.binary/, usualPart: 'xl/workbook.bin', load: async () => extractBinaryWorkbook },
  {
    types: /spreadsheetml|ms-excel/,
    usualPart: 'xl/workbook.xml',
    load: async () => (await import('./excel/extract-xlsx.ts')).extractXlsx,
  },
  {
    types: /wordprocessingml|ms-word/,
    usualPart: 'word/document.xml',
    load: async () => (await import('./word/extract-docx.ts')).extractDocx,
  },
  {
    types: /presentationml|ms-powerpoint/,
    usualPart: 'ppt/presentation.xml',
    load: async () => (await import('./powerpoint/extract-pptx.ts')).extractPptx,
  },
];

/** Reads a package by its main part, whatever that is called: the relationships name it. */
export async function extractArchive(bytes: Uint8Array<ArrayBuffer>): Promise<ExtractedText> {
  const archive = await openArchive(bytes);
  if (archive.has('META-INF/container.xml') && (await isEpub(archive))) {
    const { extractEpub } = await import('./web/extract-epub.ts');
    return extractEpub(archive);
  }
  const openDocument = await openDocumentReader(archive);
  if (openDocument) return openDocument(archive);
  const main = await mainPartOf(archive);
  // Where the content type says nothing, the directory does.
  const told =
    main &&
    (readers.find(({ types }) => types.test(main.contentType)) ??
      readers.findLast(({ usualPart }) => posix.dirname(usualPart) === posix.dirname(main.part)));
  if (main && told && archive.has(main.part)) return (await told.load())(archive, main.part);
  for (const { usualPart, load } of readers) {
    const part = archive.resolve(usualPart);
    if (part !== undefined) return (await load())(archive, part);
  }
  throw unreadableArchive(archive);
}

async function isEpub(archive: Archive): Promise<boolean> {
  if (!archive.has('mimetype')) return archive.files.some((name) => name.endsWith('.opf'));
  return (await archive.read('mimetype')).toString('latin1').trim() === 'application/epub+zip';
}
