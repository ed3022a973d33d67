import * as z from 'zod';
import type { Tool } from '../tool.ts';
import { nameRecords, requireGone, requireSeen } from './delete-rules.ts';
import { connectionSchema, idSchema, modelSchema } from './odoo-input.ts';
import { proposeInOdoo, targetOf } from './proposal/propose.ts';
import { checkModelScope, type OdooToolServices, withModel } from './odoo-session.ts';
import { recordsOf } from './model-words.ts';

const deleteInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  ids: z.array(idSchema).min(1).max(20).describe('Records that you have read in this conversation'),
});

export function createDeleteTool(services: OdooToolServices): Tool<z.output<typeof deleteInput>> {
  const { access } = services;
  return {
    id: 'odoo_delete',
    title: 'Delete Odoo records',
    description:
      'Deletes Odoo records for good. Only records that you have read with odoo_read in this conversation, and only when the person asked ' +
      'for exactly these to be deleted. Often archiving (writing active: false) is what they want.',
    category: 'powerful',
    destructive: true,
    integration: 'odoo',
    input: deleteInput,
    timeLimit: 60_000,
    resultLimit: 10_000,
    async checkScope(input, context) {
      const { connectionId } = await checkModelScope(services, input, 'delete', context);
      const { conversationId } = context;
      await requireSeen(access, { conversationId, connectionId, model: input.model, ids: input.ids });
    },
    preview: (input, context) =>
      withModel(services, { input, operation: 'delete', context }, async (session) => {
        const records = await nameRecords(session, input.model, [...new Set(input.ids)]);
        const noun = recordsOf(input.model, session.grant, records.length);
        const names = records.map(({ name }) => name).join(', ');
        return {
          words: `Deletes for good from ${session.grant.name}: ${noun}, ${names}.`,
          proposal: proposeInOdoo(session, { action: 'delete', records, destroys: true }),
          basis: targetOf(session),
        };
      }),
    execute: (input, context) =>
      withModel(services, { input, operation: 'delete', context }, async (session) => {
        const ids = [...new Set(input.ids)];
        const records = await nameRecords(session, input.model, ids);
        await session.client.unlink(input.model, ids, session.signal);
        await requireGone(session, input.model, ids);
        const noun = recordsOf(input.model, session.grant, ids.length);
        const names = records.map(({ name }) => name).join(', ');
        const list = records.map(({ id, name }) => `${name} (${id})`).join(', ');
        return {
          text: `Deleted from ${session.grant.name}: ${input.model} ${list}.`,
          summary: `Deleted ${noun}: ${names}`,
          audit: { connectionId: session.grant.connectionId, deleted: records },
        };
      }),
    auditInput: ({ model, ids }) => ({ model, ids }),
  };
}
