import { agents } from './fr-agents.ts';
import { integrations } from './fr-integrations.ts';
import { providers, setup } from './fr-providers.ts';
import { approvals } from './fr-approvals.ts';
import { about } from './fr-about.ts';
import { audit } from './fr-audit.ts';
import { filters } from './fr-filters.ts';
import { budgets } from './fr-budgets.ts';
import { demo } from './fr-demo.ts';
import { gallery } from './fr-gallery.ts';
import { report } from './fr-report.ts';
import { templates } from './fr-templates.ts';
import { where } from './fr-where.ts';
import { joining } from './fr-joining.ts';
import { knowledge } from './fr-knowledge.ts';
import { overview } from './fr-overview.ts';
import { prices } from './fr-prices.ts';
import { prompts } from './fr-prompts.ts';
import { people } from './fr-people.ts';
import { settings } from './fr-settings.ts';
import { sharing } from './fr-sharing.ts';
import { shortcuts } from './fr-shortcuts.ts';
import { speech } from './fr-speech.ts';
import { telegram } from './fr-telegram.ts';
import { trail } from './fr-trail.ts';
import type { PageTexts } from './translate.ts';
import { unsaved } from './fr-unsaved.ts';
import { usage } from './fr-usage.ts';

/** What all other pages say, in French: loaded with the first of them. */
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
