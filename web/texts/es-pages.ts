import { agents } from './es-agents.ts';
import { integrations } from './es-integrations.ts';
import { providers, setup } from './es-providers.ts';
import { approvals } from './es-approvals.ts';
import { about } from './es-about.ts';
import { audit } from './es-audit.ts';
import { filters } from './es-filters.ts';
import { budgets } from './es-budgets.ts';
import { demo } from './es-demo.ts';
import { gallery } from './es-gallery.ts';
import { report } from './es-report.ts';
import { templates } from './es-templates.ts';
import { where } from './es-where.ts';
import { joining } from './es-joining.ts';
import { knowledge } from './es-knowledge.ts';
import { overview } from './es-overview.ts';
import { prices } from './es-prices.ts';
import { prompts } from './es-prompts.ts';
import { people } from './es-people.ts';
import { settings } from './es-settings.ts';
import { sharing } from './es-sharing.ts';
import { shortcuts } from './es-shortcuts.ts';
import { speech } from './es-speech.ts';
import { telegram } from './es-telegram.ts';
import { trail } from './es-trail.ts';
import type { PageTexts } from './translate.ts';
import { unsaved } from './es-unsaved.ts';
import { usage } from './es-usage.ts';

/** What all other pages say, in Spanish: loaded with the first of them. */
export const pages: PageTexts = {
  agents,
  integrations,
  providers,
  setup,
  approvals,
  about,
  settings,
  prompts,
  sharing,
  shortcuts,
  speech,
  people,
  joining,
  knowledge,
  telegram,
  unsaved,
  usage,
  budgets,
  prices,
  overview,
  audit,
  filters,
  trail,
  demo,
  gallery,
  where,
  templates,
  report,
};
