import { type Analyser, createAnalyser } from '../analysis/analyser.ts';
import { loadCommonWords } from '../analysis/common-words.ts';
import { type CompoundSplit, findSplits } from './compound-parts.ts';
import type { QueryTerm } from './rank.ts';

/** Words beyond are not looked for. */
const maxWords = 64;

/** A query as texts of one language are searched for it. */
export interface LanguageQuery {
  terms: Map<string, QueryTerm>;
  gramsOfWords: number[];
  weakWords: ReadonlySet<number>;
  /** Ways to read words as compounds, by their places. */
  splits: Map<number, CompoundSplit[]>;
}

interface Language {
  analyser: Analyser;
  commonTerms: ReadonlySet<string>;
}

const languages = new Map<string, Promise<Language>>();

function loadLanguage(language: string): Promise<Language> {
  let loading = languages.get(language);
  if (!loading) {
    loading = (async () => {
      const [analyser, common] = await Promise.all([createAnalyser(language), loadCommonWords(language)]);
      // The lists hold whole words; those of a query are stems.
      return {
        analyser,
        commonTerms: new Set([...common].flatMap((word) => analyser.analyse(word).map((one) => one.word))),
      };
    })();
    languages.set(language, loading);
  }
  return loading;
}

export async function readQuery(query: string, language: string): Promise<LanguageQuery> {
  const { analyser, commonTerms } = await loadLanguage(language);
  const found = analyser.analyse(query).slice(0, maxWords);
  const terms = new Map<string, QueryTerm>();
  found.forEach(({ word, grams }, index) => {
    if (word !== '') addTerm(terms, word, { key: `word ${index}`, isGram: false, ofWord: index });
    for (const gram of grams) addTerm(terms, gram, { key: gram, isGram: true, ofWord: index });
  });
  const common = new Set(found.flatMap(({ word }, index) => (word === '' || commonTerms.has(word) ? [index] : [])));
  const isAllCommon = found.every((_, index) => common.has(index));
  return {
    terms,
    gramsOfWords: found.map(({ grams }) => grams.length),
    weakWords: isAllCommon ? new Set() : common,
    splits: findSplits(query, analyser),
  };
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
