import { everyday } from './de-everyday.ts';
import { pages } from './de-pages.ts';
import { start } from './de-start.ts';
import type { Texts } from './translate.ts';
/** Every text of the web app in German. */
export const de: Texts = { ...start, ...pages, everyday };
