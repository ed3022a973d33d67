import { type ExtractedText, type ExtractRequest, UnreadableDocument } from './document.ts';

/** Turns a document into text with the reader of its kind: only that one is loaded, as each document has a thread of its own. */
export async function extract(request: ExtractRequest): Promise<ExtractedText> {
  const bytes = Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength);
  switch (request.kind) {
    case 'pdf': {
      const { extractPdf } = await import('./extract-pdf.ts');
      return extractPdf(request);
    }
    case 'archive': {
      const { extractArchive } = await import('./extract-archive.ts');
      return extractArchive(request.bytes);
    }
    case 'html': {
      const { extractHtml } = await import('./extract-html.ts');
      return extractHtml(bytes);
    }
    default:
      throw new UnreadableDocument(
        'is in an old Office format (.doc, .xls, .ppt). Ask for it saved as .docx, .xlsx, .pptx or PDF',
      );
  }
}
