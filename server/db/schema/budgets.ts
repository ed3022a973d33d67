import { sql } from 'drizzle-orm';
import { check, index, integer, numeric, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { budgetActions, budgetPeriods, budgetScopes, budgetUnits } from '../../../contract/budget-words.ts';
import { agents } from './agents.ts';
import { users } from './auth.ts';
import { moment } from './moment.ts';
import { groups } from './people.ts';

/** What may be spent in a period: by everybody, the members of a group, a person, or with an agent. */
export const budgets = pgTable(
  'budgets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    scope: text('scope', { enum: budgetScopes }).notNull(),
    groupId: uuid('group_id').references(() => groups.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    agentId: uuid('agent_id').references(() => agents.id, { onDelete: 'cascade' }),
    unit: text('unit', { enum: budgetUnits }).notNull(),
    amount: numeric('amount', { precision: 30, scale: 10 }).notNull(),
    period: text('period', { enum: budgetPeriods }).notNull(),
    action: text('action', { enum: budgetActions }).notNull(),
    warnAtPercent: integer('warn_at_percent').notNull(),
    /** Holds in place of `amount` until then. */
    raiseAmount: numeric('raise_amount', { precision: 30, scale: 10 }),
    raiseUntil: moment('raise_until'),
    raiseReason: text('raise_reason'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    check(
      'budgets_subject',
      sql`num_nonnulls(group_id, user_id, agent_id) = (scope <> 'organisation')::int
        and (scope <> 'group' or group_id is not null) and (scope <> 'user' or user_id is not null)
        and (scope <> 'agent' or agent_id is not null)`,
    ),
    uniqueIndex('budgets_once').on(
      table.scope,
      sql`coalesce(group_id, user_id, agent_id, '00000000-0000-0000-0000-000000000000'::uuid)`,
      table.unit,
      table.period,
    ),
  ],
);

/** What was spent of a budget in one of its periods, as of its first moment in UTC. Usage records add to it by trigger. */
export const spentPeriods = pgTable(
  'budget_periods',
  {
    budgetId: uuid('budget_id')
      .notNull()
      .references(() => budgets.id, { onDelete: 'cascade' }),
    start: moment('start').notNull(),
    spent: numeric('spent', { precision: 40, scale: 10 }).notNull(),
    /** The highest threshold that was told of. */
    reachedPercent: integer('reached_percent').notNull().default(0),
  },
  (table) => [primaryKey({ name: 'budget_periods_pk', columns: [table.budgetId, table.start] })],
);

/** What a model's call under way may cost at most, until it is known. */
export const budgetReservations = pgTable(
  'budget_reservations',
  {
    budgetId: uuid('budget_id')
      .notNull()
      .references(() => budgets.id, { onDelete: 'cascade' }),
    /** The run, or what else makes one call after the other. */
    holder: uuid('holder').notNull(),
    userId: uuid('user_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    /** In the budget's unit. */
    amount: numeric('amount', { precision: 30, scale: 10 }).notNull(),
    /** Of that, what it has cost as soon as the model reads; US dollars, null where no price is known. */
    readTokens: numeric('read_tokens').notNull(),
    readCost: numeric('read_cost'),
    /** What each token costs that it writes, and how many it may. */
    tokenCost: numeric('token_cost'),
    writes: integer('writes').notNull(),
    /** By then nobody can be making the call any more. */
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'budget_reservations_pk', columns: [table.budgetId, table.holder] }),
    index('budget_reservations_holder').on(table.holder),
  ],
);

/** What calls came to that no provider counted, by day of UTC: stopped and lost answers, as far as a budget held them. */
export const uncountedUsage = pgTable(
  'uncounted_usage',
  {
    day: moment('day').notNull(),
    agentId: uuid('agent_id').notNull(),
    userId: uuid('user_id').notNull(),
    tokens: numeric('tokens').notNull(),
    /** US dollars. */
    cost: numeric('cost').notNull(),
  },
  (table) => [primaryKey({ name: 'uncounted_usage_pk', columns: [table.day, table.agentId, table.userId] })],
);
