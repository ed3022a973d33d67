import { type ExtractedText, type ExtractRequest, UnreadableDocument } from './document.ts';

/** Turns a document into text with the reader of its kind: only that one is loaded, as each document has a thread of its own. */
export async function extract(request: ExtractRequest): Promise<ExtractedText> {
  if (request.kind === 'pdf') {
    const { extractPdf } = await import('./pdf/extract-pdf.ts');
    return extractPdf(request);
  }
  if (request.kind === 'image') {
    const { extractPicture } = await import('./ocr/extract-picture.ts');
    return extractPicture(request);
  }
  if (request.kind === 'archive') {
    const { extractArchive } = await import('./extract-archive.ts');
    return extractArchive(request.bytes);
  }
  throw new UnreadableDocument(
    'is in an old Office format (.doc, .xls, .ppt). Ask for it saved as .docx, .xlsx, .pptx or PDF',
  );
}
