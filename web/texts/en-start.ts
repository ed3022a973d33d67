import { agents } from './en-agents.ts';
import { chat } from './en-chat.ts';
import { common, demo, errors, palette, session, shell, shortcuts } from './en-common.ts';
import { integrations } from './en-integrations.ts';
import { providers, setup } from './en-providers.ts';

/** What the chat and the frame around every page say, in English: loaded before anything is drawn. */
export const start = {
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
