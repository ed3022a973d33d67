import * as z from 'zod';
import { type Tool, ToolDenied, ToolError } from '../tool.ts';
import { OdooError } from './odoo-error.ts';
import { connectionSchema, idSchema, modelSchema } from './odoo-input.ts';
import { checkModelScope, type OdooSession, type OdooToolServices, withModel } from './odoo-session.ts';

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
    integration: 'odoo',
    input: deleteInput,
    timeLimit: 60_000,
    resultLimit: 10_000,
    async checkScope(input, context) {
      const { connectionId } = await checkModelScope(services, input, 'delete', context);
      const { conversationId } = context;
      const seen = await access.findSeen({ conversationId, connectionId, model: input.model, ids: input.ids });
      const unseen = input.ids.filter((id) => !seen.has(id));
      if (unseen.length === 0) return;
      throw new ToolDenied(
        `Only records that were read in this conversation can be deleted. Read ${input.model} ${unseen.join(', ')} first, and show the person what they are.`,
      );
    },
    execute: (input, context) =>
      withModel(services, { input, operation: 'delete', context }, async (session) => {
        const ids = [...new Set(input.ids)];
        const named = await session.client.read(input.model, ids, ['display_name'], session.signal);
        const records = named.map(({ id, display_name }) => ({ id, name: String(display_name).slice(0, 200) }));
        await session.client.unlink(input.model, ids, session.signal);
        const left = await remaining(session, ids);
        if (left.length > 0)
          throw new ToolError(
            `Odoo still has ${input.model} ${left.join(', ')} after the call. Nothing is certain; ask the person to check.`,
          );
        const list = records.map(({ id, name }) => `${name} (${id})`).join(', ');
        return {
          text: `Deleted from ${session.grant.name}: ${input.model} ${list}.`,
          summary: `Deleted ${input.model} ${list}`,
          audit: { connectionId: session.grant.connectionId, deleted: records },
        };
      }),
    auditInput: ({ model, ids }) => ({ model, ids }),
  };
}

/** Read back as for every change: success is what Odoo says afterwards. */
async function remaining({ client, model, signal }: OdooSession, ids: number[]): Promise<number[]> {
  try {
    const rows = await client.search(model, { domain: [['id', 'in', ids]], fields: ['id'], limit: ids.length }, signal);
    return rows.map(({ id }) => id);
  } catch (error) {
    // Who may delete but not read cannot look again.
    if (error instanceof OdooError && error.reason === 'access-denied') return [];
    throw error;
  }
}
