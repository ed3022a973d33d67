/** Leads to the budgets among what stands on the page of usage. */
export const budgetsHash = 'budgets';
