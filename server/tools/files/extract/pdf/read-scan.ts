import type { RecognisedText, Recogniser } from '../ocr/recognise.ts';
import type { Pdf } from './open-pdf.ts';
import { pagePicture } from './page-picture.ts';

/** A page with less text may be a scan that a fax or a scanner wrote a line upon, in characters. */
const minText = 120;
const minCoverage = 0.3;
const minCoverageWithoutText = 0.05;
/** Beneath it, percent, what was recognised is nothing but noise. */
const minConfidence = 30;
/** To look at pages that have a line of text costs the decoding of their pictures; in milliseconds for all of them. */
const lookTime = 2000;

/** Reads the pages of a PDF that are pictures. @param pictures how many the document has */
export function createScanReader(pictures: number) {
  let recognise: Recogniser | undefined;
  let looked = 0;

  return {
    mayBe: (text: string): boolean => pictures > 0 && text.length < minText,
    /** 'scan' for one that was not recognised; undefined for a page that is none. */
    async read(
      pdf: Pdf,
      number: number,
      text: string,
      isRecognised: boolean,
    ): Promise<RecognisedText | 'scan' | undefined> {
      if (!isRecognised && text === '') return 'scan';
      if (!isRecognised && looked > lookTime) return undefined;
      const start = performance.now();
      try {
        const page = await pdf.getPage(number);
        const picture = await pagePicture(page);
        page.cleanup();
        if (!picture || picture.coverage < (text === '' ? minCoverageWithoutText : minCoverage)) return undefined;
        if (!isRecognised) return 'scan';
        const { createRecogniser } = await import('../ocr/recognise.ts');
        recognise ??= createRecogniser();
        const found = await recognise(picture.bytes);
        if (found.confidence < minConfidence || found.text === '') return undefined;
        return { ...found, text: [text, found.text].filter(Boolean).join('\n\n') };
      } catch {
        return undefined;
      } finally {
        looked += performance.now() - start;
      }
    },
  };
}
