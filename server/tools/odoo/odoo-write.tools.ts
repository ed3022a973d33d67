import * as z from 'zod';
import { type Tool, type ToolContext, ToolError, type ToolResult } from '../tool.ts';
import { checkValues } from './check-values.ts';
import { type LineDeletion, prepareLineDeletion } from './delete-rules.ts';
import type { OdooRow } from './odoo-client.ts';
import { OdooError } from './odoo-error.ts';
import { connectionSchema, idSchema, modelSchema, valuesSchema } from './odoo-input.ts';
import {
  checkModelScope,
  companyField,
  companyList,
  type OdooSession,
  type OdooToolServices,
  withModel,
} from './odoo-session.ts';
import { presentRecord } from './present-records.ts';
import { isAboutBills, refuseDuplicateBill, relatedId } from './vendor-bill.ts';

const allowDuplicate = z
  .boolean()
  .optional()
  .describe('Vendor bills only: true after the person confirmed that a bill with the same reference is another one');

const createInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  values: valuesSchema,
  allow_duplicate: allowDuplicate,
});
type CreateInput = z.output<typeof createInput>;

export function createCreateTool(services: OdooToolServices): Tool<CreateInput> {
  return {
    id: 'odoo_create',
    title: 'Create Odoo record',
    description:
      'Creates one record of an Odoo model, with its lines if it has any, and reads it back. Look at the fields with ' +
      'odoo_describe_model first, find related records with odoo_read, and never invent ids. Where there are several companies, give company_id.',
    category: 'powerful',
    integration: 'odoo',
    input: createInput,
    timeLimit: 90_000,
    resultLimit: 30_000,
    async checkScope(input, context) {
      await checkModelScope(services, input, 'create', context);
    },
    execute: (input, context) =>
      withModel(services, { input, operation: 'create', context }, async (session) => {
        const lines = await checkValues(session, input.values);
        const deletion = await prepareLineDeletion(services, session, lines, context);
        const companyId = requireCompany(session, input.values);
        const create = () => createRecord(services, session, { input, companyId, context, deletion });
        if (!isAboutBills(input.model, input.values)) return create();
        return services.exclusively(billsOf(session), create, context.signal);
      }),
    auditInput: ({ model, values, allow_duplicate }) => ({
      model,
      fields: Object.keys(values),
      ...(allow_duplicate && { allowDuplicate: true }),
    }),
  };
}

/** Odoo would take the user's default company without a word. */
function requireCompany(session: OdooSession, values: Record<string, unknown>): number | undefined {
  const field = companyField(session);
  const given = values['company_id'];
  if (typeof given === 'number') return given;
  if (field === undefined || session.fields[field]?.readonly) return undefined;
  throw new ToolError(
    `There are several companies: ${companyList(session.companies)}. Give company_id in the values; ask the person if you are not told which.`,
  );
}

const billsOf = ({ grant }: OdooSession): string => `odoo bills ${grant.connectionId}`;

async function createRecord(
  services: OdooToolServices,
  session: OdooSession,
  {
    input,
    companyId,
    context,
    deletion,
  }: { input: CreateInput; companyId: number | undefined; context: ToolContext; deletion: LineDeletion },
): Promise<ToolResult> {
  const { client, model, grant, signal } = session;
  const { values } = input;
  if (isAboutBills(model, values) && !input.allow_duplicate) {
    const { move_type: moveType, ref, partner_id: partnerId } = values;
    await refuseDuplicateBill(session, { moveType, ref, partnerId, companyId });
  }
  const id = await client.create(model, values, { companyId, signal });
  const row = await readBack(session, id, Object.keys(values), 'created');
  await deletion.requireGone();
  await services.access.rememberSeen({
    conversationId: context.conversationId,
    connectionId: grant.connectionId,
    model,
    ids: [id],
  });
  return {
    text: [
      `Created ${model} ${id} in ${grant.name}. Odoo now has:`,
      presentRecord(row, session.fields),
      ...deviations(session, row, values),
    ].join('\n'),
    summary: `Created ${model} ${nameOf(row)}`,
    audit: {
      connectionId: grant.connectionId,
      id,
      ...(companyId !== undefined && { companyId }),
      ...deletedOf(deletion),
    },
  };
}

const writeInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  ids: z.array(idSchema).min(1).max(50).describe('The records that all get these values'),
  values: valuesSchema,
  allow_duplicate: allowDuplicate,
});
type WriteInput = z.output<typeof writeInput>;

export function createWriteTool(services: OdooToolServices): Tool<WriteInput> {
  return {
    id: 'odoo_write',
    title: 'Change Odoo records',
    description:
      'Changes fields of one or several Odoo records and reads them back. Read the records first, so that you change the right ones.',
    category: 'powerful',
    integration: 'odoo',
    input: writeInput,
    timeLimit: 90_000,
    resultLimit: 30_000,
    async checkScope(input, context) {
      await checkModelScope(services, input, 'write', context);
    },
    execute: (input, context) =>
      withModel(services, { input, operation: 'write', context }, async (session) => {
        const lines = await checkValues(session, input.values);
        const deletion = await prepareLineDeletion(services, session, lines, context);
        const write = () => writeRecords(services, session, { input, context, deletion });
        if (!isAboutBills(input.model, input.values)) return write();
        return services.exclusively(billsOf(session), write, context.signal);
      }),
    auditInput: ({ model, ids, values, allow_duplicate }) => ({
      model,
      ids,
      fields: Object.keys(values),
      ...(allow_duplicate && { allowDuplicate: true }),
    }),
  };
}

async function writeRecords(
  services: OdooToolServices,
  session: OdooSession,
  { input, context, deletion }: { input: WriteInput; context: ToolContext; deletion: LineDeletion },
): Promise<ToolResult> {
  const { client, model, grant, signal } = session;
  const { values } = input;
  const ids = [...new Set(input.ids)];
  if (isAboutBills(model, values) && !input.allow_duplicate) {
    const before = await client.read(model, ids, ['ref', 'partner_id', 'company_id', 'move_type'], signal);
    for (const row of before) {
      const merged = { ...row, ...values };
      const { move_type: moveType, ref, partner_id: partner, company_id: company } = merged as Record<string, unknown>;
      const bill = { moveType, ref, partnerId: relatedId(partner), companyId: relatedId(company) };
      await refuseDuplicateBill(session, bill, { except: row.id });
    }
  }
  await client.write(model, ids, values, signal);
  const rows = await readBackAll(session, ids, Object.keys(values), 'changed');
  await deletion.requireGone();
  await services.access.rememberSeen({
    conversationId: context.conversationId,
    connectionId: grant.connectionId,
    model,
    ids,
  });
  return {
    text: [
      `Changed ${ids.length} ${model} records in ${grant.name}. Odoo now has:`,
      ...rows.flatMap((row) => [presentRecord(row, session.fields), ...deviations(session, row, values)]),
    ].join('\n'),
    summary:
      ids.length === 1 && rows[0] ? `Changed ${model} ${nameOf(rows[0])}` : `Changed ${ids.length} ${model} records`,
    audit: { connectionId: grant.connectionId, changed: ids.length, ...deletedOf(deletion) },
  };
}

const deletedOf = ({ records }: LineDeletion) => (records.length > 0 ? { deleted: records } : {});

async function readBack(session: OdooSession, id: number, names: string[], done: string): Promise<OdooRow> {
  return (await readBackAll(session, [id], names, done))[0] as OdooRow;
}

/** Success is what Odoo says afterwards, not what it was told. */
async function readBackAll(session: OdooSession, ids: number[], names: string[], done: string): Promise<OdooRow[]> {
  const company = companyField(session);
  const fields = [...new Set(['display_name', ...names, ...(company ? [company] : [])])];
  let rows: OdooRow[] = [];
  try {
    rows = await session.client.read(session.model, ids, fields, session.signal);
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
  }
  const found = ids.filter((id) => rows.some((row) => row.id === id));
  if (found.length === ids.length) return rows;
  throw new ToolError(
    `Odoo accepted the call, but the ${done} ${session.model} records (${ids.join(', ')}) could not be read back, so it is not certain ` +
      'what they hold now. Tell the person to check them in Odoo; do not repeat the call.',
  );
}

/** Plain values that Odoo keeps otherwise than it was told. */
function deviations(session: OdooSession, row: OdooRow, values: Record<string, unknown>): string[] {
  return Object.entries(values).flatMap(([name, asked]) => {
    const type = session.fields[name]?.type;
    if (type === undefined || ['one2many', 'many2many', 'binary', 'html', 'properties', 'json'].includes(type))
      return [];
    const stored = relatedId(row[name]);
    const isSame =
      stored === asked ||
      (!stored && !asked) ||
      (typeof stored === 'number' && typeof asked === 'number' && Math.abs(stored - asked) < 0.01) ||
      // XML-RPC brings every line's end as one line feed.
      oneKindOfLines(stored) === oneKindOfLines(asked);
    return isSame
      ? []
      : [`Not as asked: ${name} is ${JSON.stringify(stored)} instead of ${JSON.stringify(asked)}. Tell the person.`];
  });
}

const oneKindOfLines = (value: unknown): string => String(value).replace(/\r\n?/g, '\n');

function nameOf(row: OdooRow): string {
  const name = row['display_name'];
  return typeof name === 'string' && name !== '' ? name : String(row.id);
}
