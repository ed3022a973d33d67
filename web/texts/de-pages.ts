import { about } from './de-about.ts';
import { approvals } from './de-approvals.ts';
import { audit } from './de-audit.ts';
import { knowledge } from './de-knowledge.ts';
import { overview } from './de-overview.ts';
import { prompts } from './de-prompts.ts';
import { people } from './de-people.ts';
import { settings } from './de-settings.ts';
import { sharing } from './de-sharing.ts';
import { speech } from './de-speech.ts';
import { telegram } from './de-telegram.ts';
import { trail } from './de-trail.ts';
import { usage } from './de-usage.ts';
import type { PageTexts } from './translate.ts';
/** What all other pages say, in German: loaded with the first of them. */
export const pages: PageTexts = {
  about,
  approvals,
  settings,
  prompts,
  people,
  knowledge,
  sharing,
  speech,
  telegram,
  usage,
  overview,
  audit,
  trail,
};
