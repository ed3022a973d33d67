import type { Page } from 'playwright-core';
import { createSayer, type Sentences, type Terms } from '../../contract/sentences/match-sentences.ts';
import * as sentencesDe from '../../contract/sentences/de.ts';
import * as sentencesEs from '../../contract/sentences/es.ts';
import * as sentencesFr from '../../contract/sentences/fr.ts';
import { de } from '../../web/texts/de.ts';
import { en } from '../../web/texts/en.ts';
import { es } from '../../web/texts/es.ts';
import { fr } from '../../web/texts/fr.ts';
import type { Texts } from '../../web/texts/translate.ts';

export type OtherLanguage = 'de' | 'es' | 'fr';
const catalogues: Record<
  OtherLanguage,
  { texts: Texts; sentences: Sentences; terms: Terms; say: (english: string) => string }
> = {
  de: { texts: de, ...sentencesDe },
  es: { texts: es, ...sentencesEs },
  fr: { texts: fr, ...sentencesFr },
};

/** All texts of the pages in this language. */
export const textsIn = (language: OtherLanguage): Texts => catalogues[language].texts;

/** What the server's code calls things: `agent.created`, `not_found`, `camelCase`. */
const technical = /(?<![@/\w.-])(?:[a-z][a-z0-9]*(?:[._][a-z][a-z0-9]*)+|[a-z]+[A-Z][A-Za-z]+)(?![\w/@-])/;

/**
 * What of a text is English, or a name of the code's, where the page is in another language: a text of the English catalogue
 * that the other one says differently, a sentence of the server that has a translation, or a word that only our English texts
 * have. `own` are the words of the test's people and documents.
 */
export function createEnglishFinder(language: OtherLanguage, own: RegExp): (text: string) => string | undefined {
  const { texts, sentences, terms, say } = catalogues[language];
  const [english, theirs] = [textsOf(en), textsOf(texts)];
  // As a page is read, where spaces of all kinds are one.
  const said = new Set([...theirs.values()].map((text) => text.replaceAll(/\s+/g, ' ')));
  const differing: Sentences = Object.fromEntries(
    [...english]
      .filter(([path, text]) => theirs.get(path) !== text)
      .map(([path, text]) => [text, theirs.get(path) ?? '']),
  );
  const sayText = createSayer(differing);
  const theirWords = wordsOf([...said, ...[sentences, ...Object.values(terms)].flatMap((each) => Object.values(each))]);
  const englishWords = wordsOf([...english.values(), ...Object.keys(sentences)]);
  for (const word of theirWords) englishWords.delete(word);
  return (text) => {
    if (said.has(text)) return undefined;
    const rest = text.replaceAll(own, ' ').replaceAll(/\s+/g, ' ').trim();
    if (!/\p{L}{2}/u.test(rest)) return undefined;
    const word = technical.exec(rest)?.[0] ?? [...wordsOf([rest])].find((each) => englishWords.has(each));
    if (word !== undefined) return word;
    return (Object.hasOwn(differing, rest) && sayText(rest) !== rest) || say(rest) !== rest ? rest : undefined;
  };
}

const wordsOf = (texts: Iterable<string>): Set<string> =>
  new Set(
    [...texts].flatMap(
      (text) =>
        text
          .replaceAll(/\{\{\w+\}\}/g, ' ')
          .toLowerCase()
          .match(/\p{L}[\p{L}’'-]*\p{L}/gu) ?? [],
    ),
  );

function textsOf(node: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...textsOf(value as object, `${prefix}${key}.`)],
    ),
  );
}

/** Everything that the page says to eyes and ears, but code, what is typed and what is marked as another language. */
export function readPage(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = new Set<string>();
    const add = (text: string | null) => {
      const trimmed = text?.replaceAll(/\s+/g, ' ').trim();
      if (trimmed) said.add(trimmed);
    };
    const silent = 'script, style, code, pre, kbd, textarea, [translate="no"]';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (element && !element.closest(silent) && element.getClientRects().length > 0)
        add(walker.currentNode.textContent);
    }
    const named = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'];
    for (const element of document.querySelectorAll(named.map((name) => `[${name}]`).join())) {
      if (element.getClientRects().length === 0 || element.closest('[translate="no"]')) continue;
      for (const name of named) add(element.getAttribute(name));
    }
    for (const field of document.querySelectorAll('input')) {
      // A choice shows its text as the value of a field.
      if (field.readOnly && field.getClientRects().length > 0) add(field.value);
    }
    add(document.title);
    return [...said];
  });
}
