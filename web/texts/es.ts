import { everyday } from './es-everyday.ts';
import { pages } from './es-pages.ts';
import { start } from './es-start.ts';
import type { Texts } from './translate.ts';

/** Every text of the web app in Spanish. */
export const es: Texts = { ...start, ...pages, everyday };
