// Without schemas, so that a page can import it at no cost.

export const budgetScopes = ['organisation', 'group', 'user', 'agent'] as const;
export type BudgetScope = (typeof budgetScopes)[number];
export const budgetUnits = ['usd', 'tokens'] as const;
export type BudgetUnit = (typeof budgetUnits)[number];
export const budgetPeriods = ['day', 'week', 'month'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];
export const budgetActions = ['block', 'warn'] as const;
export type BudgetAction = (typeof budgetActions)[number];
