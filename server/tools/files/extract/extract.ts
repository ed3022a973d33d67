import { type ExtractedText, type ExtractRequest, UnreadableDocument } from './document.ts';
import { extractDocx } from './extract-docx.ts';
import { extractHtml } from './extract-html.ts';
import { extractPdf } from './extract-pdf.ts';
import { extractPptx } from './extract-pptx.ts';
import { extractXlsx } from './extract-xlsx.ts';
import { openArchive } from './read-archive.ts';

/** Turns a document of any kind into text; throws UnreadableDocument with a reason that can be told. */
export async function extract(request: ExtractRequest): Promise<ExtractedText> {
  const bytes = Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength);
  switch (request.kind) {
    case 'pdf':
      return extractPdf(request);
    case 'archive':
      return extractArchive(request);
    case 'html':
      return extractHtml(bytes);
    default:
      throw new UnreadableDocument('cannot be read');
  }
}

async function extractArchive(request: ExtractRequest): Promise<ExtractedText> {
  const archive = await openArchive(request.bytes);
  if (archive.has('xl/workbook.xml')) return extractXlsx(archive);
  if (archive.has('word/document.xml')) return extractDocx(archive);
  if (archive.has('ppt/presentation.xml')) return extractPptx(archive);
  throw new UnreadableDocument('is an archive; only Word, Excel and PowerPoint documents can be read');
}
