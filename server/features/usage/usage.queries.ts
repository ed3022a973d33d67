import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { UsageSource } from '../../../contract/usage.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { agents, usageRecords, users } from '../../db/schema/index.ts';
import { inWindow, recordsAround, rollupsIn, summed, sumsOf } from './usage-window.queries.ts';
import type { UsageWindow } from './usage-window.ts';

/** Sums as decimal strings; the cost is null where no record has a price. */
export interface Sums {
  inputTokens: string;
  outputTokens: string;
  cacheReadTokens: string;
  cacheWriteTokens: string;
  cost: string | null;
}

/** Of rows that have the columns of `sumsOf`. */
const asText = sql.raw(
  'sum(input_tokens)::text as "inputTokens", sum(output_tokens)::text as "outputTokens", ' +
    'sum(cache_read_tokens)::text as "cacheReadTokens", sum(cache_write_tokens)::text as "cacheWriteTokens", ' +
    'trim_scale(sum(spent.cost))::text as cost',
);

export interface SummaryRow extends Sums {
  /** Set on the rows of sources, null on those of agents. */
  source: UsageSource | null;
  agentId: string;
  name: string | null;
  deletedAt: string | null;
  ownerId: string | null;
  ownerName: string | null;
  [key: string]: unknown;
}

/** Totals per agent, most tokens first, and per source. */
export async function sumByAgent(executor: Executor, window: UsageWindow): Promise<SummaryRow[]> {
  const columns = sql`agent_id, source, ${sumsOf}`;
  const { rows } = await executor.execute<SummaryRow>(sql`
    with spent as (
      select agent_id, source, ${summed} from (
        ${rollupsIn(window, 'hour', columns)} union all ${recordsAround(window, 'hour', columns)}
      ) as known group by agent_id, source
    )
    select spent.source, spent.agent_id as "agentId", agents.name, agents.deleted_at as "deletedAt",
      owners.id as "ownerId", owners.name as "ownerName", ${asText}
    from spent left join agents on agents.id = spent.agent_id
      left join users owners on owners.id = agents.owner_id and agents.is_personal
    group by grouping sets ((spent.source), (spent.agent_id, agents.name, agents.deleted_at, owners.id, owners.name))
    order by sum(input_tokens + output_tokens) desc, spent.agent_id`);
  return rows;
}

export interface UserRow extends Sums {
  userId: string;
  name: string | null;
  banned: boolean | null;
  [key: string]: unknown;
}

/** Totals per person, most tokens first. */
export async function sumByUser(executor: Executor, window: UsageWindow): Promise<UserRow[]> {
  const columns = sql`user_id, ${sumsOf}`;
  const { rows } = await executor.execute<UserRow>(sql`
    with spent as (
      select user_id, ${summed} from (
        ${rollupsIn(window, 'day', columns)} union all ${recordsAround(window, 'day', columns)}
      ) as known group by user_id
    )
    select spent.user_id as "userId", users.name, users.banned, ${asText}
    from spent left join users on users.id = spent.user_id
    group by spent.user_id, users.name, users.banned
    order by sum(input_tokens + output_tokens) desc, spent.user_id`);
  return rows;
}

export interface ModelRow extends Sums {
  model: string;
  [key: string]: unknown;
}

/** Totals per model, most tokens first. */
export async function sumByModel(executor: Executor, window: UsageWindow): Promise<ModelRow[]> {
  const columns = sql`model, ${sumsOf}`;
  const { rows } = await executor.execute<ModelRow>(sql`
    with spent as (
      select model, ${summed} from (
        ${rollupsIn(window, 'day and model', columns)} union all ${recordsAround(window, 'day and model', columns)}
      ) as known group by model
    )
    select model, ${asText} from spent group by model order by sum(input_tokens + output_tokens) desc, model`);
  return rows;
}

export interface UsageExportRow {
  id: number;
  createdAt: Date;
  agentId: string;
  agentName: string | null;
  userId: string;
  userName: string | null;
  source: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  cost: string | null;
}

/** Records in batches by ascending id, so that an export needs the memory of one batch. */
export async function* readRecords(executor: Executor, window: UsageWindow): AsyncGenerator<UsageExportRow[]> {
  for (let after = 0; ;) {
    const batch = await executor
      .select({
        id: usageRecords.id,
        createdAt: usageRecords.createdAt,
        agentId: usageRecords.agentId,
        agentName: agents.name,
        userId: usageRecords.userId,
        userName: users.name,
        source: usageRecords.source,
        model: usageRecords.model,
        inputTokens: usageRecords.inputTokens,
        outputTokens: usageRecords.outputTokens,
        cacheReadTokens: usageRecords.cacheReadTokens,
        cacheWriteTokens: usageRecords.cacheWriteTokens,
        cost: usageRecords.cost,
      })
      .from(usageRecords)
      .leftJoin(agents, eq(agents.id, usageRecords.agentId))
      .leftJoin(users, eq(users.id, usageRecords.userId))
      .where(and(gt(usageRecords.id, after), inWindow(window)))
      .orderBy(asc(usageRecords.id))
      .limit(2_000);
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    after = last.id;
  }
}

export async function insertUsage(tx: Transaction, values: typeof usageRecords.$inferInsert): Promise<void> {
  await tx.insert(usageRecords).values(values);
}
