import { budgetEndpoints } from '../../../contract/budgets.ts';
import { takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { BudgetService } from './budget.service.ts';

export function addBudgetRoutes(add: AddEndpoint, { budgets }: { budgets: BudgetService }): void {
  add(budgetEndpoints.listBudgets, async ({ actor, reply }) => {
    await takeListTurn(reply, actor.userId);
    return { budgets: await budgets.list() };
  });
  add(budgetEndpoints.createBudget, ({ actor, body }) => budgets.create(actor, body));
  add(budgetEndpoints.updateBudget, ({ actor, params, body }) => budgets.update(actor, params.id, body));
  add(budgetEndpoints.deleteBudget, async ({ actor, params }) => {
    await budgets.remove(actor, params.id);
    return success;
  });
  add(budgetEndpoints.raiseBudget, ({ actor, params, body }) => budgets.raise(actor, params.id, body));
  add(budgetEndpoints.listOwnBudgets, async ({ actor, query, reply }) => {
    await takeListTurn(reply, actor.userId);
    return { budgets: await budgets.listOwn(actor, query.agentId) };
  });
}
