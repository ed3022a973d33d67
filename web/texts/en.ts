import { agents } from './en-agents.ts';
import { audit } from './en-audit.ts';
import { chat } from './en-chat.ts';
import { common, demo, errors, palette, session, shell, shortcuts } from './en-common.ts';
import { integrations } from './en-integrations.ts';
import { knowledge } from './en-knowledge.ts';
import { overview } from './en-overview.ts';
import { providers, setup } from './en-providers.ts';
import { settings } from './en-settings.ts';
import { telegram } from './en-telegram.ts';
import { trail } from './en-trail.ts';
import { usage } from './en-usage.ts';

/** Every text of the web app in English. */
export const en = {
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
  settings,
  integrations,
  knowledge,
  telegram,
  chat,
  usage,
  overview,
  audit,
  trail,
};
