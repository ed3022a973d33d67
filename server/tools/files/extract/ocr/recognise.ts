import { layOut } from '../pdf/page-layout.ts';
import { guessLanguage, type OcrLanguage } from './guess-language.ts';
import { startTesseract, type Tesseract } from './tesseract.ts';
import { fragmentsOf } from './words.ts';

/** The text of a picture. */
export interface RecognisedText {
  text: string;
  /** Percent: how sure the recognition is of it. */
  confidence: number;
  language: OcrLanguage;
}

/** Beneath it, percent, the picture may lie on its side or on its head. */
const goodConfidence = 65;
/** Of EXIF: turned by a quarter to either side, and on the head. */
const otherOrientations = [6, 8, 3];

/** Recognises one picture after the other; the next one is tried first in the language and direction of the one before. */
export function createRecogniser() {
  let tesseract: Tesseract | undefined;
  let language: OcrLanguage = 'eng';
  let turned: number | undefined;

  /** @param orientation as EXIF has it, of a picture that says it */
  return async function recognise(picture: Uint8Array, orientation = 1): Promise<RecognisedText> {
    const engine = (tesseract ??= await startTesseract());
    const read = async (direction: number, as: OcrLanguage) => {
      const { table, confidence } = await engine.recognise(picture, as, direction);
      return { text: layOut(fragmentsOf(table)), confidence, language: as, direction };
    };
    let best = await read(turned ?? orientation, language);
    for (const direction of otherOrientations) {
      if (best.confidence >= goodConfidence) break;
      const other = await read(direction, language);
      if (other.confidence > best.confidence) best = other;
    }
    const guessed = guessLanguage(best.text);
    if (guessed !== language && best.confidence >= goodConfidence * 0.8) {
      const other = await read(best.direction, guessed);
      if (other.confidence > best.confidence - 5) best = other;
    }
    if (best.confidence >= goodConfidence) {
      language = best.language;
      turned = best.direction === orientation ? undefined : best.direction;
    }
    return { text: best.text, confidence: best.confidence, language: best.language };
  };
}

export type Recogniser = ReturnType<typeof createRecogniser>;
