import * as z from 'zod';
import type { ProposedLineField } from '../../../../contract/proposals.ts';
import { type Tool, ToolError } from '../../tool.ts';
import type { OdooRow } from '../odoo-client.ts';
import { OdooError } from '../odoo-error.ts';
import { connectionSchema, idSchema } from '../odoo-input.ts';
import { shortName, showText } from '../proposal/shown-value.ts';
import type { OdooSession, OdooToolServices } from '../odoo-session.ts';
import { chosen, createActionTool, nameOf, notDone, questionOf, readOne, relatedName, told } from './odoo-action.ts';

const input = z.strictObject({
  connection: connectionSchema,
  id: idSchema.describe('The delivery: the id of a stock.picking'),
  remaining: z
    .enum(['backorder', 'cancel'])
    .optional()
    .describe(
      'Only when less is delivered than was ordered: whether the rest comes later (backorder) or not at all (cancel). Ask the person',
    ),
});

const model = 'stock.picking';
const kinds: Record<string, string> = { outgoing: 'delivery', incoming: 'receipt', internal: 'internal transfer' };

export const createValidateDeliveryTool = (services: OdooToolServices): Tool<z.output<typeof input>> =>
  createActionTool(services, {
    id: 'odoo_validate_delivery',
    title: 'Validate delivery in Odoo',
    description:
      'Validates a delivery, a receipt or an internal transfer (stock.picking): the goods have moved, and stock changes. It cannot be undone. ' +
      'Only when the person asked for exactly this one.',
    destructive: true,
    input,
    modelOf: () => model,
    needs: () => [[model, 'write']],
    async plan(session, { id, remaining }) {
      const fields = ['name', 'state', 'partner_id', 'picking_type_code', 'origin'];
      const picking = await readOne(session, id, fields);
      const name = nameOf(picking);
      const { state } = picking;
      if (state === 'done') throw new ToolError(`${name} is validated already.`);
      if (state === 'cancel') throw new ToolError(`${name} is cancelled.`);
      const moves = await readMoves(session, id);
      const missing = moves.filter(({ ready, ordered }) => ready < ordered);
      if (missing.length > 0 && missing.length === moves.length && moves.every(({ ready }) => ready === 0)) {
        throw new ToolError(
          `Nothing is reserved for ${name} yet (${list(moves)}). A person has to enter what moved in Odoo.`,
        );
      }
      if (missing.length > 0 && !remaining) {
        throw new ToolError(
          `${name} is not complete: ${list(missing)}. Ask the person what becomes of the rest, and say it with remaining: "backorder" or "cancel".`,
        );
      }
      const kind = kinds[String(picking['picking_type_code'])] ?? 'transfer';
      const whom = relatedName(picking['partner_id']);
      const rest =
        missing.length === 0
          ? ''
          : remaining === 'backorder'
            ? ' The rest comes in a backorder.'
            : ' The rest is cancelled.';
      const goods = moves.length > 0 ? `: ${list(moves)}` : '';
      return {
        record: { model, id, name },
        words: `Validates the ${kind} ${name}${whom ? ` (${whom})` : ''}${goods}.${rest} This cannot be undone.`,
        proposal: {
          action: 'validate_delivery',
          about: [...told('partner', whom), ...moves.map(goodsOf)],
          fields: chosen('remaining', remaining),
        },
        basis: moves,
        async run() {
          const context =
            remaining === undefined
              ? {}
              : { skip_backorder: true, ...(remaining === 'cancel' && { picking_ids_not_to_backorder: [id] }) };
          const { client, signal } = session;
          const answer = await client.act(model, 'button_validate', [id], { context, signal });
          const after = await readOne(session, id, fields);
          if (after['state'] !== 'done') {
            if (/backorder/i.test(questionOf(answer) ?? '') && !remaining) {
              throw new ToolError(
                `${name} is not complete, and Odoo asks what becomes of the rest. Ask the person, and say it with remaining: "backorder" or "cancel".`,
              );
            }
            throw notDone(name, answer);
          }
          return { text: `Validated. Odoo now has ${name} as done${goods}.${rest}`, summary: `Validated ${name}` };
        },
      };
    },
    auditInput: ({ id, remaining }) => ({ model, id, ...(remaining && { remaining }) }),
  });

interface Move {
  product: string;
  ordered: number;
  ready: number;
}

/** What moves; nothing where the Odoo user may not look, or before Odoo 17, which knows quantities otherwise. */
async function readMoves({ client, signal }: OdooSession, pickingId: number): Promise<Move[]> {
  if (client.version.major < 17) return [];
  try {
    const domain = [
      ['picking_id', '=', pickingId],
      ['state', '!=', 'cancel'],
    ];
    const fields = ['product_id', 'product_uom_qty', 'quantity'];
    const rows = await client.search('stock.move', { domain, fields, limit: 50 }, signal);
    return rows.map((row: OdooRow) => ({
      product: relatedName(row['product_id']) ?? String(row.id),
      ordered: Number(row['product_uom_qty']),
      ready: Number(row['quantity']),
    }));
  } catch (error) {
    if (error instanceof OdooError && ['access-denied', 'validation', 'unknown-model'].includes(error.reason))
      return [];
    throw error;
  }
}

const goodsOf = ({ product, ordered, ready }: Move): ProposedLineField => ({
  name: 'goods',
  labels: {},
  after: showText(`${ready === ordered ? ready : `${ready}/${ordered}`} × ${shortName(product)}`),
});

const maxListed = 10;

function list(moves: Move[]): string {
  const shown = moves
    .slice(0, maxListed)
    .map(({ product, ordered, ready }) => `${ready === ordered ? ready : `${ready} of ${ordered}`} × ${product}`);
  return [...shown, ...(moves.length > maxListed ? [`${moves.length - maxListed} more`] : [])].join(', ');
}
