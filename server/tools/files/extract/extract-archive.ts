import { type ExtractedText, UnreadableDocument } from './document.ts';
import { mainPartOf } from './package-parts.ts';
import { type Archive, openArchive } from './read-archive.ts';

type Reader = (archive: Archive, part: string) => Promise<ExtractedText>;

/** The readers by what the content type of the main part says, and where it lies in packages that do not say so. */
const readers: { types: RegExp; usualPart: string; load: () => Promise<Reader> }[] = [
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
  const main = await mainPartOf(archive);
  const told = main && readers.find(({ types }) => types.test(main.contentType));
  if (main && told && archive.has(main.part)) return (await told.load())(archive, main.part);
  for (const { usualPart, load } of readers) {
    const part = archive.resolve(usualPart);
    if (part !== undefined) return (await load())(archive, part);
  }
  throw new UnreadableDocument('is an archive; only Word, Excel and PowerPoint documents can be read');
}

async function isEpub(archive: Archive): Promise<boolean> {
  if (!archive.has('mimetype')) return archive.files.some((name) => name.endsWith('.opf'));
  return (await archive.read('mimetype')).toString('latin1').trim() === 'application/epub+zip';
}
