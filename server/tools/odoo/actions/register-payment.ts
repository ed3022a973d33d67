import * as z from 'zod';
import { type Tool, ToolError } from '../../tool.ts';
import type { OdooRow } from '../odoo-client.ts';
import { connectionSchema, idSchema } from '../odoo-input.ts';
import type { OdooSession, OdooToolServices } from '../odoo-session.ts';
import { relatedId } from '../vendor-bill.ts';
import { labelFields } from '../proposal/field-labels.ts';
import { showFields } from '../proposal/propose.ts';
import { createActionTool, forWhom, money, nameOf, notDone, readOne, relatedName, told } from './odoo-action.ts';
import { moveTypes } from './post-bill.ts';

const input = z.strictObject({
  connection: connectionSchema,
  id: idSchema.describe('The posted invoice or bill: the id of an account.move'),
  amount: z.number().positive().max(1e12).optional().describe('All that is open unless told'),
  date: z.iso.date().optional().describe('When it was paid; today unless told'),
  journal_id: idSchema
    .optional()
    .describe('The bank or cash journal (account.journal); the one that Odoo proposes unless told'),
});

const model = 'account.move';
const wizard = 'account.payment.register';
const fields = [
  'name',
  'state',
  'move_type',
  'payment_state',
  'amount_residual',
  'currency_id',
  'partner_id',
  'company_id',
];
const shownFields = ['move_type', 'partner_id', 'amount_residual', 'currency_id', 'company_id'];
const unitOf = (currency: unknown) => {
  const unit = relatedName(currency);
  return unit === undefined ? {} : { unit };
};
/** Half of the smallest coin. */
const tolerance = 0.005;

export const createRegisterPaymentTool = (services: OdooToolServices): Tool<z.output<typeof input>> =>
  createActionTool(services, {
    id: 'odoo_register_payment',
    title: 'Register payment in Odoo',
    description:
      'Registers that a posted invoice or bill was paid, wholly or in part. It moves no money; it makes the payment in the books. Only when ' +
      'the person asked for exactly this one.',
    destructive: true,
    input,
    modelOf: () => model,
    needs: () => [
      [model, 'write'],
      ['account.payment', 'create'],
    ],
    async plan(session, { id, amount: asked, date, journal_id: journalId }) {
      const move = await readOne(session, id, fields);
      const name = nameOf(move);
      const kind = moveTypes[String(move['move_type'])];
      if (kind === undefined) throw new ToolError(`${name} is a journal entry; payments are for bills and invoices.`);
      if (move['state'] !== 'posted')
        throw new ToolError(`${name} is not posted, so no payment can be registered for it.`);
      const open = Number(move['amount_residual']);
      if (isPaid(move) || open <= tolerance) throw new ToolError(`${name} is paid already.`);
      const amount = asked ?? open;
      if (amount > open + tolerance) {
        throw new ToolError(
          `Only ${money(open, move['currency_id'])} of ${name} is open, less than ${money(amount, move['currency_id'])}.`,
        );
      }
      const journal = journalId === undefined ? undefined : await nameJournal(session, journalId);
      const rest = amount < open - tolerance ? ` of the ${money(open, move['currency_id'])} that are open` : '';
      const through = journal === undefined ? '' : ` through ${journal}`;
      const sum = money(amount, move['currency_id']);
      return {
        record: { model, id, name },
        words: `Registers a payment of ${sum}${rest} for the ${kind} ${name}${forWhom(move['partner_id'])}${through}, dated ${date ?? 'today'}.`,
        proposal: {
          action: 'register_payment',
          about: showFields(session, move, shownFields, await labelFields(session, model)),
          fields: [
            { name: 'amount', labels: {}, after: { kind: 'number', number: amount, ...unitOf(move['currency_id']) } },
            ...told('date', date),
            ...told('journal', journal),
          ],
        },
        basis: move,
        async run() {
          const { client, signal } = session;
          const companyId = relatedId(move['company_id']);
          const context = {
            active_model: model,
            active_ids: [id],
            active_id: id,
            ...(typeof companyId === 'number' && { allowed_company_ids: [companyId] }),
          };
          const values = { amount, ...(date && { payment_date: date }), ...(journalId && { journal_id: journalId }) };
          const wizardId = await client.create(wizard, values, { context, signal });
          const answer = await client.act(wizard, 'action_create_payments', [wizardId], { context, signal });
          const after = await readOne(session, id, fields);
          const isLess = Number(after['amount_residual']) < open - tolerance;
          if (!isLess && after['payment_state'] === move['payment_state']) throw notDone(name, answer);
          const left = Number(after['amount_residual']);
          const state =
            isPaid(after) || left <= tolerance ? 'is paid' : `has ${money(left, after['currency_id'])} open`;
          return {
            text: `Registered ${sum}. In Odoo ${name} ${state} now (${String(after['payment_state'])}).`,
            summary: `Registered ${sum} for ${name}`,
          };
        },
      };
    },
    // Two calls must not both find the same amount open.
    exclusively: ({ grant }) => `odoo payments ${grant.connectionId}`,
    auditInput: ({ id, amount, date }) => ({
      model,
      id,
      ...(amount !== undefined && { amount }),
      ...(date !== undefined && { date }),
    }),
  });

const isPaid = (move: OdooRow): boolean => ['paid', 'in_payment', 'reversed'].includes(String(move['payment_state']));

async function nameJournal({ client, signal }: OdooSession, id: number): Promise<string> {
  const [journal] = await client.read('account.journal', [id], ['display_name', 'type'], signal);
  if (!journal) throw new ToolError(`The journal ${id} does not exist in Odoo.`);
  if (!['bank', 'cash', 'credit'].includes(String(journal['type']))) {
    throw new ToolError(`${nameOf(journal)} is no bank or cash journal.`);
  }
  return nameOf(journal);
}
