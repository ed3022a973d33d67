import type { DiscoveredModel, Operation } from '../../../contract/integrations.ts';
import type { OdooClient, OdooRight } from './odoo-client.ts';
import { OdooError } from './odoo-error.ts';

/** Asked for where the Odoo user may not read the list of models, and first in any case. */
const wellKnown: Record<string, string> = {
  'res.partner': 'Contacts',
  'res.company': 'Companies',
  'crm.lead': 'Leads and opportunities',
  'crm.stage': 'CRM stages',
  'crm.team': 'Sales teams',
  'sale.order': 'Sales orders',
  'sale.order.line': 'Sales order lines',
  'product.template': 'Products',
  'product.product': 'Product variants',
  'product.category': 'Product categories',
  'stock.quant': 'Stock on hand',
  'stock.picking': 'Transfers',
  'stock.move': 'Stock moves',
  'stock.location': 'Locations',
  'stock.warehouse': 'Warehouses',
  'purchase.order': 'Purchase orders',
  'purchase.order.line': 'Purchase order lines',
  'account.move': 'Invoices, bills and journal entries',
  'account.move.line': 'Journal items',
  'account.account': 'Accounts',
  'account.journal': 'Journals',
  'account.payment': 'Payments',
  'account.tax': 'Taxes',
  'hr.employee': 'Employees',
  'hr.department': 'Departments',
  'hr.job': 'Job positions',
  'hr.leave': 'Time off',
  'project.project': 'Projects',
  'project.task': 'Tasks',
  'helpdesk.ticket': 'Helpdesk tickets',
  'mrp.production': 'Manufacturing orders',
  'calendar.event': 'Calendar events',
  'mail.activity': 'Activities',
  'account.analytic.line': 'Analytic items and timesheets',
  'ir.attachment': 'Attachments',
};

/** Odoo's own plumbing: settings, access rules, menus, queues. Agents do business, not administration. */
const technical =
  /^(ir\.(?!attachment$)|base[._]|bus\.|report\.|res\.config|res\.users|res\.groups|res\.lang|web[._]|auth[._]|iap\.|fetchmail\.|digest\.|mail\.(?!activity$)|sms\.|snailmail\.|privacy\.|onboarding\.|portal\.|theme\.|website\.|_unknown|format\.|image\.|utm\.mixin)|\.(wizard|mixin)$/;

const maxModels = 400;
const concurrency = 8;

const rights: [Operation, OdooRight][] = [
  ['create', 'create'],
  ['write', 'write'],
  ['delete', 'unlink'],
];

/**
 * The models that the user of the connection can read, with what else Odoo lets it do with each and how many fields it may
 * see. Everything is asked of Odoo as that user; models that it cannot read are left out. The fields themselves are asked
 * for at each call, so that what Odoo changes counts at once.
 */
export async function discoverModels(client: OdooClient, signal?: AbortSignal): Promise<DiscoveredModel[]> {
  const candidates = await listCandidates(client, signal);
  const found: (DiscoveredModel | undefined)[] = [];
  let next = 0;
  const work = async () => {
    while (next < candidates.length) {
      const index = next++;
      const [model, name] = candidates[index] as [string, string];
      found[index] = await probe(client, model, name, signal);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return found
    .filter((model) => model !== undefined)
    .sort((left, right) => (left.model < right.model ? -1 : left.model > right.model ? 1 : 0));
}

async function listCandidates(client: OdooClient, signal?: AbortSignal): Promise<[string, string][]> {
  try {
    const rows = await client.search(
      'ir.model',
      { domain: [['transient', '=', false]], fields: ['model', 'name'], limit: 5_000 },
      signal,
    );
    const names = rows.flatMap((row): [string, string][] => {
      const { model, name } = row;
      return typeof model === 'string' && !technical.test(model) ? [[model, String(name || model)]] : [];
    });
    const isKnown = ([model]: [string, string]) => Object.hasOwn(wellKnown, model);
    return [...names.filter(isKnown), ...names.filter((entry) => !isKnown(entry))].slice(0, maxModels);
  } catch (error) {
    if (error instanceof OdooError && error.reason === 'access-denied') return Object.entries(wellKnown);
    throw error;
  }
}

async function probe(
  client: OdooClient,
  model: string,
  name: string,
  signal?: AbortSignal,
): Promise<DiscoveredModel | undefined> {
  try {
    if (!(await client.hasRight(model, 'read', signal))) return undefined;
    const allowed = await Promise.all(
      rights.map(async ([operation, right]) => ((await client.hasRight(model, right, signal)) ? [operation] : [])),
    );
    const fields = Object.keys(await client.fields(model, signal)).length;
    return { model, name: name.slice(0, 200), operations: ['read', ...allowed.flat()], fields };
  } catch (error) {
    // Abstract models and those of apps that are half installed fail on their own; anything else is about the connection.
    const isOwn =
      error instanceof OdooError && ['unknown-model', 'access-denied', 'validation', 'server'].includes(error.reason);
    if (isOwn) return undefined;
    throw error;
  }
}
