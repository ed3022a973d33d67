import type { Budget, OwnBudget } from '../../../contract/budgets.ts';
import type { BudgetState } from './budget.queries.ts';

export function presentBudget(state: BudgetState): Budget {
  const { id, scope, scopeId, scopeName, unit, amount, period, action, warnAtPercent, spent, reserved } = state;
  const { raiseAmount, raiseUntil, raiseReason } = state;
  return {
    ...{ id, scope, scopeId, scopeName, unit, amount, period, action, warnAtPercent, spent, reserved },
    resetsAt: asMoment(state.resetsAt),
    raise:
      raiseAmount !== null && raiseUntil !== null
        ? { amount: raiseAmount, until: asMoment(raiseUntil), reason: raiseReason ?? '' }
        : null,
  };
}

/** What others spend is not told: of what they spend from too, only how it stands. */
export function presentOwnBudget(state: BudgetState): OwnBudget {
  const { scope, unit, period, action, warnAtPercent, percent, allowed, left } = state;
  const isOwn = scope === 'user';
  return {
    ...{ scope, unit, period, action },
    resetsAt: asMoment(state.resetsAt),
    state: percent >= 100 ? 'used_up' : percent >= warnAtPercent ? 'warned' : 'open',
    amount: isOwn ? allowed : null,
    left: isOwn ? left : null,
    usedPercent: isOwn ? percent : null,
  };
}

const asMoment = (text: string) => new Date(text).toISOString();
