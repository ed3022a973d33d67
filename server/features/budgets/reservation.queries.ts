import { type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { BudgetScope, BudgetUnit } from '../../../contract/budget-words.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { preparedSql } from '../../db/prepared.ts';

// Budgets are locked by id wherever something of them is reserved, spent or given back: nobody waits in a circle, and what is
// seen after the lock holds until the transaction ends.

const userId = sql.placeholder('userId');
const agentId = sql.placeholder('agentId');
const holder = sql.placeholder('holder');

type Id = string | SQL | Placeholder;

/** Whether a budget is about what this person does with this agent. */
export const concerning = ({ userId: user, agentId: agent }: { userId: Id; agentId: Id }) =>
  sql`(scope = 'organisation' or budgets.user_id = ${user}::uuid or budgets.agent_id = ${agent}::uuid or (scope = 'group' and
    exists (select from group_members where group_members.group_id = budgets.group_id and group_members.user_id = ${user}::uuid)))`;
const concerns = concerning({ userId, agentId });

/** The first moment of the period that is now, and of the next one. */
export const periodStart = sql`date_trunc(period, now() at time zone 'UTC') at time zone 'UTC'`;
export const periodEnd = sql`(date_trunc(period, now() at time zone 'UTC') + ('1 ' || period)::interval) at time zone 'UTC'`;
/** What may be spent now. */
export const allowed = sql`case when raise_until > now() then greatest(raise_amount, amount) else amount end`;
export const spentNow = sql`coalesce((select spent from budget_periods where budget_id = budgets.id and start = ${periodStart}), 0)`;
const reservedBy = (condition = sql``) =>
  sql`coalesce((select sum(reserved.amount) from budget_reservations reserved
    where reserved.budget_id = budgets.id and reserved.expires_at > now() ${condition}), 0)`;
export const reservedNow = reservedBy();

/** Which budgets there are at all, so that nobody is asked about who has none. */
export async function findLimited(db: Executor): Promise<{ scope: BudgetScope; blocks: boolean; id: string | null }[]> {
  const { rows } = await db.execute<{ scope: BudgetScope; blocks: boolean; id: string | null }>(sql`
    select distinct scope, action = 'block' as blocks, case when scope in ('user', 'agent') then coalesce(user_id, agent_id) end as id
    from budgets`);
  return rows;
}

export const lockBudgets = preparedSql<{ id: string }, { userId: string; agentId: string }>(
  'budgets_lock',
  sql`select id from budgets where action = 'block' and ${concerns} order by id for no key update`,
);

export interface Room extends Record<string, unknown> {
  id: string;
  scope: BudgetScope;
  unit: BudgetUnit;
  resetsAt: Date;
  /** Tokens that may be written; null where writing costs nothing, and below 0 where not even the reading fits. */
  writes: string | null;
}

interface CallAmounts extends Record<string, unknown> {
  userId: string;
  agentId: string;
  holder: string;
  /** What the reading costs, and each token written, in US dollars; null where nobody knows. */
  readCost: string | null;
  tokenCost: string | null;
  readTokens: number;
}

const inUnit = (usd: ReturnType<typeof sql>, tokens: ReturnType<typeof sql>) =>
  sql`case unit when 'usd' then ${usd} else ${tokens} end`;
const readCost = sql`${sql.placeholder('readCost')}::numeric`;
const tokenCost = sql`${sql.placeholder('tokenCost')}::numeric`;
const readTokens = sql`${sql.placeholder('readTokens')}::numeric`;
const writes = sql`${sql.placeholder('writes')}::int`;
const readAmount = inUnit(readCost, readTokens);
const perToken = inUnit(tokenCost, sql`1::numeric`);

/** What each budget leaves, beside what others reserved. Called after `lockBudgets`; those in dollars are left out where the call is free. */
export const findRoom = preparedSql<Room, CallAmounts>(
  'budgets_room',
  sql`
    select id, scope, unit, ${periodEnd} as "resetsAt",
      (case when ${perToken} > 0 then floor((left_over - ${readAmount}) / ${perToken}) when ${readAmount} > left_over then -1 end)::text as writes
    from (
      select *, ${allowed} - ${spentNow} - ${reservedBy(sql`and reserved.holder <> ${holder}::uuid`)} as left_over
      from budgets where action = 'block' and ${concerns}
    ) budgets
    where (unit = 'usd' and ${readCost} = 0 and ${tokenCost} = 0) is not true`,
);

/** In those that are locked: one that was made since may be gone again by now. */
export const insertReservations = preparedSql<
  Record<string, unknown>,
  CallAmounts & { budgetIds: string[]; writes: number; minutes: number }
>(
  'budgets_reserve',
  sql`
    insert into budget_reservations (budget_id, holder, user_id, agent_id, amount, read_tokens, read_cost, token_cost, writes, expires_at)
    select id, ${holder}::uuid, ${userId}::uuid, ${agentId}::uuid, coalesce(${readAmount} + ${perToken} * ${writes}, 0), ${readTokens},
      ${readCost}, ${tokenCost}, ${writes}, now() + ${sql.placeholder('minutes')}::int * interval '1 minute'
    from budgets where id = any(${sql.placeholder('budgetIds')}::uuid[])
    on conflict (budget_id, holder) do update set amount = excluded.amount, read_tokens = excluded.read_tokens,
      read_cost = excluded.read_cost, token_cost = excluded.token_cost, writes = excluded.writes, expires_at = excluded.expires_at`,
);

/** What was used is recorded: the estimate ends with it. */
export const deleteReservations = preparedSql<Record<string, unknown>, { holder: string }>(
  'budgets_settle',
  sql`delete from budget_reservations where holder = ${holder}::uuid`,
);

/** Whom a holder's call is counted for: what it was reserved in, and what concerns it and only warns. */
const ofCall = sql`(id in (select budget_id from budget_reservations where holder = ${holder}::uuid) or exists (
  select from budget_reservations call where call.holder = ${holder}::uuid
    and ${concerning({ userId: sql`call.user_id`, agentId: sql`call.agent_id` })}))`;

/** As whoever adds up what was spent locks it: the table before the budgets. */
export const holdCharges = preparedSql<Record<string, unknown>, Record<string, never>>(
  'budgets_hold_charges',
  sql`lock table uncounted_usage in row exclusive mode`,
);

export const lockReserved = preparedSql<Record<string, unknown>, { holder: string }>(
  'budgets_lock_reserved',
  sql`select id from budgets where ${ofCall} order by id for no key update`,
);

/**
 * Turns what was reserved into what was spent: what was read, and as many tokens as came. It is kept beside the records too, for
 * budgets that are added up anew. Called after `holdCharges` and `lockReserved`.
 */
export const chargeReserved = preparedSql<Record<string, unknown>, { holder: string; written: number }>(
  'budgets_charge',
  sql`
    with counted as materialized (select id, unit, period from budgets where ${ofCall}),
    gone as (delete from budget_reservations where holder = ${holder}::uuid returning *),
    call as (
      select user_id, agent_id, read_tokens + came as tokens, read_cost + token_cost * came as cost
      from (select *, least(writes, ${sql.placeholder('written')}::bigint) as came from gone limit 1) one
    ),
    noted as (
      insert into uncounted_usage as kept (day, user_id, agent_id, tokens, cost)
      select date_trunc('day', now() at time zone 'UTC') at time zone 'UTC', user_id, agent_id, tokens, coalesce(cost, 0) from call
      on conflict (day, agent_id, user_id) do update set tokens = kept.tokens + excluded.tokens, cost = kept.cost + excluded.cost
    )
    insert into budget_periods as kept (budget_id, start, spent)
    select id, ${periodStart}, ${inUnit(sql`coalesce(cost, 0)`, sql`tokens`)} from counted, call
    on conflict (budget_id, start) do update set spent = kept.spent + excluded.spent`,
);

export interface ReachedBudget extends Record<string, unknown> {
  id: string;
  percent: number;
  spent: string;
}

/** Notes which thresholds were crossed in the current period, and returns each once. Called after `lockAllBudgets`. */
export async function noteReached(tx: Transaction): Promise<ReachedBudget[]> {
  const { rows } = await tx.execute<ReachedBudget>(sql`
    with reached as (
      select id, start, trim_scale(spent)::text as spent, reached_percent,
        case when spent >= ${allowed} then 100 when spent * 100 >= ${allowed} * warn_at_percent then warn_at_percent else 0 end as percent
      from budgets join budget_periods on budget_id = id and start = ${periodStart}
    ), noted as (
      update budget_periods set reached_percent = reached.percent from reached
      where budget_periods.budget_id = reached.id and budget_periods.start = reached.start and reached.percent > reached.reached_percent
      returning budget_periods.budget_id
    )
    select id, percent, spent from reached where id in (select budget_id from noted) order by id`);
  return rows;
}

/** Whether anything could be noted: asked without a lock. */
export async function isAnyReached(db: Executor): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from budgets join budget_periods on budget_id = id and start = ${periodStart}
    where reached_percent < 100 and (spent >= ${allowed} or (reached_percent = 0 and spent * 100 >= ${allowed} * warn_at_percent)) limit 1`);
  return rows.length > 0;
}

export async function lockAllBudgets(tx: Transaction): Promise<void> {
  await tx.execute(sql`select id from budgets order by id for no key update`);
}

/** Reservations of calls that nobody can be making any more, and periods that nobody asks about. */
export async function deleteOver(db: Executor): Promise<void> {
  await db.execute(sql`delete from budget_reservations where expires_at < now() - interval '1 hour'`);
  await db.execute(sql`delete from budget_periods where start < now() - interval '400 days'`);
  await db.execute(sql`delete from uncounted_usage where day < now() - interval '400 days'`);
}
