import { type Analyser, createAnalyser } from '../analysis/analyser.ts';
import { loadCommonWords } from '../analysis/common-words.ts';
import { foldLetters } from '../analysis/fold-letters.ts';
import type { QueryTerm } from './rank.ts';

/** Words beyond are not looked for. */
const maxWords = 64;

/** A query as texts of one language are searched for it. */
export interface LanguageQuery {
  terms: Map<string, QueryTerm>;
  gramsOfWords: number[];
  weakWords: ReadonlySet<number>;
}

interface Language {
  analyser: Analyser;
  commonWords: ReadonlySet<string>;
}

const languages = new Map<string, Promise<Language>>();

function loadLanguage(language: string): Promise<Language> {
  let loading = languages.get(language);
  if (!loading) {
    loading = (async () => ({
      analyser: await createAnalyser(language),
      commonWords: new Set([...(await loadCommonWords(language))].map((word) => foldLetters(word.toLowerCase()))),
    }))();
    languages.set(language, loading);
  }
  return loading;
}

export async function readQuery(query: string, language: string): Promise<LanguageQuery> {
  const { analyser, commonWords } = await loadLanguage(language);
  const found = analyser.analyse(query).slice(0, maxWords);
  const terms = new Map<string, QueryTerm>();
  found.forEach(({ word, grams }, index) => {
    if (word !== '') addTerm(terms, word, { key: `word ${index}`, isGram: false, ofWord: index });
    for (const gram of grams) addTerm(terms, gram, { key: gram, isGram: true, ofWord: index });
  });
  const common = commonPlaces(query, analyser, commonWords);
  const isAllCommon = found.every((_, index) => common.has(index));
  return {
    terms,
    gramsOfWords: found.map(({ grams }) => grams.length),
    weakWords: isAllCommon ? new Set() : common,
  };
}

/** The places of common words. They are stemmed as the query is: the lists hold whole words. */
function commonPlaces(query: string, analyser: Analyser, commonWords: ReadonlySet<string>): Set<number> {
  const stems = new Set([...commonWords].flatMap((word) => analyser.analyse(word).map((term) => term.word)));
  const places = new Set<number>();
  analyser.analyse(query).forEach(({ word }, index) => {
    if (word === '' || stems.has(word)) places.add(index);
  });
  return places;
}

interface NewTerm {
  key: string;
  isGram: boolean;
  ofWord: number;
}

function addTerm(terms: Map<string, QueryTerm>, text: string, { key, isGram, ofWord }: NewTerm): void {
  const term = terms.get(text);
  if (!term) terms.set(text, { key, isGram, count: 1, ofWords: [ofWord] });
  else {
    term.count += 1;
    if (!term.ofWords.includes(ofWord)) term.ofWords.push(ofWord);
  }
}
