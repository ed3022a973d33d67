import { proposals as english } from '../texts/en-proposals.ts';
import type { Sentences } from './match-sentences.ts';

/** What the server calls records of Odoo, as the cards of calls that wait call them in another language. */
export const nounsIn = ({ nouns }: Pick<typeof english, 'nouns'>): Sentences =>
  Object.fromEntries(
    Object.entries(english.nouns).map(([key, noun]) => [plain(noun), plain(nouns[key as keyof typeof nouns])]),
  );

const plain = (noun: string): string => noun.replaceAll(', number}}', '}}');
