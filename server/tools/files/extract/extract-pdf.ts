import { getDocumentProxy } from 'unpdf';
import {
  type ExtractedText,
  extractLimits,
  type ExtractRequest,
  pageWithoutText,
  UnreadableDocument,
} from './document.ts';

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Reads pages from the asked one on, until the limit of pages, text or time: the rest is for the next call. */
export async function extractPdf({ bytes, firstPage }: ExtractRequest): Promise<ExtractedText> {
  const softEnd = performance.now() + extractLimits.softTime;
  const document = await openPdf(bytes);
  const totalPages = document.numPages;
  const pages: string[] = [];
  let characters = 0;
  for (let number = firstPage; number <= totalPages && pages.length < extractLimits.pages; number += 1) {
    const text = await pageText(document, number);
    pages.push(text.slice(0, extractLimits.characters));
    characters += text.length;
    if (characters > extractLimits.characters || performance.now() > softEnd) break;
  }
  return { format: 'PDF', pages, firstPage, totalPages, isCut: characters > extractLimits.characters };
}

async function openPdf(bytes: Uint8Array): Promise<Document> {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0, disableFontFace: true, stopAtErrors: false });
  } catch (error) {
    if ((error as Error).name === 'PasswordException') throw new UnreadableDocument('is protected with a password');
    throw new UnreadableDocument('is damaged or no valid PDF');
  }
}

/** One broken page does not cost the others. */
async function pageText(document: Document, number: number): Promise<string> {
  try {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    const parts = content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
    page.cleanup();
    return parts.join('').trim() || pageWithoutText;
  } catch {
    return '(this page is damaged and cannot be read)';
  }
}
