import { chat } from './en-chat.ts';
import { common, errors, palette, session, shell } from './en-common.ts';
import { tools } from '../../contract/texts/en-tools.ts';

/** What the chat and the frame around every page say, in English: loaded before anything is drawn. */
export const start = {
  common,
  shell,
  palette,

  errors,
  session,
  tools,
  chat,
};
