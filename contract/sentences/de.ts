import { budgets } from './de/budgets.ts';
import { chat } from './de/chat.ts';
import { files } from './de/files.ts';
import { forms } from './de/forms.ts';
import { odoo } from './de/odoo.ts';
import { report } from './de/report.ts';
import { settings } from './de/settings.ts';
import { tools } from './de/tools.ts';
import { trail } from './de/trail.ts';
import { terms } from './de/terms.ts';
import { createSayer, type Sentences } from './match-sentences.ts';

/** Every sentence of the server in German. */
export const sentences: Sentences = {
  ...budgets,
  ...chat,
  ...files,
  ...forms,
  ...odoo,
  ...report,
  ...settings,
  ...tools,
  ...trail,
};

export { terms };

export const say = createSayer(sentences, terms, 'de');
