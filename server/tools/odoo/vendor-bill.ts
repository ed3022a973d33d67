import { ToolError } from '../tool.ts';
import type { OdooSession } from './odoo-session.ts';

const billTypes = ['in_invoice', 'in_refund', 'in_receipt'];

/** Values that touch these can make two bills the same. */
const identifying = ['ref', 'partner_id', 'company_id', 'move_type'];

export const isAboutBills = (model: string, values: Record<string, unknown>): boolean =>
  model === 'account.move' && identifying.some((name) => Object.hasOwn(values, name));

/** Two calls must not both find that a bill is not there yet. */
export const billsOf = ({ grant }: OdooSession): string => `odoo bills ${grant.connectionId}`;

interface Bill {
  moveType: unknown;
  ref: unknown;
  partnerId: unknown;
  companyId: unknown;
}

/**
 * Throws ToolError when a vendor bill with this reference is there for the same vendor and company: paid twice is the most
 * expensive mistake of a bookkeeper.
 *
 * @param options.except the bill that is being changed
 */
export async function refuseDuplicateBill(
  session: OdooSession,
  bill: Bill,
  options: { except?: number } = {},
): Promise<void> {
  const { moveType, ref, partnerId, companyId } = bill;
  const reference = typeof ref === 'string' ? ref.trim() : '';
  if (!billTypes.includes(String(moveType)) || reference === '' || typeof partnerId !== 'number') return;
  const company =
    typeof companyId === 'number' ? companyId : session.companies.length === 1 ? session.companies[0]?.id : undefined;
  const domain = [
    ['move_type', 'in', billTypes],
    ['partner_id', '=', partnerId],
    // Case does not make another bill; the signs of LIKE in a reference are meant as they are.
    ['ref', '=ilike', reference.replace(/[\\%_]/g, '\\$&')],
    ['state', '!=', 'cancel'],
    ...(company === undefined ? [] : [['company_id', '=', company]]),
    ...(options.except === undefined ? [] : [['id', '!=', options.except]]),
  ];
  const fields = ['name', 'invoice_date', 'amount_total', 'state'];
  const [found] = await session.client.search('account.move', { domain, fields, limit: 1 }, session.signal);
  if (!found) return;
  const details = [found['invoice_date'], found['amount_total'], found['state']].filter(
    (value) => value !== false && value !== undefined,
  );
  throw new ToolError(
    `This vendor bill is there already: ${String(found['name'])} (id ${found.id}, ${details.join(', ')}) has the reference "${reference}" for the ` +
      'same vendor and company. Tell the person. Only if they confirm that it is another bill, call again with allow_duplicate: true.',
  );
}

/** As Odoo answers it or as a model writes it: [id, name], id, or empty. */
export const relatedId = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
