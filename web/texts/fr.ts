import { everyday } from './fr-everyday.ts';
import { pages } from './fr-pages.ts';
import { start } from './fr-start.ts';
import type { Texts } from './translate.ts';

/** Every text of the web app in French. */
export const fr: Texts = { ...start, ...pages, everyday };
