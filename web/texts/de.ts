import { agents } from './de-agents.ts';
import { audit } from './de-audit.ts';
import { chat } from './de-chat.ts';
import { common, demo, errors, palette, session, shell, shortcuts } from './de-common.ts';
import { knowledge } from './de-knowledge.ts';
import { overview } from './de-overview.ts';
import { providers, setup } from './de-providers.ts';
import { settings } from './de-settings.ts';
import { integrations } from './de-integrations.ts';
import { telegram } from './de-telegram.ts';
import { trail } from './de-trail.ts';
import { usage } from './de-usage.ts';
import type { Texts } from './translate.ts';

/** Every text of the web app in German. */
export const de: Texts = {
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
