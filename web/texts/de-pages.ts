import { agents } from './de-agents.ts';
import { integrations } from './de-integrations.ts';
import { providers, setup } from './de-providers.ts';
import { approvals } from './de-approvals.ts';
import { about } from './de-about.ts';
import { audit } from './de-audit.ts';
import { filters } from './de-filters.ts';
import { budgets } from './de-budgets.ts';
import { demo } from './de-demo.ts';
import { gallery } from './de-gallery.ts';
import { joining } from './de-joining.ts';
import { knowledge } from './de-knowledge.ts';
import { overview } from './de-overview.ts';
import { prices } from './de-prices.ts';
import { prompts } from './de-prompts.ts';
import { people } from './de-people.ts';
import { report } from './de-report.ts';
import { settings } from './de-settings.ts';
import { sharing } from './de-sharing.ts';
import { shortcuts } from './de-shortcuts.ts';
import { speech } from './de-speech.ts';
import { telegram } from './de-telegram.ts';
import { templates } from './de-templates.ts';
import { trail } from './de-trail.ts';
import { unsaved } from './de-unsaved.ts';
import { usage } from './de-usage.ts';
import { where } from './de-where.ts';
import type { PageTexts } from './translate.ts';
/** What all other pages say, in German: loaded with the first of them. */
export const pages: PageTexts = {
  agents,
  integrations,
  providers,
  setup,
  approvals,
  about,
  settings,
  prompts,
  people,
  demo,
  gallery,
  joining,
  knowledge,
  sharing,
  shortcuts,
  speech,
  telegram,
  unsaved,
  usage,
  budgets,
  prices,
  overview,
  audit,
  filters,
  trail,
  where,
  report,
  templates,
};
