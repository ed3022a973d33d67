import { chat } from './es-chat.ts';
import { common, errors, palette, session, shell } from './es-common.ts';
import { tools } from '../../contract/texts/es-tools.ts';
import type { StartTexts } from './translate.ts';

/** What the chat and the frame around every page say, in Spanish: loaded before anything is drawn. */
export const start: StartTexts = {
  common,
  shell,
  palette,

  errors,
  session,
  tools,
  chat,
};
