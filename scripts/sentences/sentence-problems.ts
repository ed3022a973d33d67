import type { Sentences } from './find-sentences.ts';

export interface Catalogue {
  sentences: Readonly<Record<string, string>>;
  terms: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Language → problems, each a line ready to be read; missing sentences ready to be pasted. */
export function findSentenceProblems(said: Sentences, catalogues: Readonly<Record<string, Catalogue>>): string[] {
  const terms = new Set(Object.values(catalogues).flatMap((catalogue) => termsOf(catalogue)));
  return Object.entries(catalogues).flatMap(([language, catalogue]) => {
    const { sentences } = catalogue;
    const missing = [...said].filter(([template]) => !Object.hasOwn(sentences, template));
    const unsaid = Object.keys(sentences).filter((template) => !said.has(template));
    const differing = Object.entries(sentences).filter(([template, text]) => valuesOf(template) !== valuesOf(text));
    const own = termsOf(catalogue);
    return [
      ...missing.map(
        ([template, at]) => `contract/sentences/${language}/ lacks (${at[0]}):\n  ${JSON.stringify(template)}: '',`,
      ),
      ...unsaid.map((template) => `contract/sentences/${language}/ has what nothing says: ${template}`),
      ...differing.map(([template]) => `contract/sentences/${language}/ has other values than: ${template}`),
      ...[...terms]
        .filter((term) => !own.includes(term))
        .map((term) => `contract/sentences/${language}/terms.ts lacks ${term}`),
    ];
  });
}

const termsOf = ({ terms }: Catalogue): string[] =>
  Object.entries(terms).flatMap(([name, known]) =>
    Object.keys(known).map((term) => `${name}: ${JSON.stringify(term)}`),
  );

const valuesOf = (text: string): string => [...new Set(text.match(/\{\{\w+\}\}/g))].sort().join();
