import type { ExtractedText, ExtractRequest } from './document.ts';
import { createPartReader, type PartReader } from './read-parts.ts';

/** Turns a document into text with the reader of its kind: only that one is loaded, as each document has a thread of its own. */
export async function extract(
  request: ExtractRequest,
  readPart: PartReader = createPartReader(extract),
): Promise<ExtractedText> {
  const bytes = Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength);
  switch (request.kind) {
    case 'pdf': {
      const { extractPdf } = await import('./pdf/extract-pdf.ts');
      return extractPdf(request);
    }
    case 'image': {
      const { extractPicture } = await import('./ocr/extract-picture.ts');
      return extractPicture(request);
    }
    case 'archive': {
      const { extractArchive } = await import('./extract-archive.ts');
      return extractArchive(request.bytes);
    }
    case 'encoding': {
      const { extractEncoding } = await import('./text/extract-encoding.ts');
      return extractEncoding(bytes);
    }
    case 'html': {
      const { extractHtml } = await import('./web/extract-html.ts');
      return extractHtml(bytes);
    }
    case 'mail': {
      const { extractMail } = await import('./mail/extract-mail.ts');
      return extractMail(bytes, readPart);
    }
    case 'mailbox': {
      const { extractMailbox } = await import('./mail/extract-mailbox.ts');
      return extractMailbox(bytes, readPart);
    }
    case 'mhtml': {
      const { extractMhtml } = await import('./web/extract-mhtml.ts');
      return extractMhtml(bytes);
    }
    case 'compound': {
      const { extractCompound } = await import('./compound/extract-compound.ts');
      return extractCompound(request.bytes, readPart);
    }
    case 'rtf': {
      const { extractRtf } = await import('./rtf/extract-rtf.ts');
      return extractRtf(request.bytes);
    }
    case 'calendar': {
      const { extractCalendar } = await import('./mail/extract-calendar.ts');
      return extractCalendar(bytes);
    }
    case 'contacts': {
      const { extractContacts } = await import('./mail/extract-contacts.ts');
      return extractContacts(bytes);
    }
  }
}
