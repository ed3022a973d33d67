import * as z from 'zod';
import { type Tool, ToolError, type ToolContext, type ToolResult } from '../tool.ts';
import type { OdooRow } from './odoo-client.ts';
import { OdooError } from './odoo-error.ts';
import {
  checkDomain,
  connectionSchema,
  domainSchema,
  fieldSchema,
  idSchema,
  modelSchema,
  orderSchema,
} from './odoo-input.ts';
import {
  checkModelScope,
  companyField,
  companyList,
  type OdooSession,
  type OdooToolServices,
  requireFields,
  requireReadablePath,
  withModel,
} from './odoo-session.ts';
import { defaultFields, fitLines, presentRecord } from './present-records.ts';
import { counted } from '../../platform/counted.ts';
import { labelOf, recordsOf } from './model-words.ts';

const textBudget = 40_000;

const readInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  ids: z.array(idSchema).min(1).max(100).optional().describe('Read exactly these records'),
  domain: domainSchema.optional(),
  fields: z.array(fieldSchema).min(1).max(60).optional().describe('Without it, the most common short fields'),
  order: orderSchema.optional().describe('Such as "date_order desc, id"'),
  limit: z.int().min(1).max(100).optional().describe('Most records to read; 20 unless told'),
  offset: z.int().min(0).max(1_000_000).optional().describe('Records to skip'),
});
type ReadInput = z.output<typeof readInput>;

export function createReadTool(services: OdooToolServices): Tool<ReadInput> {
  return {
    id: 'odoo_read',
    title: 'Read Odoo records',
    description:
      'Reads records of an Odoo model, by ids or by a search domain, a page at a time. The first line says how many there are in all; go ' +
      'on with offset as the last line says. Relations come as [id, name]. To add up or count, use odoo_aggregate or odoo_count instead.',
    category: 'safe',
    integration: 'odoo',
    input: readInput,
    timeLimit: 60_000,
    resultLimit: 60_000,
    async checkScope(input, context) {
      await checkModelScope(services, input, 'read', context);
    },
    execute: (input, context) =>
      withModel(services, { input, operation: 'read', context }, (session) =>
        readPage(services, session, input, context),
      ),
    auditInput: ({ model, ids, fields, limit, offset }) => ({
      model,
      ...(ids && { ids }),
      ...(fields && { fields }),
      ...(limit !== undefined && { limit }),
      ...(offset !== undefined && { offset }),
    }),
  };
}

async function readPage(
  { access }: OdooToolServices,
  session: OdooSession,
  input: ReadInput,
  context: ToolContext,
): Promise<ToolResult> {
  const { client, model, grant, companies, signal } = session;
  requireFields(session, input.fields ?? []);
  const companyName = companyField(session);
  const wanted = input.fields ?? defaultFields(session.fields);
  const fields = [...new Set([...wanted, ...(companyName ? [companyName] : [])])];
  const given = await checkDomain(session, input.domain ?? []);
  const domain = input.ids ? [['id', 'in', input.ids], ...given] : given;
  const offset = input.offset ?? 0;
  const limit = input.limit ?? (input.ids ? 100 : 20);
  // Who names a record means it, archived or not; a search passes over archived ones as Odoo's own does.
  const withArchived = input.ids !== undefined;
  const hasArchive = session.fields['active'] !== undefined;
  const shownFields = withArchived && hasArchive ? [...new Set([...fields, 'active'])] : fields;
  const [total, rows] = await Promise.all([
    client.count(model, domain, signal, { withArchived }),
    client.search(model, { domain, fields: shownFields, order: input.order, limit, offset, withArchived }, signal),
  ]);
  const lines = fitLines(
    rows.map((row) => presentRecord(row, session.fields)),
    textBudget,
  );
  const shown = rows.slice(0, lines.length);
  const { connectionId } = grant;
  await access.rememberSeen({
    conversationId: context.conversationId,
    connectionId,
    model,
    ids: shown.map(({ id }) => id),
  });
  const end = offset + shown.length;
  const notes = [
    ...(end < total ? [`[There are more: go on with offset=${end}.]`] : []),
    ...(input.ids ? await explainMissing(session, input.ids, rows, { offset, total }) : []),
    ...archivedAmong(shown),
    ...(total === 0 && hasArchive && !withArchived ? await countArchived(session, domain) : []),
    ...timesNote(session, wanted),
    ...(companyName
      ? [`Records of several companies: ${companyList(companies)}. Say which company a figure is about.`]
      : []),
  ];
  const audit = { connectionId, records: shown.length, total };
  const [label, noun] = [labelOf(model, grant), recordsOf(model, grant, total)];
  if (shown.length === 0) {
    const reason =
      offset > 0 && total > 0
        ? `offset ${offset} is beyond the ${total} records that match`
        : 'nothing found: no record matches';
    return {
      text: [
        `${model} in ${grant.name}: ${reason}. Access was allowed; records that Odoo hides from this user do not show up.`,
        ...notes,
      ].join('\n'),
      summary: `Found no record of “${label}”`,
      audit,
    };
  }
  return {
    text: [`${model} in ${grant.name}: records ${offset + 1}-${end} of ${total}`, ...lines, ...notes].join('\n'),
    summary: shown.length === total ? `Found and read ${noun}` : `Found ${noun} and read ${shown.length}`,
    audit,
  };
}

function archivedAmong(rows: OdooRow[]): string[] {
  const ids = rows.filter((row) => row['active'] === false).map(({ id }) => id);
  return ids.length > 0 ? [`Archived: ${ids.join(', ')}. Searches pass over archived records.`] : [];
}

/** Nothing was found, but it would have been among the archived records. */
async function countArchived({ client, model, signal }: OdooSession, domain: unknown[]): Promise<string[]> {
  const count = await client.count(model, domain, signal, { withArchived: true });
  if (count === 0) return [];
  return [`${count} archived ${model} records match. Add ["active", "=", false] to the domain to read them.`];
}

/** Odoo tells times in UTC, people do in their own zone. */
function timesNote({ fields, client }: OdooSession, shown: string[]): string[] {
  const { tz } = client.user;
  if (tz === undefined || tz === 'UTC' || !shown.some((name) => fields[name]?.type === 'datetime')) return [];
  return [`Times are in UTC; the time zone of Odoo’s user is ${tz}.`];
}

const maxExplained = 5;

/** Why ids that were asked for did not come: a record rule hides them, or they do not exist. */
async function explainMissing(
  session: OdooSession,
  ids: number[],
  rows: OdooRow[],
  { offset, total }: { offset: number; total: number },
): Promise<string[]> {
  if (offset > 0 || rows.length < total) return [];
  const missing = ids.filter((id) => !rows.some((row) => row.id === id));
  const explained = await Promise.all(
    missing.slice(0, maxExplained).map(async (id) => {
      try {
        const [found] = await session.client.read(session.model, [id], ['display_name'], session.signal);
        return found ? `Record ${id} does not match the domain.` : `Record ${id} does not exist.`;
      } catch (error) {
        if (!(error instanceof OdooError)) throw error;
        if (error.reason === 'access-denied') return `Record ${id}: access denied by Odoo.`;
        if (error.reason === 'missing-record') return `Record ${id} does not exist.`;
        throw error;
      }
    }),
  );
  const more = missing.length - explained.length;
  return more > 0 ? [...explained, `${more} more were not found.`] : explained;
}

const countInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  domain: domainSchema.optional(),
});

export function createCountTool(services: OdooToolServices): Tool<z.output<typeof countInput>> {
  return {
    id: 'odoo_count',
    title: 'Count Odoo records',
    description:
      'Counts the records of an Odoo model that match a search domain. Cheaper and more exact than reading them.',
    category: 'safe',
    integration: 'odoo',
    input: countInput,
    timeLimit: 60_000,
    resultLimit: 5_000,
    async checkScope(input, context) {
      await checkModelScope(services, input, 'read', context);
    },
    execute: (input, context) =>
      withModel(services, { input, operation: 'read', context }, async (session) => {
        const domain = await checkDomain(session, input.domain ?? []);
        const count = await session.client.count(input.model, domain, session.signal);
        const label = labelOf(input.model, session.grant);
        const noun = recordsOf(input.model, session.grant, count);
        return {
          text: [
            `${count} ${input.model} records match in ${session.grant.name}. Access was allowed; records that Odoo hides from this user do not count.`,
            ...(count === 0 && session.fields['active'] ? await countArchived(session, domain) : []),
            ...companyNote(session, domain, []),
          ].join('\n'),
          summary: count === 0 ? `Found no record of “${label}”` : `Counted ${noun}`,
          audit: { connectionId: session.grant.connectionId, count },
        };
      }),
    auditInput: ({ model }) => ({ model }),
  };
}

/** A figure over several companies says so, unless the question named the company. */
function companyNote(session: OdooSession, domain: unknown[], groupBy: string[]): string[] {
  const field = companyField(session);
  if (!field) return [];
  const isNamed =
    groupBy.some((spec) => spec === field) ||
    domain.some((part) => Array.isArray(part) && String(part[0]).split('.')[0] === field);
  if (isNamed) return [];
  return [
    `This covers several companies: ${companyList(session.companies)}. Say so, or ask for one with ["company_id", "=", id].`,
  ];
}

/** A month begins at another moment in another time zone. */
function periodsNote({ fields, client }: OdooSession, groupBy: string[]): string[] {
  const periods = groupBy.flatMap((spec) => {
    const [name = '', period] = spec.split(':');
    return fields[name]?.type === 'datetime' ? [`${period ?? 'month'}s`] : [];
  });
  if (periods.length === 0) return [];
  const zone = client.user.tz ?? 'UTC, as Odoo’s user has no time zone';
  return [`The ${[...new Set(periods)].join(' and ')} are those of the time zone ${zone}.`];
}

const measureSchema = z
  .string()
  .regex(/^[A-Za-z_]\w*:(sum|avg|min|max|count|count_distinct)$/, 'must be like "amount_total:sum"');
const groupSchema = z
  .string()
  .regex(/^[A-Za-z_]\w*(:(day|week|month|quarter|year))?$/, 'must be a field, or a date like "date_order:month"');

const aggregateInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  measures: z
    .array(measureSchema)
    .max(10)
    .optional()
    .describe(
      'What to work out, such as ["amount_total:sum"]; sum, avg, min, max, count, count_distinct. Records are always counted',
    ),
  groupBy: z.array(groupSchema).max(4).optional().describe('Such as ["partner_id", "date_order:month"]'),
  domain: domainSchema.optional(),
  order: orderSchema.optional().describe('A measure or group, such as "amount_total:sum desc"'),
  limit: z.int().min(1).max(200).optional().describe('Most groups; 50 unless told'),
  offset: z.int().min(0).max(100_000).optional().describe('Groups to skip'),
});

export function createAggregateTool(services: OdooToolServices): Tool<z.output<typeof aggregateInput>> {
  return {
    id: 'odoo_aggregate',
    title: 'Aggregate Odoo records',
    description:
      'Works out sums, averages, minima, maxima and counts over Odoo records in Odoo itself, by group: sales by month, stock by product, ' +
      'open invoices by partner. Use it for every figure over more than a few records instead of adding up what you read.',
    category: 'safe',
    integration: 'odoo',
    input: aggregateInput,
    timeLimit: 60_000,
    resultLimit: 40_000,
    async checkScope(input, context) {
      await checkModelScope(services, input, 'read', context);
    },
    execute: (input, context) =>
      withModel(services, { input, operation: 'read', context }, async (session) => {
        const { measures = [], groupBy = [], offset = 0, limit = 50 } = input;
        for (const spec of [...measures, ...groupBy]) await requireReadablePath(session, spec.split(':')[0] as string);
        const domain = await checkDomain(session, input.domain ?? []);
        const query = { domain, measures, groupBy, order: input.order, offset, limit: limit + 1 };
        const groups = await session.client.group(input.model, query, session.signal);
        const lines = fitLines(
          groups.slice(0, limit).map((group) => JSON.stringify(group)),
          30_000,
        );
        if (offset > 0 && lines.length === 0) throw new ToolError(`There are no groups from offset ${offset} on.`);
        const isMore = lines.length < groups.length;
        const label = labelOf(input.model, session.grant);
        return {
          text: [
            `${input.model} in ${session.grant.name}: ${lines.length === 0 ? 'no record matches' : `groups ${offset + 1}-${offset + lines.length}`}`,
            ...lines,
            ...(isMore ? [`[There are more groups: go on with offset=${offset + lines.length}.]`] : []),
            ...periodsNote(session, groupBy),
            ...companyNote(session, domain, groupBy),
          ].join('\n'),
          summary: `Aggregated “${label}” into ${counted(lines.length, 'group', 'groups')}`,
          audit: { connectionId: session.grant.connectionId, groups: lines.length },
        };
      }),
    auditInput: ({ model, measures, groupBy }) => ({
      model,
      ...(measures && { measures }),
      ...(groupBy && { groupBy }),
    }),
  };
}
