import { everyday } from './en-everyday.ts';
import { pages } from './en-pages.ts';
import { start } from './en-start.ts';

/** Every text of the web app in English. */
export const en = { ...start, ...pages, everyday };
