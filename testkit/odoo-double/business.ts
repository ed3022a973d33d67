import { OdooFault } from './fault.ts';
import type { OdooRecord } from './models.ts';
import type { Named, OdooUser } from './orm.ts';

interface BusinessCall {
  user: OdooUser;
  model: string;
  /** The records that the method is called on. */
  self: OdooRecord[];
  named: Named;
  context: Named;
  table(model: string): Map<number, OdooRecord>;
  create(model: string, values: Named): number;
}

const userError = (message: string) => new OdooFault('odoo.exceptions.UserError', message);
const only = (self: OdooRecord[]): OdooRecord => self[0] as OdooRecord;

/** What buttons of Odoo call, by model and method; `*` for what many models have. */
export const businessMethods: Record<string, (call: BusinessCall) => unknown> = {
  'sale.order.action_confirm'({ self }) {
    for (const order of self) {
      if (!['draft', 'sent'].includes(String(order['state']))) {
        throw userError('Some orders are not in a state requiring confirmation.');
      }
      order['state'] = 'sale';
    }
    return true;
  },
  'stock.picking.button_validate'({ self, context, table, create }) {
    const picking = only(self);
    const moves = [...table('stock.move').values()].filter((move) => move['picking_id'] === picking.id);
    const missing = moves.filter((move) => Number(move['quantity']) < Number(move['product_uom_qty']));
    if (missing.length > 0 && !context['skip_backorder']) {
      return {
        type: 'ir.actions.act_window',
        name: 'Create Backorder?',
        res_model: 'stock.backorder.confirmation',
        target: 'new',
      };
    }
    picking['state'] = 'done';
    const dropped = (context['picking_ids_not_to_backorder'] ?? []) as number[];
    if (missing.length > 0 && !dropped.includes(picking.id)) {
      create('stock.picking', { partner_id: picking['partner_id'], backorder_id: picking.id, state: 'assigned' });
    }
    return true;
  },
  'account.move.action_post'({ self }) {
    for (const move of self) {
      if (move['state'] !== 'draft') throw userError(`The entry ${String(move['name'])} must be in draft.`);
      if ((move['invoice_line_ids'] as unknown[] | undefined)?.length === 0) {
        throw userError('You need to add a line before posting.');
      }
      Object.assign(move, {
        state: 'posted',
        payment_state: 'not_paid',
        amount_residual: move['amount_total'],
        name: `BILL/2026/${String(move.id).padStart(4, '0')}`,
      });
    }
    return false;
  },
  'account.payment.register.action_create_payments'({ self, context, table, create }) {
    const wizard = only(self);
    const move = table('account.move').get((context['active_ids'] as number[])[0] ?? 0);
    if (context['active_model'] !== 'account.move' || move?.['state'] !== 'posted') {
      throw userError('You can only register payment for posted journal entries.');
    }
    const paid = Number(wizard['amount']);
    const open = Number(move['amount_residual']) - paid;
    create('account.payment', { amount: paid, move_id: move.id, date: wizard['payment_date'] });
    Object.assign(move, { amount_residual: open, payment_state: open > 0 ? 'partial' : 'in_payment' });
    return { type: 'ir.actions.act_window', name: 'Payments', res_model: 'account.payment', view_mode: 'form' };
  },
  'mail.activity.action_feedback'({ self, table, create, named }) {
    for (const activity of self) {
      const { res_model: model, res_id: id } = activity;
      create('mail.message', { model, res_id: id, body: named['feedback'] ?? '' });
      table('mail.activity').delete(activity.id);
    }
    return 1;
  },
  /** Returns None, as many buttons do. */
  '*.toggle_active'({ self }) {
    for (const record of self) record['active'] = record['active'] === false;
    return null;
  },
  '*.activity_schedule'({ model, self, named, user, create }) {
    const record = only(self);
    return [
      create('mail.activity', {
        res_model: model,
        res_id: record.id,
        res_name: record['name'],
        summary: named['summary'],
        note: named['note'] ?? false,
        date_deadline: named['date_deadline'],
        user_id: named['user_id'] ?? user.id,
      }),
    ];
  },
  '*.message_post'({ model, self, named, create }) {
    const body = named['body_is_html'] ? named['body'] : String(named['body']).replaceAll('<', '&lt;');
    return create('mail.message', { model, res_id: only(self).id, body, subtype_id: named['subtype_xmlid'] });
  },
};
