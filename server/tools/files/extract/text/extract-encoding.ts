import { unknownEncoding } from './decode-text.ts';
import type { ExtractedText } from '../document.ts';
import { guessEncoding } from './guess-encoding.ts';

/** Names the encoding of a text by some of its lines. */
export function extractEncoding(evidence: Buffer): ExtractedText {
  const encoding = guessEncoding(evidence);
  if (!encoding) throw unknownEncoding();
  return { format: 'text', pages: [], firstPage: 1, totalPages: 0, isCut: false, encoding };
}
