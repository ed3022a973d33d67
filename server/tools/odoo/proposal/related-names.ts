import { ToolError } from '../../tool.ts';
import { OdooError } from '../odoo-error.ts';
import type { OdooSession } from '../odoo-session.ts';
import { type NameOf, shortName } from './shown-value.ts';
import { labelOf } from '../model-words.ts';

/**
 * The names of records, read by model. Throws ToolError when one does not exist: nobody is asked about a record that is
 * not there. What the Odoo user may not see has no name.
 */
export async function nameRelated(
  { client, grant, signal }: Pick<OdooSession, 'client' | 'grant' | 'signal'>,
  wanted: { model: string; ids: number[] }[],
): Promise<NameOf> {
  const names = new Map<string, string>();
  const byModel = Map.groupBy(wanted, ({ model }) => model);
  await Promise.all(
    [...byModel].map(async ([model, parts]) => {
      const ids = [...new Set(parts.flatMap((part) => part.ids))];
      if (ids.length === 0) return;
      try {
        const rows = await client.read(model, ids, ['display_name'], signal);
        for (const row of rows) names.set(`${model} ${row.id}`, shortName(String(row['display_name'] || '')));
        const missing = ids.filter((id) => !rows.some((row) => row.id === id));
        if (missing.length > 0)
          throw new ToolError(`“${labelOf(model, grant)}” ${missing.join(', ')} does not exist in Odoo.`);
      } catch (error) {
        if (!(error instanceof OdooError) || !['access-denied', 'unknown-model'].includes(error.reason)) throw error;
      }
    }),
  );
  return (model, id) => names.get(`${model} ${id}`) ?? '';
}
