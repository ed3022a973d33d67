import { agents } from './en-agents.ts';
import { integrations } from './en-integrations.ts';
import { providers, setup } from './en-providers.ts';
import { approvals } from './en-approvals.ts';
import { about } from './en-about.ts';
import { audit } from './en-audit.ts';
import { filters } from './en-filters.ts';
import { budgets } from './en-budgets.ts';
import { demo } from './en-demo.ts';
import { gallery } from './en-gallery.ts';
import { joining } from './en-joining.ts';
import { knowledge } from './en-knowledge.ts';
import { overview } from './en-overview.ts';
import { prices } from './en-prices.ts';
import { prompts } from './en-prompts.ts';
import { people } from './en-people.ts';
import { report } from './en-report.ts';
import { settings } from './en-settings.ts';
import { sharing } from './en-sharing.ts';
import { shortcuts } from './en-shortcuts.ts';
import { speech } from './en-speech.ts';
import { telegram } from './en-telegram.ts';
import { templates } from './en-templates.ts';
import { trail } from './en-trail.ts';
import { unsaved } from './en-unsaved.ts';
import { usage } from './en-usage.ts';
import { where } from './en-where.ts';

/** What all other pages say, in English: loaded with the first of them. */
export const pages = {
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
