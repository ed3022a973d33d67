import mammoth from 'mammoth';
import { type ExtractedText, extractLimits, UnreadableDocument } from './document.ts';
import { markdownOfHtml } from './markdown-of-html.ts';
import type { Archive } from './read-archive.ts';
import { storedZip } from './stored-zip.ts';

/** Mammoth unzips and parses in memory, so it gets an archive that is inflated already, of the parts that hold text. */
export async function extractDocx(archive: Archive): Promise<ExtractedText> {
  const names = archive.names.filter((name) => /^(\[Content_Types\]\.xml|_rels\/|word\/|docProps\/)/.test(name));
  const parts = [];
  for (const name of names) parts.push({ name, data: await archive.read(name) });
  const { value } = await mammoth
    .convertToHtml(
      { buffer: storedZip(parts) },
      { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), externalFileAccess: false },
    )
    .catch(() => {
      throw new UnreadableDocument('is damaged or no valid Word document');
    });
  const text = markdownOfHtml(value);
  const isCut = text.length > extractLimits.characters;
  return { format: 'Word', pages: [text.slice(0, extractLimits.characters)], firstPage: 1, totalPages: 1, isCut };
}
