/** Cuts a word in lower case down to its stem. */
export type Stemmer = (word: string) => string;

interface StemmerModule {
  stemmer: Stemmer;
}

/** By ISO 639-1 code: the languages whose words are stemmed, by the Snowball algorithms. Loaded when first needed. */
const stemmers: Record<string, () => Promise<StemmerModule>> = {
  ar: () => import('@orama/stemmers/arabic'),
  bg: () => import('@orama/stemmers/bulgarian'),
  da: () => import('@orama/stemmers/danish'),
  de: () => import('@orama/stemmers/german'),
  el: () => import('@orama/stemmers/greek'),
  en: () => import('@orama/stemmers/english'),
  es: () => import('@orama/stemmers/spanish'),
  fi: () => import('@orama/stemmers/finnish'),
  fr: () => import('@orama/stemmers/french'),
  hi: () => import('@orama/stemmers/indian'),
  hu: () => import('@orama/stemmers/hungarian'),
  it: () => import('@orama/stemmers/italian'),
  nl: () => import('@orama/stemmers/dutch'),
  no: () => import('@orama/stemmers/norwegian'),
  pt: () => import('@orama/stemmers/portuguese'),
  ro: () => import('@orama/stemmers/romanian'),
  ru: () => import('@orama/stemmers/russian'),
  sv: () => import('@orama/stemmers/swedish'),
  tr: () => import('@orama/stemmers/turkish'),
};

/** Of a text whose language is not known, or has no stemmer. */
export const noLanguage = 'none';

/** The language under which a text is analysed; Vietnamese is not stemmed, but its accents tell words apart. */
export function analysedLanguage(code: string): string {
  return Object.hasOwn(stemmers, code) || code === 'vi' ? code : noLanguage;
}

export async function loadStemmer(language: string): Promise<Stemmer> {
  const load = stemmers[language];
  return load ? (await load()).stemmer : (word) => word;
}
