import { chat } from './de-chat.ts';
import { common, errors, palette, session, shell } from './de-common.ts';
import { tools } from '../../contract/texts/de-tools.ts';
import type { StartTexts } from './translate.ts';
/** What the chat and the frame around every page say, in German: loaded before anything is drawn. */
export const start: StartTexts = {
  common,
  shell,
  palette,

  errors,
  session,
  tools,
  chat,
};
