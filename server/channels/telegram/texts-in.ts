import { commands as frenchCommands, texts as french } from './french-texts.ts';
import { commands as germanCommands, texts as german } from './german-texts.ts';
import { commands as spanishCommands, texts as spanish } from './spanish-texts.ts';
import { commands as englishCommands, type TelegramTexts, texts as english } from './texts.ts';

/** By the two letters of ISO 639-1. */
const languages: Record<string, TelegramTexts> = { de: german, fr: french, es: spanish };

/** In the language that a person has chosen on Telegram, an IETF tag such as `de-AT`; in English where there is no other. */
export const textsIn = (languageCode: string | null | undefined): TelegramTexts =>
  languages[languageCode?.slice(0, 2).toLowerCase() ?? ''] ?? english;

/** The menu of commands of each language; undefined is that of all others. */
export const commandMenus = [
  { languageCode: undefined, commands: englishCommands },
  { languageCode: 'de', commands: germanCommands },
  { languageCode: 'fr', commands: frenchCommands },
  { languageCode: 'es', commands: spanishCommands },
] as const;
