import { createSayText, type KeysOf, type TextValues } from '../../contract/texts/say-text.ts';
import type { everyday } from './en-everyday.ts';
import type { pages } from './en-pages.ts';
import type { start } from './en-start.ts';

/** Every text of one language: the keys of the English catalogue, so that a missing one does not compile. */
export type Texts = StartTexts & PageTexts & EverydayTexts;
export type StartTexts = typeof start;
export type PageTexts = typeof pages;
export type EverydayTexts = { everyday: typeof everyday };

/** The path of a text, such as `chat.send`; without the `_one` and `_other` of texts that depend on a count. */
export type TextKey = KeysOf<Texts>;

export type Translate = (key: TextKey, values?: TextValues) => string;

/** Says the texts of one language. */
export function createTranslate(texts: StartTexts & Partial<Texts>, locale: string): Translate {
  const say = createSayText(texts, locale);
  // A text of another version of the app is better missing by name than a blank page.
  return (key, values) => say(key, values) ?? key;
}
