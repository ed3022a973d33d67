import * as z from 'zod';
import { dateTimeSchema, idParams, idSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { budgetActions, budgetPeriods, budgetScopes, budgetUnits } from './budget-words.ts';
import { routes } from './routes.ts';

const scopeSchema = z.enum(budgetScopes).meta({
  description: 'Whose spending counts: everybody’s, that of a group’s members, of one person, or with one agent',
});
const unitSchema = z.enum(budgetUnits).meta({
  description: 'US dollars, or tokens: all that a model reads and writes, from its cache too',
});
const periodSchema = z.enum(budgetPeriods).meta({ description: 'In UTC; a week begins on Monday' });
const actionSchema = z.enum(budgetActions).meta({
  description: '`block` lets nothing through that may go beyond the amount; `warn` only tells',
});
const percentSchema = z.int().min(1, 'Give 1 to 100 percent.').max(100, 'Give 1 to 100 percent.');

/** A decimal as text: sums of money are never rounded. */
const amountSchema = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,10})?$/, 'Give an amount such as 25 or 12.50.')
  .refine((text) => /[1-9]/.test(text), 'An amount is more than 0.');
const reasonSchema = z
  .string()
  .trim()
  .min(1, 'Say why.')
  .max(500, 'A reason has at most 500 characters.')
  .refine((text) => !/\p{Cc}/u.test(text), 'A reason has no control characters.');
const laterSchema = z.iso.datetime({ offset: true, error: 'Give a moment such as 2026-01-31T00:00:00Z.' });

export const budgetSchema = z
  .object({
    id: idSchema,
    scope: scopeSchema,
    scopeId: idSchema.nullable().meta({ description: 'Of the group, person or agent; null for the organisation' }),
    scopeName: z.string().nullable(),
    unit: unitSchema,
    amount: z.string(),
    period: periodSchema,
    action: actionSchema,
    warnAtPercent: percentSchema,
    spent: z.string().meta({ description: 'In this period' }),
    reserved: z.string().meta({ description: 'What answers under way may cost at most' }),
    resetsAt: dateTimeSchema,
    raise: z
      .object({ amount: z.string(), until: dateTimeSchema, reason: z.string() })
      .nullable()
      .meta({ description: 'What holds in place of `amount` for now' }),
  })
  .meta({ id: 'Budget' });
export type Budget = z.infer<typeof budgetSchema>;

export const ownBudgetSchema = z
  .object({
    scope: scopeSchema,
    unit: unitSchema,
    period: periodSchema,
    action: actionSchema,
    resetsAt: dateTimeSchema,
    state: z.enum(['open', 'warned', 'used_up']).meta({ description: '`warned` from `warnAtPercent` on' }),
    amount: z.string().nullable().meta({ description: 'Null where others spend from it too' }),
    left: z.string().nullable().meta({ description: 'Null where others spend from it too' }),
    usedPercent: z.int().nullable().meta({ description: 'Null where others spend from it too' }),
  })
  .meta({ id: 'OwnBudget', description: 'What a budget leaves to one person' });
export type OwnBudget = z.infer<typeof ownBudgetSchema>;

const limits = {
  amount: amountSchema,
  period: periodSchema,
  action: actionSchema,
  warnAtPercent: percentSchema,
};

export const budgetEndpoints = {
  listBudgets: endpoint({
    ...routes.listBudgets,
    tag: 'Budgets',
    summary: 'All budgets with what was spent and reserved in their period',
    answer: z.object({ budgets: z.array(budgetSchema) }),
  }),
  createBudget: endpoint({
    ...routes.createBudget,
    tag: 'Budgets',
    summary: 'Limit what the organisation, a group, a person or an agent may spend in a period',
    body: z
      .strictObject({
        scope: scopeSchema,
        scopeId: idSchema.nullable().optional(),
        unit: unitSchema,
        ...limits,
        action: actionSchema.default('block'),
        warnAtPercent: percentSchema.default(80),
      })
      .refine(({ scope, scopeId }) => (scope === 'organisation') === (scopeId == null), {
        path: ['scopeId'],
        message: 'Name a group, a person or an agent; for the organisation leave it out.',
      }),
    answer: budgetSchema,
    status: 201,
    errors: ['already_exists', 'conflict'],
  }),
  updateBudget: endpoint({
    ...routes.updateBudget,
    tag: 'Budgets',
    summary: 'Change a budget; what was spent stays spent',
    params: idParams,
    body: z
      .strictObject({
        amount: limits.amount.optional(),
        period: limits.period.optional(),
        action: limits.action.optional(),
        warnAtPercent: limits.warnAtPercent.optional(),
        raise: z.null().optional().meta({ description: 'Null ends a raise before its time' }),
      })
      .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.'),
    answer: budgetSchema,
    errors: ['already_exists'],
  }),
  deleteBudget: endpoint({
    ...routes.deleteBudget,
    tag: 'Budgets',
    summary: 'Delete a budget: it limits nothing any more',
    params: idParams,
    answer: successSchema,
  }),
  raiseBudget: endpoint({
    ...routes.raiseBudget,
    tag: 'Budgets',
    summary:
      'Let a larger amount hold in place of the budget’s own until a moment; a new raise replaces the one before',
    params: idParams,
    body: z.strictObject({ amount: amountSchema, until: laterSchema, reason: reasonSchema }),
    answer: budgetSchema,
  }),
  listOwnBudgets: endpoint({
    ...routes.listOwnBudgets,
    tag: 'Budgets',
    summary: 'What budgets leave to oneself with an agent',
    query: z.strictObject({ agentId: idSchema }),
    answer: z.object({ budgets: z.array(ownBudgetSchema) }),
    errors: ['not_found'],
  }),
};
