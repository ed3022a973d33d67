import { and, desc, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { agents, conversations, messageRatings, messages, runs, usageRecords } from '../../db/schema/index.ts';
import type { UsageWindow } from '../usage/usage-window.ts';

type RatingRow = typeof messageRatings.$inferSelect;

interface RatedMessage {
  runId: string | null;
  state: 'complete' | 'streaming' | 'interrupted';
  temporary: boolean;
}

interface MessageKey {
  userId: string;
  agentId: string;
  messageId: string;
}

/** An answer in one of the person's own conversations with this agent; it stays until the transaction ends. */
export async function findAnswerForRating(
  tx: Transaction,
  { userId, agentId, messageId }: MessageKey,
): Promise<RatedMessage | undefined> {
  const [found] = await tx
    .select({ runId: messages.runId, state: messages.state, temporary: conversations.temporary })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      and(
        eq(messages.id, messageId),
        eq(messages.role, 'assistant'),
        eq(conversations.userId, userId),
        eq(conversations.agentId, agentId),
      ),
    )
    .for('key share', { of: messages });
  return found;
}

/** The model that gave the last step of a run, as it was counted. */
export async function findModelOfRun(tx: Transaction, agentId: string, runId: string): Promise<string | null> {
  const [used] = await tx
    .select({ model: usageRecords.model })
    .from(usageRecords)
    .innerJoin(runs, eq(runs.id, runId))
    .where(
      and(
        // The index knows agents and moments; nothing of a run is counted before it.
        eq(usageRecords.agentId, agentId),
        gte(usageRecords.createdAt, runs.createdAt),
        sql`${usageRecords.createdAt} <= coalesce(${runs.finishedAt}, now()) + interval '1 minute'`,
        eq(usageRecords.runId, runId),
        eq(usageRecords.source, 'chat'),
      ),
    )
    .orderBy(desc(usageRecords.id))
    .limit(1);
  return used?.model ?? null;
}

export async function findRatingForUpdate(tx: Transaction, messageId: string): Promise<RatingRow | undefined> {
  const [row] = await tx.select().from(messageRatings).where(eq(messageRatings.messageId, messageId)).for('update');
  return row;
}

export async function saveRating(tx: Transaction, row: Omit<RatingRow, 'createdAt'>): Promise<void> {
  const { messageId: _, ...values } = row;
  const set = { ...values, createdAt: sql`now()` };
  await tx.insert(messageRatings).values(row).onConflictDoUpdate({ target: messageRatings.messageId, set });
}

/** False when this person has not rated it. */
export async function deleteRating(tx: Transaction, { userId, agentId, messageId }: MessageKey): Promise<boolean> {
  const { messageId: id, userId: rater, agentId: rated } = messageRatings;
  const deleted = await tx
    .delete(messageRatings)
    .where(and(eq(id, messageId), eq(rater, userId), eq(rated, agentId)))
    .returning({ id });
  return deleted.length > 0;
}

const inWindow = ({ since, until, agentId }: UsageWindow) =>
  and(
    since && gte(messageRatings.createdAt, since),
    until && lt(messageRatings.createdAt, until),
    agentId === undefined ? undefined : eq(messageRatings.agentId, agentId),
  );

const count = (what: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${what}))::int`;

/** Most rated first. */
export function countRatings(db: Executor, window: UsageWindow) {
  const { agentId, model, rating } = messageRatings;
  return db
    .select({
      agentId,
      agentName: agents.name,
      model,
      up: count(sql`${rating} = 'up'`),
      down: count(sql`${rating} = 'down'`),
    })
    .from(messageRatings)
    .innerJoin(agents, eq(agents.id, agentId))
    .where(inWindow(window))
    .groupBy(agentId, agents.name, model)
    .orderBy(desc(sql`count(*)`), agents.name, model);
}

export async function countShared(db: Executor, window: UsageWindow): Promise<number> {
  const [row] = await db
    .select({ shared: count(sql`${messageRatings.shared}`) })
    .from(messageRatings)
    .where(inWindow(window));
  return row?.shared ?? 0;
}

/** Characters of an answer that are worth reading in a list. */
const maxTextLength = 20_000;

/** What people agreed to share, the newest day first; within one in no order that tells anything. */
export async function listShared(
  db: Executor,
  window: UsageWindow,
  { limit, offset }: { limit: number; offset: number },
) {
  const { messageId, agentId, model, rating, comment, createdAt } = getTableColumns(messageRatings);
  const date = sql<string>`to_char(${createdAt} at time zone 'UTC', 'YYYY-MM-DD')`;
  const question = sql<string | null>`(
    select left(asked.content, ${maxTextLength}::int) from runs join messages as asked on asked.id = runs.message_id
    where runs.id = ${messages.runId})`;
  const answer = sql<string>`left(${messages.content}, ${maxTextLength}::int)`;
  return db
    .select({ agentId, agentName: agents.name, model, rating, comment, question, answer, date })
    .from(messageRatings)
    .innerJoin(messages, eq(messages.id, messageId))
    .innerJoin(agents, eq(agents.id, agentId))
    .where(and(eq(messageRatings.shared, true), inWindow(window)))
    .orderBy(desc(date), desc(sql`md5(${messageId}::text)`))
    .limit(limit)
    .offset(offset);
}
