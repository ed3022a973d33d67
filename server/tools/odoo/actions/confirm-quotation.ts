import * as z from 'zod';
import { type Tool, ToolError } from '../../tool.ts';
import { connectionSchema, idSchema } from '../odoo-input.ts';
import type { OdooToolServices } from '../odoo-session.ts';
import { labelFields } from '../proposal/field-labels.ts';
import { showFields } from '../proposal/propose.ts';
import { createActionTool, forWhom, money, nameOf, notDone, readOne } from './odoo-action.ts';

const input = z.strictObject({
  connection: connectionSchema,
  id: idSchema.describe('The quotation: the id of a sale.order'),
});

const model = 'sale.order';

export const createConfirmQuotationTool = (services: OdooToolServices): Tool<z.output<typeof input>> =>
  createActionTool(services, {
    id: 'odoo_confirm_quotation',
    title: 'Confirm quotation in Odoo',
    description:
      'Confirms a quotation, which makes it a sales order: Odoo may reserve stock, plan deliveries and write to the customer. Only when ' +
      'the person asked for exactly this quotation to be confirmed.',
    input,
    modelOf: () => model,
    needs: () => [[model, 'write']],
    async plan(session, { id }) {
      const fields = ['name', 'state', 'partner_id', 'amount_total', 'currency_id'];
      const order = await readOne(session, id, fields);
      const name = nameOf(order);
      const { state } = order;
      if (state === 'cancel')
        throw new ToolError(`${name} is cancelled. A person has to make it a quotation again in Odoo.`);
      if (state !== 'draft' && state !== 'sent') throw new ToolError(`${name} is confirmed already.`);
      const about = `${name}${forWhom(order['partner_id'])} over ${money(order['amount_total'], order['currency_id'])}`;
      return {
        record: { model, id, name },
        words: `Confirms the quotation ${about}: it becomes a sales order.`,
        proposal: {
          action: 'confirm_quotation',
          about: showFields(
            session,
            order,
            ['partner_id', 'amount_total', 'currency_id'],
            await labelFields(session, model),
          ),
        },
        basis: order,
        async run() {
          const answer = await session.client.act(model, 'action_confirm', [id], { signal: session.signal });
          const after = await readOne(session, id, fields);
          if (after['state'] !== 'sale' && after['state'] !== 'done') throw notDone(name, answer);
          return { text: `Confirmed. Odoo now has ${about} as a sales order.`, summary: `Confirmed ${name}` };
        },
      };
    },
    auditInput: ({ id }) => ({ model, id }),
  });
