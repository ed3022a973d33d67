import type { Operation } from '../../../contract/integrations.ts';
import { ToolDenied, ToolError } from '../tool.ts';
import { mayUse } from './odoo-access.ts';
import type { OdooField } from './odoo-client.ts';
import { isRecord } from './odoo-request.ts';
import { type OdooSession, requireFields } from './odoo-session.ts';
import { labelOf } from './model-words.ts';

const deepest = 4;

/** A record that a command of the values deletes. */
export interface DeletedLine {
  model: string;
  id: number;
}

/**
 * Checks values before they reach Odoo: fields exist and may be written, relations hold ids, and the commands of lines
 * (which create, change and delete records of another model) stay within what the agent may do there.
 *
 * @returns the records that the commands delete
 */
export async function checkValues(session: OdooSession, values: Record<string, unknown>): Promise<DeletedLine[]> {
  const deletes: DeletedLine[] = [];
  await check({ session, model: session.model, fields: session.fields, depth: 0, deletes }, values);
  return deletes;
}

interface Place {
  session: OdooSession;
  model: string;
  fields: Record<string, OdooField>;
  depth: number;
  deletes: DeletedLine[];
}

async function check(place: Place, values: Record<string, unknown>): Promise<void> {
  const { model, fields, depth } = place;
  if (depth > deepest) throw new ToolError('The values are nested too deeply.');
  requireFields({ model, fields }, Object.keys(values));
  const readonly = Object.keys(values).filter((name) => fields[name]?.readonly || name === 'id');
  if (readonly.length > 0) {
    throw new ToolError(
      `Odoo works out ${readonly.join(', ')} of ${model} itself; leave it out. Workflow steps such as confirming or posting are a person’s in Odoo.`,
    );
  }
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name] as OdooField;
    if (field.type === 'many2one') requireId(model, name, value);
    else if (field.type === 'one2many' || field.type === 'many2many')
      await checkCommands(place, { name, field, value });
    else if (!structured.has(field.type)) requirePlain(model, name, value);
  }
}

/** Odoo reads objects as values of their own, in all languages for instance. */
const structured = new Set(['properties', 'properties_definition', 'json', 'serialized']);

function requirePlain(model: string, name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  throw new ToolError(`${model}.${name} takes one plain value, not a list or an object.`);
}

const isId = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;

function requireId(model: string, name: string, value: unknown): void {
  if (value === false || value === null || isId(value)) return;
  throw new ToolError(`${model}.${name} takes the id of a record, or false to empty it.`);
}

async function checkCommands(
  place: Place,
  { name, field, value }: { name: string; field: OdooField; value: unknown },
): Promise<void> {
  const { session, model, depth, deletes } = place;
  const related = field.relation;
  if (related === undefined) throw new ToolError(`${model}.${name} cannot be written.`);
  if (!Array.isArray(value))
    throw new ToolError(`${model}.${name} takes a list of commands such as [[0, 0, {values}]].`);
  const need = (operation: Operation) => {
    if (mayUse(session.grant, related, operation)) return;
    throw new ToolDenied(
      `This agent may not ${operation === 'write' ? 'change' : operation} records of “${labelOf(related, session.grant)}” in ${session.grant.name}, so it cannot through ${model}.${name}.`,
    );
  };
  for (const command of value as unknown[]) {
    const [kind, id, payload] = Array.isArray(command) && command.length <= 3 ? (command as unknown[]) : [];
    const nested = async () => {
      if (!isRecord(payload))
        throw new ToolError(`A command of ${model}.${name} lacks its values: [0, 0, {values}] or [1, id, {values}].`);
      const fields = await session.client.fields(related, session.signal);
      await check({ session, model: related, fields, depth: depth + 1, deletes }, payload);
    };
    if (kind === 0) {
      need('create');
      await nested();
    } else if (kind === 1) {
      need('write');
      if (!isId(id)) throw new ToolError(`A command of ${model}.${name} lacks the id to change: [1, id, {values}].`);
      await nested();
    } else if (kind === 2) {
      need('delete');
      if (!isId(id)) throw new ToolError(`A command of ${model}.${name} lacks the id to delete: [2, id, 0].`);
      deletes.push({ model: related, id });
    } else if (kind === 3 || kind === 4 || kind === 5 || kind === 6) {
      const wellFormed = kind === 5 || (kind === 6 ? Array.isArray(payload) && payload.every(isId) : isId(id));
      if (!wellFormed)
        throw new ToolError(`A command of ${model}.${name} lacks its ids: [3, id, 0], [4, id, 0] or [6, 0, [ids]].`);
      // Links of a one2many are a field of the other record; those of a many2many belong to this one.
      if (field.type !== 'one2many') continue;
      if (kind !== 4) throw new ToolError(`Lines of ${model}.${name} go one by one, each named by its id: [2, id, 0].`);
      need('write');
    } else
      throw new ToolError(
        `${model}.${name} takes commands: [0, 0, {values}], [1, id, {values}], [2, id, 0], [3, id, 0], [4, id, 0], [5, 0, 0], [6, 0, [ids]].`,
      );
  }
}
