import * as z from 'zod';
import { type Tool, ToolError } from '../tool.ts';
import { connectionSchema, modelSchema } from './odoo-input.ts';
import { checkModelScope, companyList, type OdooToolServices, withModel } from './odoo-session.ts';
import { requireGrant } from './odoo-access.ts';
import type { OdooField } from './odoo-client.ts';
import { fitLines } from './present-records.ts';
import { counted } from '../../platform/counted.ts';
import { labelOf } from './model-words.ts';

const listInput = z.strictObject({ connection: connectionSchema });

export function createListModelsTool(services: OdooToolServices): Tool<z.output<typeof listInput>> {
  return {
    id: 'odoo_list_models',
    title: 'List Odoo models',
    description:
      'Lists the Odoo models (kinds of records) that you may use and what you may do with each. Begin here when you do not know the ' +
      'technical name of a model. Then look at its fields with odoo_describe_model.',
    category: 'safe',
    integration: 'odoo',
    input: listInput,
    timeLimit: 30_000,
    resultLimit: 40_000,
    // What may be listed is what was granted; nothing granted is an answer too.
    async execute({ connection }, { agentId }) {
      const grants = connection
        ? [await requireGrant(services.access, agentId, connection)]
        : await services.access.findGrants(agentId);
      if (grants.length === 0)
        throw new ToolError('No Odoo connection is enabled for this agent. An admin can enable one.');
      const parts = grants.map((grant) => {
        const models = Map.groupBy(grant.permissions, ({ model }) => model);
        const lines = [...models].map(([model, permissions]) => {
          const title = grant.titles.get(model);
          return `- ${model}${title ? ` (${title})` : ''}: ${permissions.map(({ operation }) => operation).join(', ')}`;
        });
        const about = grant.description ? `\n${grant.description}` : '';
        const none = lines.length === 0 ? '\nNo model is allowed yet.' : '';
        return {
          text: `Connection ${grant.name} (${grant.connectionId})${about}${none}\n${lines.join('\n')}`,
          count: lines.length,
        };
      });
      const count = parts.reduce((total, part) => total + part.count, 0);
      return {
        text: parts.map(({ text }) => text.trim()).join('\n\n'),
        summary: `Listed ${counted(count, 'Odoo model', 'Odoo models')}`,
        audit: { connections: grants.map(({ connectionId }) => connectionId), models: count },
      };
    },
    auditInput: ({ connection }) => ({ ...(connection !== undefined && { connection }) }),
  };
}

const describeInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  search: z.string().max(100).optional().describe('Only fields whose name or label contains this'),
  offset: z.int().min(0).max(10_000).optional().describe('Fields to skip'),
});

const textBudget = 24_000;

export function createDescribeModelTool(services: OdooToolServices): Tool<z.output<typeof describeInput>> {
  return {
    id: 'odoo_describe_model',
    title: 'Describe Odoo model',
    description:
      'Describes the fields of an Odoo model: technical name, label, type, the model a relation leads to, allowed values, whether it is ' +
      'required or read-only. Look before you read or write a model for the first time.',
    category: 'safe',
    integration: 'odoo',
    input: describeInput,
    timeLimit: 60_000,
    resultLimit: 30_000,
    async checkScope(input, context) {
      await checkModelScope(services, input, 'read', context);
    },
    async execute(input, context) {
      return withModel(services, { input, operation: 'read', context }, async ({ fields, companies, grant }) => {
        const words = input.search?.toLowerCase() ?? '';
        const all = Object.entries(fields)
          .filter(([name, { label }]) => name.includes(words) || label.toLowerCase().includes(words))
          .sort(([left, a], [right, b]) => Number(b.required) - Number(a.required) || (left < right ? -1 : 1));
        const offset = input.offset ?? 0;
        if (offset > 0 && offset >= all.length)
          throw new ToolError(
            `${input.model} has ${counted(all.length, 'field', 'fields')}; offset ${offset} is beyond its last.`,
          );
        const lines = fitLines(all.slice(offset).map(describeField), textBudget);
        const end = offset + lines.length;
        const title = grant.titles.get(input.model);
        const head = `${input.model}${title ? ` (${title})` : ''} in ${grant.name}: fields ${all.length === 0 ? 0 : offset + 1}-${end} of ${all.length}`;
        const notes = [
          ...(end < all.length ? [`[There are more: go on with offset=${end}, or search.]`] : []),
          ...(companies.length > 1 ? [`Companies: ${companyList(companies)}.`] : []),
        ];
        return {
          text: [head, ...lines, ...notes].join('\n'),
          summary: `Described “${labelOf(input.model, grant)}”`,
          audit: { connectionId: grant.connectionId, fields: lines.length },
        };
      });
    },
    auditInput: ({ model }) => ({ model }),
  };
}

function describeField([name, field]: [string, OdooField]): string {
  const { type, relation, selection, label, required, readonly, help } = field;
  const kind = relation ? `${type} → ${relation}` : type;
  const flags = [...(required ? ['required'] : []), ...(readonly ? ['read-only'] : [])].join(', ');
  const values = selection?.slice(0, 30).map(([key, text]) => (key === text ? key : `${key} = ${text}`));
  const more = selection && selection.length > 30 ? `, … (${selection.length} in all)` : '';
  const note = help ? ` ${help.replace(/\s+/g, ' ').slice(0, 160)}` : '';
  return `- ${name} (${kind}${flags ? `; ${flags}` : ''}) ${label}.${values ? ` Values: ${values.join(', ')}${more}.` : ''}${note}`;
}
