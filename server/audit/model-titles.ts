import { sql } from 'drizzle-orm';
import type { Executor } from '../db/client.ts';
import { connections } from '../db/schema/index.ts';

/** What Odoo's people call these models, as far as a connection that is there knows them. */
export async function findModelTitles(executor: Executor, models: string[]): Promise<Map<string, string>> {
  if (models.length === 0) return new Map();
  const { rows } = await executor.execute<{ model: string; title: string }>(sql`
    select distinct on (model) found ->> 'model' as model, found ->> 'name' as title
    from ${connections}, jsonb_array_elements(${connections.models}) as found
    where ${connections.models} is not null and found ->> 'model' = any(${sql.param(models)}::text[])
    order by model, ${connections.createdAt}`);
  return new Map(rows.map(({ model, title }) => [model, title]));
}

/** The models that a detail of the trail, or a part of an agent, names. */
export function modelsIn(detail: unknown): string[] {
  const found = new Set<string>();
  const open: [name: string, value: unknown][] = [['', detail]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [name, value] = next;
    if (typeof value === 'string' && isModelField(name)) found.add(value);
    else if (Array.isArray(value)) for (const item of value) open.push([name, item]);
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, part] of Object.entries(value)) open.push([isSideOfChange(inner) ? name : inner, part]);
    }
  }
  return [...found];
}

/** `{ models: { from, to } }` is about models on both sides. */
const isSideOfChange = (name: string): boolean => name === 'from' || name === 'to';

const isModelField = (name: string): boolean => name === 'model' || name === 'models';
