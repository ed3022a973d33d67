import { extractBytes } from '../files/extract-document.ts';
import { pageWithoutText } from '../files/extract/document.ts';
import { type ToolContext, ToolError } from '../tool.ts';

/** What a PDF may have, in bytes; they are larger than pages. */
export const maxPdfBytes = 16 * 1024 * 1024;
/** Milliseconds, so that the download before it fits into the call's time too. */
const maxReadingMs = 15_000;

type Reader = Pick<ToolContext, 'userId' | 'signal'>;

export const isPdfType = (mediaType: string) => /^application\/(x-)?pdf$/.test(mediaType);

/** Whether an answer is a PDF: many servers call it something else, and as any other text it would be noise. */
export const isPdf = (mediaType: string, body: Buffer): boolean =>
  isPdfType(mediaType) || body.toString('latin1', 0, 5) === '%PDF-';

/**
 * The text of a PDF from the web, page by page, read where documents are read: apart, with limits on memory and time.
 * Throws ToolError for one that is damaged, protected, or nothing but pictures.
 */
export async function readWebPdf(body: Buffer, host: string, { userId, signal }: Reader) {
  const path = `The PDF on ${host}`;
  const extracted = await extractBytes({
    kind: 'pdf',
    bytes: new Uint8Array(body),
    firstPage: 1,
    path,
    userId,
    signal,
    hardTime: maxReadingMs,
  });
  const { pages, totalPages } = extracted;
  if (pages.every((page) => page === pageWithoutText))
    throw new ToolError(`${path} has no text, only pictures of its pages (a scan), and pictures cannot be read here.`);
  const text = pages.map((page, index) => `[Page ${index + 1} of ${totalPages}]\n${page}`).join('\n\n');
  return { title: '', text: text.replaceAll('\0', ''), isCut: extracted.isCut || pages.length < totalPages };
}
