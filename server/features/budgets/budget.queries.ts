import { count, eq, sql } from 'drizzle-orm';
import type { BudgetAction, BudgetPeriod, BudgetScope, BudgetUnit } from '../../../contract/budget-words.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { agents, budgets, groups, users } from '../../db/schema/index.ts';
import { allowed, concerning, periodEnd, periodStart, reservedNow, spentNow } from './reservation.queries.ts';

export type BudgetRow = typeof budgets.$inferSelect;

/** A budget with what became of it in its period. Amounts are decimals without trailing zeros. */
export interface BudgetState extends Record<string, unknown> {
  id: string;
  scope: BudgetScope;
  scopeId: string | null;
  scopeName: string | null;
  unit: BudgetUnit;
  amount: string;
  period: BudgetPeriod;
  action: BudgetAction;
  warnAtPercent: number;
  spent: string;
  reserved: string;
  /** What may be spent now, a raise included. */
  allowed: string;
  /** Never below 0. */
  left: string;
  /** Of what may be spent, whole percent, rounded down. */
  percent: number;
  resetsAt: string;
  raiseAmount: string | null;
  raiseUntil: string | null;
  raiseReason: string | null;
}

const scopeName = sql`coalesce((select name from groups where id = group_id), (select name from users where id = user_id),
  (select name from agents where id = agent_id))`;

const stateOf = (condition = sql`true`) => sql`
  select id, scope, coalesce(group_id, user_id, agent_id) as "scopeId", ${scopeName} as "scopeName",
    unit, trim_scale(amount)::text as amount, period, action, warn_at_percent as "warnAtPercent",
    trim_scale(${spentNow})::text as spent, trim_scale(${reservedNow})::text as reserved,
    trim_scale(${allowed})::text as allowed, trim_scale(greatest(${allowed} - ${spentNow}, 0))::text as "left",
    least(floor(${spentNow} * 100 / ${allowed}), 1000000)::int as percent, ${periodEnd} as "resetsAt",
    case when raise_until > now() then trim_scale(raise_amount)::text end as "raiseAmount",
    case when raise_until > now() then raise_until end as "raiseUntil",
    case when raise_until > now() then raise_reason end as "raiseReason"
  from budgets where ${condition}`;

/** The organisation's first, then by name. */
export async function listBudgets(db: Executor): Promise<BudgetState[]> {
  const { rows } = await db.execute<BudgetState>(sql`
    select * from (${stateOf()}) found
    order by array_position(array['organisation', 'group', 'agent', 'user'], scope), lower("scopeName"), unit, period, id`);
  return rows;
}

export async function findBudget(executor: Executor, id: string): Promise<BudgetState | undefined> {
  const { rows } = await executor.execute<BudgetState>(stateOf(sql`id = ${id}`));
  return rows[0];
}

/** Those that what this person does with this agent is counted in. */
export async function listBudgetsOf(
  db: Executor,
  { userId, agentId }: { userId: string; agentId: string },
): Promise<BudgetState[]> {
  const { rows } = await db.execute<BudgetState>(sql`
    select * from (${stateOf(concerning({ userId, agentId }))}) found
    order by percent desc, id`);
  return rows;
}

const maxTight = 20;

export interface TightBudget extends Record<string, unknown> {
  id: string;
  scope: BudgetScope;
  name: string | null;
  period: BudgetPeriod;
  usedUp: boolean;
}

/** Those of whose present period so much is spent that they warn, the most urgent first. */
export async function listTight(db: Executor): Promise<TightBudget[]> {
  const { rows } = await db.execute<TightBudget>(sql`
    select id, scope, name, period, spent >= allowed as "usedUp" from (
      select id, scope, period, warn_at_percent, ${scopeName} as name, spent, ${allowed} as allowed
      from budgets join budget_periods on budget_id = id and start = ${periodStart}
    ) found
    where spent * 100 >= allowed * warn_at_percent order by spent / allowed desc, id limit ${maxTight}`);
  return rows;
}

export async function countBudgets(tx: Transaction): Promise<number> {
  const [found] = await tx.select({ count: count() }).from(budgets);
  return found?.count ?? 0;
}

/** The name of what a budget would be about, which is there until the transaction ends; undefined where there is no such thing. */
export async function findScopeName(tx: Transaction, scope: BudgetScope, id: string): Promise<string | undefined> {
  const locked = async (table: typeof groups | typeof users) =>
    (await tx.select({ name: table.name }).from(table).where(eq(table.id, id)).for('key share'))[0]?.name;
  if (scope === 'group') return locked(groups);
  if (scope === 'user') return locked(users);
  const [agent] = await tx
    .select({ name: agents.name, deletedAt: agents.deletedAt })
    .from(agents)
    .where(eq(agents.id, id))
    .for('key share');
  return agent && agent.deletedAt === null ? agent.name : undefined;
}

/** Whether another budget limits the same: in the same unit, over the same period. */
export async function isLimitTaken(
  tx: Transaction,
  limit: { scope: BudgetScope; scopeId: string | null; unit: BudgetUnit; period: BudgetPeriod },
): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from budgets where scope = ${limit.scope} and unit = ${limit.unit} and period = ${limit.period}
      and coalesce(group_id, user_id, agent_id) is not distinct from ${limit.scopeId}::uuid`);
  return rows.length > 0;
}

/**
 * No usage is written from here to the end of the transaction: what a period has come to can be added up. Called before any row
 * is locked.
 */
export async function holdUsage(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table usage_records, uncounted_usage in share mode`);
}

/** Adds up what the current period has come to so far, also what nobody counted. Called after `holdUsage`. */
export async function countSpent(tx: Transaction, id: string): Promise<void> {
  const spender = { userId: sql`used.user_id`, agentId: sql`used.agent_id` };
  await tx.execute(sql`
    insert into budget_periods (budget_id, start, spent)
    select budgets.id, ${periodStart}, coalesce(sum(case unit when 'usd' then coalesce(cost, 0) else tokens end), 0)
    from budgets left join (
      select day, user_id, agent_id, cost, input_tokens + output_tokens + cache_read_tokens + cache_write_tokens as tokens from usage_days
      union all select day, user_id, agent_id, cost, tokens from uncounted_usage
    ) used on day >= ${periodStart} and ${concerning(spender)}
    where budgets.id = ${id} group by budgets.id
    on conflict (budget_id, start) do update set spent = excluded.spent`);
}

export async function deletePeriods(tx: Transaction, id: string): Promise<void> {
  await tx.execute(sql`delete from budget_periods where budget_id = ${id}`);
}

/** What was told of counts anew, since other amounts hold. */
export async function forgetReached(tx: Transaction, id: string): Promise<void> {
  await tx.execute(sql`update budget_periods set reached_percent = 0 where budget_id = ${id}`);
}

/** Locks the row until the transaction ends. */
export async function findBudgetForUpdate(tx: Transaction, id: string): Promise<BudgetRow | undefined> {
  const [row] = await tx.select().from(budgets).where(eq(budgets.id, id)).for('no key update');
  return row;
}

export async function insertBudget(tx: Transaction, values: typeof budgets.$inferInsert): Promise<string> {
  const [row] = await tx.insert(budgets).values(values).returning({ id: budgets.id });
  if (!row) throw new Error('The budget was not inserted.');
  return row.id;
}

export async function updateBudget(
  tx: Transaction,
  id: string,
  changes: { [Field in keyof typeof budgets.$inferInsert]?: (typeof budgets.$inferInsert)[Field] | undefined },
): Promise<void> {
  await tx
    .update(budgets)
    .set({ ...changes, updatedAt: new Date() })
    .where(eq(budgets.id, id));
}

export async function deleteBudget(tx: Transaction, id: string): Promise<void> {
  await tx.delete(budgets).where(eq(budgets.id, id));
}

/** Of an agent or a group, in the order in which budgets are locked. */
export async function listBudgetsAbout(
  tx: Transaction,
  about: { agentId: string } | { groupId: string },
): Promise<{ id: string }[]> {
  const isAbout = 'agentId' in about ? eq(budgets.agentId, about.agentId) : eq(budgets.groupId, about.groupId);
  return tx.select({ id: budgets.id }).from(budgets).where(isAbout).orderBy(budgets.id);
}
