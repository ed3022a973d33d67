import { foldLetters } from './fold-letters.ts';
import { loadStemmer, type Stemmer } from './languages.ts';
import { splitWords, type Word } from './split-words.ts';

/** Raise it when the same text gives other terms than before: everything is then indexed anew. */
export const analysisVersion = 1;

/** A word of a text as it is searched by. */
export interface Term {
  /** The stem without accents; empty where there are only letter groups. */
  word: string;
  /** Its groups of four letters, marked: what compounds and misspelt words have in common. */
  grams: readonly string[];
}

export interface Analyser {
  language: string;
  /** The terms of a text, in its order; the same text has as many in every language. */
  analyse(text: string): Term[];
}

export const gramMark = '~';
const gramLetters = 4;
/** Of all languages together. */
const maxCachedTerms = 50_000;
const caches = new Set<Map<string, Term>>();
let cachedTerms = 0;

function makeRoom(): void {
  cachedTerms += 1;
  if (cachedTerms <= maxCachedTerms) return;
  for (const cache of caches) cache.clear();
  cachedTerms = 0;
}

/** Analyses texts as those of one language; queries as if they were in it. */
export async function createAnalyser(language: string): Promise<Analyser> {
  const stemmer = await loadStemmer(language);
  const known = new Map<string, Term>();
  caches.add(known);

  function termFor(word: string): Term {
    let term = known.get(word);
    if (!term) {
      makeRoom();
      known.set(word, (term = termOf(word, stemmer, language)));
    }
    return term;
  }

  return {
    language,
    analyse: (text) =>
      splitWords(text).flatMap((word) => (word.isIdeographs ? ideographTerms(word) : termFor(word.text))),
  };
}

function termOf(word: string, stemmer: Stemmer, language: string): Term {
  const lower = language === 'tr' ? word.toLocaleLowerCase('tr') : word.toLowerCase();
  const folded = foldLetters(lower);
  const isNumber = /\p{N}/u.test(lower);
  // Accents tell Vietnamese words apart; whoever types none finds them by the other field.
  if (language === 'vi') return { word: lower, grams: isNumber ? [] : [gramMark + folded] };
  return { word: isNumber ? folded : foldLetters(stemmer(lower)) || folded, grams: isNumber ? [] : gramsOf(folded) };
}

function gramsOf(word: string): string[] {
  const letters = [...word];
  const grams: string[] = [];
  for (let start = 0; start + gramLetters <= letters.length; start += 1) {
    grams.push(gramMark + letters.slice(start, start + gramLetters).join(''));
  }
  return grams;
}

/** Two by two, as words of Chinese and Japanese mostly are; one by one as the finer form. */
function ideographTerms({ text }: Word): Term[] {
  const letters = [...text];
  if (letters.length === 1) return [{ word: text, grams: [gramMark + text] }];
  return letters.map((letter, index) => {
    const next = letters[index + 1];
    return { word: next === undefined ? '' : letter + next, grams: [gramMark + letter] };
  });
}
