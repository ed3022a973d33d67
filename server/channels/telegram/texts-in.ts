import { proposals as englishProposals } from '../../../contract/texts/en-proposals.ts';
import { tools as englishTools } from '../../../contract/texts/en-tools.ts';
import { proposals as frenchProposals } from '../../../contract/texts/fr-proposals.ts';
import { tools as frenchTools } from '../../../contract/texts/fr-tools.ts';
import { proposals as germanProposals } from '../../../contract/texts/de-proposals.ts';
import { tools as germanTools } from '../../../contract/texts/de-tools.ts';
import type { SayProposal } from '../../../contract/texts/proposal-words.ts';
import { createSayText } from '../../../contract/texts/say-text.ts';
import { proposals as spanishProposals } from '../../../contract/texts/es-proposals.ts';
import { tools as spanishTools } from '../../../contract/texts/es-tools.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { commands as frenchCommands, texts as french } from './french-texts.ts';
import { commands as germanCommands, texts as german } from './german-texts.ts';
import { commands as spanishCommands, texts as spanish } from './spanish-texts.ts';
import { commands as englishCommands, type TelegramTexts, texts as english } from './texts.ts';

/** All that the bot says in one language: its own texts, and those that it has in common with pages. */
export interface TextsInLanguage extends TelegramTexts {
  language: string;
  proposal: SayProposal;
  /** What people know a tool as. */
  titleOf(toolId: string): string;
  /** A sentence of the server in this language; as it came where it is not known. */
  say(sentence: string): Promise<string>;
}

const words = (
  language: string,
  texts: TelegramTexts,
  common: { proposals: object; tools: Readonly<Record<string, string>>; say: TextsInLanguage['say'] },
): TextsInLanguage => ({
  ...texts,
  language,
  proposal: createSayText(common.proposals, language),
  titleOf: (toolId) => common.tools[toolId] ?? visibleText(toolId),
  say: common.say,
});

const inEnglish = words('en', english, {
  proposals: englishProposals,
  tools: englishTools,
  say: (sentence) => Promise.resolve(sentence),
});

/** By the two letters of ISO 639-1. Sentences of the server are loaded when the first is to be said. */
const languages: Record<string, TextsInLanguage> = {
  de: words('de', german, {
    proposals: germanProposals,
    tools: germanTools,
    say: async (sentence) => (await import('../../../contract/sentences/de.ts')).say(sentence),
  }),
  fr: words('fr', french, {
    proposals: frenchProposals,
    tools: frenchTools,
    say: async (sentence) => (await import('../../../contract/sentences/fr.ts')).say(sentence),
  }),
  es: words('es', spanish, {
    proposals: spanishProposals,
    tools: spanishTools,
    say: async (sentence) => (await import('../../../contract/sentences/es.ts')).say(sentence),
  }),
};

/** In the language that a person has chosen on Telegram, an IETF tag such as `de-AT`; in English where there is no other. */
export const textsIn = (languageCode: string | null | undefined): TextsInLanguage =>
  languages[languageCode?.slice(0, 2).toLowerCase() ?? ''] ?? inEnglish;

/** The menu of commands of each language; undefined is that of all others. */
export const commandMenus = [
  { languageCode: undefined, commands: englishCommands },
  { languageCode: 'de', commands: germanCommands },
  { languageCode: 'fr', commands: frenchCommands },
  { languageCode: 'es', commands: spanishCommands },
] as const;
