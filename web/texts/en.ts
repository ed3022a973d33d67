import { agents } from './en-agents.ts';
import { audit } from './en-audit.ts';
import { chat } from './en-chat.ts';
import { common, errors, palette, session, shell, shortcuts } from './en-common.ts';
import { integrations } from './en-integrations.ts';
import { knowledge } from './en-knowledge.ts';
import { providers, setup } from './en-providers.ts';
import { settings } from './en-settings.ts';
import { telegram } from './en-telegram.ts';
import { usage } from './en-usage.ts';

/** Every text of the web app in English. */
export const en = {
  common,
  shell,
  palette,
  shortcuts,
  errors,
  session,
  setup,
  providers,
  agents,
  settings,
  integrations,
  knowledge,
  telegram,
  chat,
  usage,
  audit,
};
