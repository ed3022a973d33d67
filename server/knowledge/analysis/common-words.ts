interface WordList {
  stopwords: string[];
}

/** Words so common that they alone make no passage an answer: "the", "which", "der", "wie". By language. */
const lists: Record<string, () => Promise<WordList>> = {
  ar: () => import('@orama/stopwords/arabic'),
  bg: () => import('@orama/stopwords/bulgarian'),
  da: () => import('@orama/stopwords/danish'),
  de: () => import('@orama/stopwords/german'),
  el: () => import('@orama/stopwords/greek'),
  en: () => import('@orama/stopwords/english'),
  es: () => import('@orama/stopwords/spanish'),
  fi: () => import('@orama/stopwords/finnish'),
  fr: () => import('@orama/stopwords/french'),
  hi: () => import('@orama/stopwords/indian'),
  hu: () => import('@orama/stopwords/hungarian'),
  it: () => import('@orama/stopwords/italian'),
  nl: () => import('@orama/stopwords/dutch'),
  no: () => import('@orama/stopwords/norwegian'),
  pt: () => import('@orama/stopwords/portuguese'),
  ro: () => import('@orama/stopwords/romanian'),
  ru: () => import('@orama/stopwords/russian'),
  sv: () => import('@orama/stopwords/swedish'),
  tr: () => import('@orama/stopwords/turkish'),
};

export async function loadCommonWords(language: string): Promise<ReadonlySet<string>> {
  const load = lists[language];
  return new Set(load ? (await load()).stopwords : []);
}
