import { budgets } from './fr/budgets.ts';
import { chat } from './fr/chat.ts';
import { files } from './fr/files.ts';
import { forms } from './fr/forms.ts';
import { odoo } from './fr/odoo.ts';
import { report } from './fr/report.ts';
import { settings } from './fr/settings.ts';
import { tools } from './fr/tools.ts';
import { trail } from './fr/trail.ts';
import { terms } from './fr/terms.ts';
import { createSayer, type Sentences } from './match-sentences.ts';

/** Every sentence of the server in French. */
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

export const say = createSayer(sentences, terms, 'fr');
