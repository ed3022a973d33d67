import { chat } from './fr-chat.ts';
import { common, errors, palette, session, shell } from './fr-common.ts';
import { tools } from '../../contract/texts/fr-tools.ts';
import type { StartTexts } from './translate.ts';

/** What the chat and the frame around every page say, in French: loaded before anything is drawn. */
export const start: StartTexts = {
  common,
  shell,
  palette,

  errors,
  session,
  tools,
  chat,
};
