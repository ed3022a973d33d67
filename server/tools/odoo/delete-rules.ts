import { type ToolContext, ToolDenied, ToolError } from '../tool.ts';
import type { DeletedLine } from './check-values.ts';
import type { OdooAccess, SeenRecords } from './odoo-access.ts';
import { OdooError } from './odoo-error.ts';
import type { OdooSession, OdooToolServices } from './odoo-session.ts';

/** Throws ToolDenied unless every record was read in the conversation: nobody deletes what they have not looked at. */
export async function requireSeen({ findSeen }: Pick<OdooAccess, 'findSeen'>, records: SeenRecords): Promise<void> {
  const seen = await findSeen(records);
  const unseen = records.ids.filter((id) => !seen.has(id));
  if (unseen.length === 0) return;
  throw new ToolDenied(
    `Only records that were read in this conversation can be deleted. Read ${records.model} ${unseen.join(', ')} first, and show the person what they are.`,
  );
}

export interface NamedRecord {
  id: number;
  name: string;
}

/** What the trail calls records once they are gone. */
export async function nameRecords(
  { client, signal }: Pick<OdooSession, 'client' | 'signal'>,
  model: string,
  ids: number[],
): Promise<NamedRecord[]> {
  const rows = await client.read(model, ids, ['display_name'], signal);
  return rows.map(({ id, display_name: name }) => ({ id, name: String(name).slice(0, 200) }));
}

/** Success is what Odoo says afterwards: throws ToolError when it still has one of them. */
export async function requireGone(
  { client, signal }: Pick<OdooSession, 'client' | 'signal'>,
  model: string,
  ids: number[],
): Promise<void> {
  let left: number[] = [];
  try {
    const rows = await client.search(
      model,
      { domain: [['id', 'in', ids]], fields: ['id'], limit: ids.length, withArchived: true },
      signal,
    );
    left = rows.map(({ id }) => id);
  } catch (error) {
    // Who may delete but not read cannot look again.
    if (!(error instanceof OdooError) || error.reason !== 'access-denied') throw error;
  }
  if (left.length === 0) return;
  throw new ToolError(
    `Odoo still has ${model} ${left.join(', ')} after the call. Nothing is certain; ask the person to check.`,
  );
}

/** Lines that a change takes away, found out about before it and looked for after it. */
export interface LineDeletion {
  /** For the trail: what is deleted, by name. */
  records: (NamedRecord & { model: string })[];
  requireGone(): Promise<void>;
}

/** The rules of odoo_delete, for records that the commands of a change delete. Throws ToolDenied. */
export async function prepareLineDeletion(
  { access }: OdooToolServices,
  session: OdooSession,
  lines: DeletedLine[],
  { conversationId }: Pick<ToolContext, 'conversationId'>,
): Promise<LineDeletion> {
  const { connectionId } = session.grant;
  const byModel = [...Map.groupBy(lines, ({ model }) => model)].map(([model, group]) => ({
    model,
    ids: [...new Set(group.map(({ id }) => id))],
  }));
  for (const { model, ids } of byModel) await requireSeen(access, { conversationId, connectionId, model, ids });
  const named = byModel.map(async ({ model, ids }) =>
    (await nameRecords(session, model, ids)).map((record) => ({ model, ...record })),
  );
  return {
    records: (await Promise.all(named)).flat(),
    async requireGone() {
      for (const { model, ids } of byModel) await requireGone(session, model, ids);
    },
  };
}
