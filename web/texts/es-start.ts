import { agents } from './es-agents.ts';
import { chat } from './es-chat.ts';
import { common, demo, errors, palette, session, shell, shortcuts } from './es-common.ts';
import { integrations } from './es-integrations.ts';
import { providers, setup } from './es-providers.ts';
import type { StartTexts } from './translate.ts';

/** What the chat and the frame around every page say, in Spanish: loaded before anything is drawn. */
export const start: StartTexts = {
  common,
  demo,
  shell,
  palette,
  shortcuts,
  errors,
  session,
  setup,
  providers,
  agents,
  integrations,
  chat,
};
