import { recogniseFile } from '../recognise-file.ts';
import { decodeText } from './text/decode-text.ts';
import { type ExtractedText, extractLimits, type ExtractRequest, UnreadableDocument } from './document.ts';
import { withoutCarriageReturns } from './mail/letter.ts';

/** A file within a file, such as an attachment of a mail. */
export interface Part {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** The text of a part, or in parentheses why there is none. */
export type PartReader = (part: Part) => Promise<string>;

type Extract = (request: ExtractRequest, readPart: PartReader) => Promise<ExtractedText>;

const sampleBytes = 64 * 1024;
const maxDepth = 3;
const maxParts = 500;
const maxPartCharacters = 500_000;

/** Reads the parts of one document, all within one budget of time and text, by the reader that each of them needs. */
export function createPartReader(extract: Extract): PartReader {
  const end = performance.now() + extractLimits.softTime;
  let parts = 0;
  let characters = 0;

  function readerAt(depth: number): PartReader {
    return async (part) => {
      parts += 1;
      if (depth > maxDepth) return '(not read: it lies too deep within other files)';
      const left = end - performance.now();
      if (parts > maxParts || characters > extractLimits.characters || left <= 0)
        return '(not read: there is too much in this file to read at once)';
      const text = await textOf(part, depth, left).catch((error: unknown) => {
        const reason = error instanceof UnreadableDocument ? error.message : 'is damaged and cannot be read';
        return `(not read: it ${reason})`;
      });
      characters += text.length;
      if (text.length <= maxPartCharacters) return text;
      return `${text.slice(0, maxPartCharacters)}\n(the rest of this attachment is left out: it is too long)`;
    };
  }

  async function textOf(part: Part, depth: number, left: number): Promise<string> {
    const bytes = Buffer.from(part.bytes);
    const recognised = await recogniseFile(bytes.subarray(0, sampleBytes), part.name);
    if (recognised.reader === 'none') throw new UnreadableDocument(recognised.reason);
    if (recognised.reader === 'image') return '(a picture)';
    if (recognised.reader === 'text' && part.mediaType !== 'message/rfc822')
      return withoutCarriageReturns(await decodeText(bytes));
    const kind = recognised.reader === 'document' ? recognised.kind : 'mail';
    const request = { kind, bytes: new Uint8Array(bytes), firstPage: 1 };
    const extracted = await Promise.race([extract(request, readerAt(depth + 1)), late(left)]);
    return wholeText(extracted);
  }

  return readerAt(1);
}

function late(milliseconds: number): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  setTimeout(() => reject(new UnreadableDocument('takes too long to read')), milliseconds).unref();
  return promise;
}

function wholeText({ format, pages, totalPages, notShown }: ExtractedText): string {
  const text = format === 'PDF' ? pages.map((page, index) => `[Page ${index + 1} of ${totalPages}]\n${page}`) : pages;
  const rest = pages.length < totalPages && format === 'PDF' ? ['(the pages after these are left out)'] : [];
  const missing = notShown?.length ? [`(not shown: ${notShown.join(', ')})`] : [];
  return [...text, ...rest, ...missing].join('\n');
}
