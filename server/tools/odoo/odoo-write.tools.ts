import * as z from 'zod';
import { type Tool, type ToolContext, ToolError, type ToolResult } from '../tool.ts';
import { checkValues } from './check-values.ts';
import { type LineDeletion, nameRecords, prepareLineDeletion } from './delete-rules.ts';
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
import { proposeInOdoo, targetOf } from './proposal/propose.ts';
import { proposeValues } from './proposal/propose-values.ts';
import { shortName } from './proposal/shown-value.ts';
import { billsOf, isAboutBills, refuseDuplicateBill, relatedId } from './vendor-bill.ts';
import { labelOf, recordsOf } from './model-words.ts';

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
    preview: (input, context) =>
      withModel(services, { input, operation: 'create', context }, async (session) => {
        const { deletion, companyId } = await prepareCreation(services, session, input, context);
        const { name } = input.values;
        const called = typeof name === 'string' ? ` “${shortName(name)}”` : '';
        const { fields, basis } = await proposeValues(session, input.values);
        const destroys = deletion.records.length > 0;
        return {
          words: `Creates one ${titleOf(session)}${called} in ${session.grant.name}.`,
          proposal: proposeInOdoo(session, { action: 'create', fields, destroys }),
          basis: { target: targetOf(session), companyId, basis },
        };
      }),
    execute: (input, context) =>
      withModel(services, { input, operation: 'create', context }, (session) => {
        const create = async () =>
          createRecord(services, session, {
            input,
            context,
            ...(await prepareCreation(services, session, input, context)),
          });
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

const titleOf = ({ grant, model }: OdooSession): string => {
  const title = grant.titles.get(model);
  return title ? `${title} (${model})` : model;
};

/** All that can be refused before Odoo is told to create anything. Throws ToolError or ToolDenied. */
async function prepareCreation(
  services: OdooToolServices,
  session: OdooSession,
  { model, values, allow_duplicate: isAnother }: CreateInput,
  context: ToolContext,
): Promise<{ companyId: number | undefined; deletion: LineDeletion }> {
  const lines = await checkValues(session, values);
  const deletion = await prepareLineDeletion(services, session, lines, context);
  const companyId = await requireCompany(session, values);
  if (isAboutBills(model, values) && !isAnother) {
    const { move_type: moveType, ref, partner_id: partnerId } = values;
    await refuseDuplicateBill(session, { moveType, ref, partnerId, companyId });
  }
  return { companyId, deletion };
}

/** Where Odoo would take the user's default company without a word, it has to be named. A model may also belong to all. */
async function requireCompany(session: OdooSession, values: Record<string, unknown>): Promise<number | undefined> {
  const field = companyField(session);
  const given = values['company_id'];
  if (typeof given === 'number') return given;
  if (field === undefined || session.fields[field]?.readonly) return undefined;
  const isRequired = session.fields[field]?.required === true;
  if (given === false && !isRequired) return undefined;
  if (given === undefined && !isRequired && (await isSharedUnlessSaid(session, field))) return undefined;
  throw new ToolError(
    `There are several companies: ${companyList(session.companies)}. Give company_id in the values${isRequired ? '' : ', or false for a record of all of them'}; ask the person if you are not told which.`,
  );
}

/** Records of these belong to all companies unless somebody says otherwise. */
const shared = new Set(['res.partner', 'product.template', 'product.product']);

async function isSharedUnlessSaid({ client, model, signal }: OdooSession, field: string): Promise<boolean> {
  const defaults = await client.defaults(model, [field], signal);
  return defaults === undefined ? shared.has(model) : !defaults[field];
}

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
  const id = await client.create(model, values, { companyId, signal });
  const row = await readBack(session, id, Object.keys(values), 'created');
  await deletion.requireGone();
  await services.access.rememberSeen({
    conversationId: context.conversationId,
    connectionId: grant.connectionId,
    model,
    ids: [id],
  });
  const [noun, name] = [recordsOf(model, grant), nameOf(row)];
  return {
    text: [
      `Created ${model} ${id} in ${grant.name}. Odoo now has:`,
      presentRecord(row, session.fields),
      ...deviations(session, row, values),
    ].join('\n'),
    summary: `Created ${noun}: ${name}`,
    audit: {
      connectionId: grant.connectionId,
      id,
      record: name.slice(0, 200),
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
    preview: (input, context) =>
      withModel(services, { input, operation: 'write', context }, async (session) => {
        const deletion = await prepareChange(services, session, input, context);
        const ids = [...new Set(input.ids)];
        const records = await nameRecords(session, input.model, ids);
        const names = records.slice(0, maxPreviewed).map(({ name }) => name);
        const more = records.length > names.length ? [`${records.length - names.length} more`] : [];
        const { fields, basis } = await proposeValues(session, input.values, ids);
        const destroys = deletion.records.length > 0;
        return {
          words: `Changes ${Object.keys(input.values).join(', ')} of ${titleOf(session)} in ${session.grant.name}: ${[...names, ...more].join(', ')}.`,
          proposal: proposeInOdoo(session, { action: 'change', records, fields, destroys }),
          basis: { target: targetOf(session), basis, deleted: deletion.records },
        };
      }),
    execute: (input, context) =>
      withModel(services, { input, operation: 'write', context }, (session) => {
        const write = async () => {
          const deletion = await prepareChange(services, session, input, context);
          return writeRecords(services, session, { input, context, deletion });
        };
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

const maxPreviewed = 10;

/** All that can be refused before Odoo is told to change anything. Throws ToolError or ToolDenied. */
async function prepareChange(
  services: OdooToolServices,
  session: OdooSession,
  { model, values, ids, allow_duplicate: isAnother }: WriteInput,
  context: ToolContext,
): Promise<LineDeletion> {
  const lines = await checkValues(session, values);
  const deletion = await prepareLineDeletion(services, session, lines, context);
  if (!isAboutBills(model, values) || isAnother) return deletion;
  const fields = ['ref', 'partner_id', 'company_id', 'move_type'];
  for (const row of await session.client.read(model, [...new Set(ids)], fields, session.signal)) {
    const {
      move_type: moveType,
      ref,
      partner_id: partner,
      company_id: company,
    } = { ...row, ...values } as Record<string, unknown>;
    const bill = { moveType, ref, partnerId: relatedId(partner), companyId: relatedId(company) };
    await refuseDuplicateBill(session, bill, { except: row.id });
  }
  return deletion;
}

async function writeRecords(
  services: OdooToolServices,
  session: OdooSession,
  { input, context, deletion }: { input: WriteInput; context: ToolContext; deletion: LineDeletion },
): Promise<ToolResult> {
  const { client, model, grant, signal } = session;
  const { values } = input;
  const ids = [...new Set(input.ids)];
  await client.write(model, ids, values, signal);
  const rows = await readBackAll(session, ids, Object.keys(values), 'changed');
  await deletion.requireGone();
  await services.access.rememberSeen({
    conversationId: context.conversationId,
    connectionId: grant.connectionId,
    model,
    ids,
  });
  const [noun, names] = [recordsOf(model, grant, ids.length), rows.map(nameOf)];
  return {
    text: [
      `Changed ${ids.length} ${model} records in ${grant.name}. Odoo now has:`,
      ...rows.flatMap((row) => [presentRecord(row, session.fields), ...deviations(session, row, values)]),
    ].join('\n'),
    summary: names.length === 1 ? `Changed ${noun}: ${names[0]}` : `Changed ${noun}`,
    audit: {
      connectionId: grant.connectionId,
      changed: ids.length,
      records: names.map((name) => name.slice(0, 200)),
      ...deletedOf(deletion),
    },
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
    `Odoo accepted the call, but the ${done} records of “${labelOf(session.model, session.grant)}” (${ids.join(', ')}) could not be read back, so it is not certain ` +
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
