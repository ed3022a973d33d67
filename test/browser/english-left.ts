import type { Page } from 'playwright-core';
import type { Language } from '../../web/texts/language.ts';
import { de } from '../../web/texts/de.ts';
import { en } from '../../web/texts/en.ts';
import { es } from '../../web/texts/es.ts';
import { fr } from '../../web/texts/fr.ts';

type Other = Exclude<Language, 'en'>;
const catalogues: Record<Other, object> = { de, es, fr };

/** Words that English has and that are none, or very rare, in German, Spanish and French. */
const englishWords =
  /\b(?:the|and|of|with|without|this|these|your|you|for|are|is|it|its|from|which|that|not|nothing|when|what|who|be|to|has not|at|only|can|cannot|may|must|by|read|open|record|records|entry|entries|people|every|each|more|one|two|waits|waiting|yes|no longer|today|yesterday|ago)\b/i;

/**
 * What of a text is English where the page is in another language: a text of the English catalogue that the other one says
 * differently, or words that only English has. `own` are the words of the test's people and documents.
 */
export function createEnglishFinder(language: Other, own: RegExp): (text: string) => boolean {
  const english = textsOf(en);
  const theirs = textsOf(catalogues[language]);
  const said = new Set(theirs.values());
  const differing = new Set([...english].filter(([path, text]) => theirs.get(path) !== text).map(([, text]) => text));
  return (text) => {
    const rest = text.replaceAll(own, '').trim();
    if (!/\p{L}{2}/u.test(rest)) return false;
    if (differing.has(rest) && !said.has(rest)) return true;
    return englishWords.test(rest) && !said.has(rest);
  };
}

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
    const silent = 'script, style, code, pre, kbd, textarea, [translate="no"], [data-own]';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (element && !element.closest(silent) && element.getClientRects().length > 0)
        add(walker.currentNode.textContent);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (element.getClientRects().length === 0 || element.closest('[translate="no"]')) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) add(element.getAttribute(name));
    }
    add(document.title);
    return [...said];
  });
}
