import { budgets } from './es/budgets.ts';
import { chat } from './es/chat.ts';
import { files } from './es/files.ts';
import { forms } from './es/forms.ts';
import { odoo } from './es/odoo.ts';
import { report } from './es/report.ts';
import { settings } from './es/settings.ts';
import { tools } from './es/tools.ts';
import { trail } from './es/trail.ts';
import { terms } from './es/terms.ts';
import { createSayer, type Sentences } from './match-sentences.ts';

/** Every sentence of the server in Spanish. */
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

export const say = createSayer(sentences, terms, 'es');
