import * as z from 'zod';
import { type Tool, ToolError } from '../../tool.ts';
import { connectionSchema, idSchema } from '../odoo-input.ts';
import type { OdooToolServices } from '../odoo-session.ts';
import { billsOf, refuseDuplicateBill, relatedId } from '../vendor-bill.ts';
import { labelFields } from '../proposal/field-labels.ts';
import { showFields } from '../proposal/propose.ts';
import { createActionTool, forWhom, money, nameOf, notDone, readOne } from './odoo-action.ts';

const input = z.strictObject({
  connection: connectionSchema,
  id: idSchema.describe('The bill or invoice: the id of an account.move in draft'),
  allow_duplicate: z
    .boolean()
    .optional()
    .describe('True after the person confirmed that a bill with the same reference is another one'),
});

const model = 'account.move';

const shownFields = ['move_type', 'ref', 'partner_id', 'invoice_date', 'amount_total', 'currency_id', 'company_id'];

/** What people call the types of Odoo's journal entries. */
export const moveTypes: Record<string, string> = {
  in_invoice: 'vendor bill',
  in_refund: 'vendor credit note',
  in_receipt: 'purchase receipt',
  out_invoice: 'customer invoice',
  out_refund: 'customer credit note',
  out_receipt: 'sales receipt',
};

export const createPostBillTool = (services: OdooToolServices): Tool<z.output<typeof input>> =>
  createActionTool(services, {
    id: 'odoo_post_bill',
    title: 'Post bill in Odoo',
    description:
      'Posts a draft vendor bill or customer invoice: it gets its number and is in the books. A posted one cannot simply be deleted. Only ' +
      'when the person asked for exactly this one.',
    destructive: true,
    input,
    modelOf: () => model,
    needs: () => [[model, 'write']],
    async plan(session, { id, allow_duplicate: allowDuplicate }) {
      const fields = [
        'name',
        'state',
        'move_type',
        'ref',
        'partner_id',
        'invoice_date',
        'amount_total',
        'currency_id',
        'company_id',
        'invoice_line_ids',
      ];
      const move = await readOne(session, id, fields);
      const name = nameOf(move);
      const { move_type: moveType, state, ref } = move;
      const kind = moveTypes[String(moveType)];
      if (kind === undefined)
        throw new ToolError(`${name} is a journal entry; only bills and invoices are posted here.`);
      if (state === 'cancel')
        throw new ToolError(`${name} is cancelled. A person has to set it to draft again in Odoo.`);
      if (state !== 'draft') throw new ToolError(`${name} is posted already.`);
      const missing = [
        ...(move['partner_id'] ? [] : ['a partner (partner_id)']),
        ...(Array.isArray(move['invoice_line_ids']) && move['invoice_line_ids'].length === 0 ? ['lines'] : []),
        ...(String(moveType).startsWith('in_') && !move['invoice_date'] ? ['its date (invoice_date)'] : []),
      ];
      if (missing.length > 0) throw new ToolError(`${name} cannot be posted: it lacks ${missing.join(' and ')}.`);
      if (!allowDuplicate) {
        const bill = {
          moveType,
          ref,
          partnerId: relatedId(move['partner_id']),
          companyId: relatedId(move['company_id']),
        };
        await refuseDuplicateBill(session, bill, { except: id });
      }
      const called = typeof ref === 'string' && ref !== '' ? `${name} (${ref})` : name;
      const day = move['invoice_date'] ? `, dated ${String(move['invoice_date'])}` : '';
      const amount = money(move['amount_total'], move['currency_id']);
      return {
        record: { model, id, name },
        words: `Posts the ${kind} ${called}${forWhom(move['partner_id'])} over ${amount}${day}. It is in the books then.`,
        proposal: {
          action: 'post_bill',
          about: showFields(session, move, shownFields, await labelFields(session, model)),
        },
        basis: move,
        async run() {
          const answer = await session.client.act(model, 'action_post', [id], { signal: session.signal });
          const after = await readOne(session, id, fields);
          if (after['state'] !== 'posted') throw notDone(name, answer);
          const number = nameOf(after);
          return {
            text: `Posted. Odoo now has the ${kind} ${number} over ${money(after['amount_total'], after['currency_id'])} in its books.`,
            summary: `Posted ${number}`,
            audit: { record: { model, id, name: number } },
          };
        },
      };
    },
    exclusively: billsOf,
    auditInput: ({ id, allow_duplicate: allowDuplicate }) => ({ model, id, ...(allowDuplicate && { allowDuplicate }) }),
  });
