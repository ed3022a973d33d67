import type { BudgetAction, BudgetPeriod, BudgetScope, BudgetUnit } from '../../../contract/budget-words.ts';
import type { Budget, OwnBudget } from '../../../contract/budgets.ts';
import { maxBudgets } from '../../../contract/limits.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { plainDecimal } from '../../platform/decimals.ts';
import { AppError, conflict, invalidField, notFound } from '../../platform/errors.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import { describeChanges } from '../agents/describe-changes.ts';
import { presentBudget, presentOwnBudget } from './budget.presenter.ts';
import {
  type BudgetRow,
  type BudgetState,
  type TightBudget,
  countBudgets,
  countSpent,
  deleteBudget,
  deletePeriods,
  findBudget,
  findBudgetForUpdate,
  findScopeName,
  forgetReached,
  holdUsage,
  insertBudget,
  isLimitTaken,
  listBudgets,
  listBudgetsOf,
  listBudgetsAbout,
  listTight,
  updateBudget,
} from './budget.queries.ts';

interface NewBudget {
  scope: BudgetScope;
  scopeId?: string | null | undefined;
  unit: BudgetUnit;
  amount: string;
  period: BudgetPeriod;
  action: BudgetAction;
  warnAtPercent: number;
}
type BudgetChanges = {
  [Field in 'amount' | 'period' | 'action' | 'warnAtPercent']?: NewBudget[Field] | undefined;
} & { raise?: null | undefined };

export interface BudgetService {
  list(): Promise<Budget[]>;
  /** Those that warn or are used up, the most urgent first. */
  listTight(): Promise<TightBudget[]>;
  /** What was spent in the period before counts as well. @throws AppError 400 for an unknown subject, 409 for a limit that there is */
  create(actor: Actor, body: NewBudget): Promise<Budget>;
  update(actor: Actor, id: string, changes: BudgetChanges): Promise<Budget>;
  remove(actor: Actor, id: string): Promise<void>;
  /** @throws AppError 400 unless the amount is larger and the moment lies ahead */
  raise(actor: Actor, id: string, raise: { amount: string; until: string; reason: string }): Promise<Budget>;
  /** @throws AppError 404 for an agent that the person may not use */
  listOwn(actor: Actor, agentId: string): Promise<OwnBudget[]>;
  /** Those of what is about to go. Called inside the transaction that deletes it. */
  removeWith(tx: Transaction, actor: Actor, about: { agentId: string } | { groupId: string }): Promise<void>;
}

export function createBudgetService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  agents: Pick<AgentDirectory, 'findUsable'>;
}): BudgetService {
  const { db, signals, audit, agents } = options;
  const by = ({ userId }: { userId: string }) => ({ type: 'user', id: userId }) as const;

  /** One admin changes budgets at a time, and nothing is spent meanwhile. */
  async function hold(tx: Transaction): Promise<void> {
    await lockWork(tx, 'budgets');
    await holdUsage(tx);
  }

  async function lock(tx: Transaction, id: string): Promise<BudgetRow> {
    const row = await findBudgetForUpdate(tx, id);
    if (!row) throw notFound('The budget');
    return row;
  }

  async function requireFree(tx: Transaction, limit: Parameters<typeof isLimitTaken>[1]): Promise<void> {
    if (!(await isLimitTaken(tx, limit))) return;
    throw new AppError(
      'already_exists',
      'There is a budget for this in the same unit and period already. Change that one.',
    );
  }

  async function stateOf(tx: Transaction, id: string): Promise<BudgetState> {
    const state = await findBudget(tx, id);
    if (!state) throw notFound('The budget');
    return state;
  }

  async function remove(tx: Transaction, actor: { userId: string }, id: string): Promise<void> {
    await lock(tx, id);
    const detail = detailOf(await stateOf(tx, id));
    await deleteBudget(tx, id);
    await audit.record(tx, { eventType: 'budget.deleted', actor: by(actor), resource: `budget:${id}`, detail });
    signals.signal(tx, { kind: 'budgets' });
  }

  return {
    list: async () => (await listBudgets(db)).map(presentBudget),
    listTight: () => listTight(db),
    async create(actor, { scope, scopeId = null, ...limit }) {
      requireWhole(limit);
      return signals.transaction(actor, async (tx) => {
        await hold(tx);
        if ((await countBudgets(tx)) >= maxBudgets)
          throw conflict(`There are ${maxBudgets} budgets already. Delete one that is not needed any more.`);
        if (scopeId !== null && (await findScopeName(tx, scope, scopeId)) === undefined)
          throw invalidField('scopeId', 'There is no such group, person or agent.');
        await requireFree(tx, { scope, scopeId, ...limit });
        const subject = { [`${scope}Id`]: scopeId };
        const id = await insertBudget(tx, { scope, ...(scopeId !== null && subject), ...limit });
        await countSpent(tx, id);
        const state = await stateOf(tx, id);
        const { action, warnAtPercent } = state;
        const detail = { ...detailOf(state), action, warnAtPercent };
        await audit.record(tx, { eventType: 'budget.created', actor: by(actor), resource: `budget:${id}`, detail });
        signals.signal(tx, { kind: 'budgets' });
        return presentBudget(state);
      });
    },
    async update(actor, id, { raise, ...body }) {
      return signals.transaction(actor, async (tx) => {
        await hold(tx);
        const row = await lock(tx, id);
        const before = await stateOf(tx, id);
        const changes = describeChanges(
          { ...before, raise: before.raiseAmount },
          { ...body, raise, ...(body.amount && { amount: plainDecimal(body.amount) }) },
        );
        if (Object.keys(changes).length === 0) return presentBudget(before);
        requireWhole({ unit: row.unit, amount: body.amount ?? row.amount });
        if (changes['period']) await requireFree(tx, { ...before, period: body.period! });
        await updateBudget(tx, id, { ...body, ...(raise === null && noRaise) });
        if (changes['period']) {
          await deletePeriods(tx, id);
          await countSpent(tx, id);
        } else await forgetReached(tx, id);
        const detail = { ...detailOf(before), changes };
        await audit.record(tx, { eventType: 'budget.updated', actor: by(actor), resource: `budget:${id}`, detail });
        signals.signal(tx, { kind: 'budgets' });
        return presentBudget(await stateOf(tx, id));
      });
    },
    async remove(actor, id) {
      await signals.transaction(actor, (tx) => remove(tx, actor, id));
    },
    async raise(actor, id, { amount, until, reason }) {
      const moment = new Date(until);
      if (moment.getTime() <= Date.now()) throw invalidField('until', 'Choose a moment that lies ahead.');
      if (moment.getTime() > Date.now() + 366 * 86_400_000)
        throw invalidField('until', 'Choose a moment within a year.');
      return signals.transaction(actor, async (tx) => {
        const row = await lock(tx, id);
        requireWhole({ unit: row.unit, amount });
        const before = await stateOf(tx, id);
        if (!isLarger(amount, before.amount)) throw invalidField('amount', 'Choose more than the budget itself.');
        await updateBudget(tx, id, { raiseAmount: amount, raiseUntil: moment, raiseReason: reason });
        await forgetReached(tx, id);
        const detail = {
          ...detailOf(before),
          from: before.allowed,
          to: plainDecimal(amount),
          until: moment.toISOString(),
          reason,
        };
        await audit.record(tx, { eventType: 'budget.raised', actor: by(actor), resource: `budget:${id}`, detail });
        signals.signal(tx, { kind: 'budgets' });
        return presentBudget(await stateOf(tx, id));
      });
    },
    async listOwn({ userId }, agentId) {
      if (!(await agents.findUsable(userId, agentId))) throw notFound('The agent');
      return (await listBudgetsOf(db, { userId, agentId })).map((state) => presentOwnBudget(state));
    },
    async removeWith(tx, actor, about) {
      for (const { id } of await listBudgetsAbout(tx, about)) await remove(tx, actor, id);
    },
  };
}

function detailOf({ scope, scopeId, scopeName, unit, period, amount }: BudgetState) {
  return { scope, scopeId, name: scopeName, unit, period, amount };
}

function requireWhole({ unit, amount }: { unit: BudgetUnit; amount: string }): void {
  if (unit === 'tokens' && plainDecimal(amount).includes('.'))
    throw invalidField('amount', 'Tokens are counted whole.');
}

const noRaise = { raiseAmount: null, raiseUntil: null, raiseReason: null };

/** Of decimals, exactly. */
function isLarger(one: string, other: string): boolean {
  const scaled = (amount: string) => {
    const [whole = '0', fraction = ''] = amount.split('.');
    return BigInt(whole + fraction.padEnd(10, '0'));
  };
  return scaled(one) > scaled(other);
}
