/** Longer ones are no words: encoded data, mostly. */
const maxWord = 64;

/** Scripts written without spaces: Chinese, Japanese, Korean (whose words carry their particles). */
const ideographs = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u30fc`;
const ideographRun = new RegExp(`[${ideographs}]+`, 'u');
/** Thai, Lao, Khmer and Burmese have words without spaces between them. */
const joinedScript = /[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

const letter = String.raw`[\p{L}\p{M}\p{N}]`;
const token = new RegExp(`[\\p{L}\\p{N}]${letter}*(?:[-_.,:/@&+#'’][\\p{L}\\p{N}]${letter}*)*`, 'gu');
const connectors = /[-_.,:/@&+#'’]/;

/** What a text is searched by, in its order and its case; `isIdeographs` for a run of them. */
export interface Word {
  text: string;
  isIdeographs: boolean;
}

/**
 * The words of a text. What is joined by signs is given in its parts and as it is: `AB-1234/7` is `AB`, `1234`, `7`,
 * `AB-1234/7` and `AB12347`, `E-Mail` is `E`, `Mail` and `EMail`.
 */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (const [whole] of cleanText(text).matchAll(token)) {
    if (ideographRun.test(whole) || joinedScript.test(whole)) {
      words.push(...splitScripts(whole));
      continue;
    }
    for (const one of formsOf(whole)) words.push({ text: one, isIdeographs: false });
  }
  return words;
}

/** Words broken at a line's end are joined; what cannot be seen is left out. */
function cleanText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/(\p{L})[-\u2010]\r?\n[ \t]*(\p{Ll})/gu, '$1$2');
}

function formsOf(whole: string): string[] {
  const parts = whole.split(connectors).filter((part) => part !== '');
  const forms = parts.length === 1 ? [] : [...parts];
  const hasDigit = /\p{N}/u.test(whole);
  const hasLetter = /\p{L}/u.test(whole);
  if (parts.length === 1 || hasDigit || !whole.includes('-')) forms.push(whole);
  if (parts.length > 1 && hasLetter && (hasDigit || whole.includes('-'))) forms.push(parts.join(''));
  if (hasDigit && hasLetter) for (const part of parts) forms.push(...numberAndLetters(part));
  return forms.filter((form) => form.length <= maxWord);
}

/** `ISO9001` is `ISO` and `9001` too. */
function numberAndLetters(part: string): string[] {
  const pieces = part.match(/\p{N}+|[^\p{N}]+/gu) ?? [];
  return pieces.length > 1 && pieces.length <= 4 ? pieces.filter((piece) => piece.length > 1) : [];
}

let segmenter: Intl.Segmenter | undefined;

function splitScripts(run: string): Word[] {
  const pieces = run.match(new RegExp(`[${ideographs}]+|[^${ideographs}]+`, 'gu')) ?? [];
  return pieces.flatMap((piece): Word[] => {
    if (ideographRun.test(piece)) return [{ text: piece, isIdeographs: true }];
    if (!joinedScript.test(piece)) return formsOf(piece).map((text) => ({ text, isIdeographs: false }));
    segmenter ??= new Intl.Segmenter('th', { granularity: 'word' });
    const segments = [...segmenter.segment(piece)].filter((segment) => segment.isWordLike);
    return segments.map(({ segment }) => ({ text: segment.slice(0, maxWord), isIdeographs: false }));
  });
}
