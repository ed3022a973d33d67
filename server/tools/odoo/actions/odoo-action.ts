import type * as z from 'zod';
import type { Operation } from '../../../../contract/integrations.ts';
import type { ProposedAction, ProposedField, ProposedLineField } from '../../../../contract/proposals.ts';
import { type Tool, type ToolContext, ToolError } from '../../tool.ts';
import { requirePermission } from '../odoo-access.ts';
import type { OdooRow } from '../odoo-client.ts';
import { showText } from '../proposal/shown-value.ts';
import { proposeInOdoo, targetOf } from '../proposal/propose.ts';
import { checkModelScope, type OdooSession, type OdooToolServices, withModel } from '../odoo-session.ts';
import { labelOf } from '../model-words.ts';

/** What an action is about, and what it will do. */
export interface ActionPlan {
  /** The record by the name that people know it by, for the trail. */
  record: { model: string; id: number; name: string };
  /** A sentence for the person who decides: "Confirms the quotation S00003 for Deco Addict over 99.00 EUR." */
  words: string;
  /** What it sets, and what is so and stays so, for the card. */
  proposal: { action: ProposedAction; about?: ProposedLineField[]; fields?: ProposedField[] };
  /** What else it rests on, whole. */
  basis?: unknown;
  /** Does it, and looks afterwards: throws ToolError unless Odoo says that it is done. */
  run(): Promise<ActionResult>;
}

export interface ActionResult {
  /** What Odoo has now, for the model. */
  text: string;
  /** What was done, for a person. */
  summary: string;
  audit?: Record<string, unknown>;
}

interface ActionOptions<Input> {
  id: string;
  title: string;
  description: string;
  input: z.ZodType<Input>;
  /** The model that the action is about, and what the agent must be allowed. */
  modelOf(input: Input): string;
  needs(input: Input): [model: string, operation: Operation][];
  /** Looks at the record. Throws ToolError when the action cannot be done now. */
  plan(session: OdooSession, input: Input): Promise<ActionPlan>;
  /** It cannot be taken back in Odoo. */
  destructive?: true;
  /** Actions of one name follow one another, on whichever server. */
  exclusively?: (session: OdooSession) => string;
  auditInput(input: Input): Record<string, unknown>;
}

/** A business action as a tool of its own: by the object's own methods, described before it is approved, read back after. */
export function createActionTool<Input extends { connection?: string | undefined }>(
  services: OdooToolServices,
  options: ActionOptions<Input>,
): Tool<Input> {
  const { id, title, description, input: schema, modelOf, needs, plan, auditInput } = options;

  async function checkScope(input: Input, context: ToolContext): Promise<void> {
    const [[model, operation], ...others] = needs(input) as [[string, Operation], ...[string, Operation][]];
    const { connection } = input;
    const grant = await checkModelScope(services, { connection, model }, operation, context);
    for (const [other, wanted] of others) requirePermission(grant, other, wanted);
  }

  async function within<Result>(input: Input, context: ToolContext, work: (session: OdooSession) => Promise<Result>) {
    await checkScope(input, context);
    const about = { connection: input.connection, model: modelOf(input) };
    return withModel(services, { input: about, operation: needs(input)[0]?.[1] ?? 'write', context }, work);
  }

  return {
    id,
    title,
    description,
    category: 'powerful',
    integration: 'odoo',
    ...(options.destructive && { destructive: true }),
    input: schema,
    timeLimit: 90_000,
    resultLimit: 10_000,
    checkScope,
    preview: (input, context) =>
      within(input, context, async (session) => {
        const { words, record, proposal, basis } = await plan(session, input);
        return {
          words: `${words} (${session.grant.name})`,
          proposal: proposeInOdoo(session, { ...proposal, records: [record] }),
          basis: { target: targetOf(session), record, basis },
        };
      }),
    execute: (input, context) =>
      within(input, context, async (session) => {
        const act = async () => {
          const { record, run } = await plan(session, input);
          const { text, summary, audit } = await run();
          return { text, summary, audit: { connectionId: session.grant.connectionId, record, ...audit } };
        };
        if (!options.exclusively) return act();
        return services.exclusively(options.exclusively(session), act, context.signal);
      }),
    auditInput,
  };
}

/** One record with those of the fields that this version of Odoo has. Throws ToolError. */
export async function readOne(session: OdooSession, id: number, names: string[]): Promise<OdooRow> {
  const known = names.filter((name) => Object.hasOwn(session.fields, name));
  const [row] = await session.client.read(session.model, [id], ['display_name', ...known], session.signal);
  if (!row) throw new ToolError(`“${labelOf(session.model, session.grant)}” ${id} does not exist in Odoo.`);
  return row;
}

export function nameOf(row: OdooRow): string {
  const { name, display_name: shown } = row;
  const found = [shown, name].find((value) => typeof value === 'string' && value !== '' && value !== '/');
  return String(found ?? row.id).slice(0, 200);
}

/** What is said to the tool, not to a field of Odoo: the page has words for its name. */
export const told = (name: string, value: string | number | undefined): ProposedLineField[] =>
  value === undefined
    ? []
    : [{ name, labels: {}, after: typeof value === 'number' ? { kind: 'number', number: value } : showText(value) }];

/** The same for one of a few values, of which the page has the words. */
export const chosen = (name: string, key: string | undefined): ProposedLineField[] =>
  key === undefined ? [] : [{ name, labels: {}, after: { kind: 'choice', key, labels: {} } }];

/** The name of a many2one's record; undefined when it is empty. */
export const relatedName = (value: unknown): string | undefined =>
  Array.isArray(value) && typeof value[1] === 'string' ? value[1].slice(0, 200) : undefined;

/** "1,200.00 EUR" */
export function money(amount: unknown, currency: unknown): string {
  const number = Number(amount).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return [number, relatedName(currency)].filter(Boolean).join(' ');
}

export const forWhom = (partner: unknown): string => (relatedName(partner) ? ` for ${relatedName(partner)}` : '');

/** A method that answers with a page of Odoo asks something that only a person can answer there. */
export function questionOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('res_model' in answer)) return undefined;
  const { name, res_model: model } = answer as { name?: unknown; res_model?: unknown };
  return typeof name === 'string' && name !== '' ? name : String(model);
}

/** After a call that was accepted, without the outcome that was wanted. */
export function notDone(name: string, answer: unknown): ToolError {
  const question = questionOf(answer);
  return new ToolError(
    question
      ? `Odoo did not do it, but asks something first (“${question.slice(0, 100)}”) that can only be answered in Odoo. Tell the person to do it there: ${name}.`
      : `Odoo accepted the call, but ${name} does not show it. Nothing is certain; tell the person to look in Odoo, and do not repeat the call.`,
  );
}
