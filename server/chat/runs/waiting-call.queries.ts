import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { agents, allowances, approvals, conversations } from '../../db/schema/index.ts';
import { allowsAlways } from '../../tools/approval/allowance.queries.ts';

const maxWaiting = 100;

const place = {
  agentId: conversations.agentId,
  /** Null for the default conversation, which has no id in addresses. */
  chatId: sql<string | null>`case when ${conversations.isDefault} then null else ${conversations.id} end`,
  title: conversations.title,
};

/** What waits for this person, in all their conversations, oldest first. */
export const listWaitingCalls = (db: Database, userId: string) =>
  db
    .select({ ...place, approval: approvals })
    .from(approvals)
    .innerJoin(conversations, eq(conversations.id, approvals.conversationId))
    .where(and(eq(approvals.userId, userId), eq(approvals.state, 'pending'), sql`${approvals.expiresAt} > now()`))
    .orderBy(asc(approvals.createdAt))
    .limit(maxWaiting);

/** What this person always allows and the admin still permits, on the branches that are shown, oldest first. */
export const listAllowances = (db: Database, userId: string) =>
  db
    .select({ ...place, allowance: allowances })
    .from(allowances)
    .innerJoin(conversations, eq(conversations.id, allowances.conversationId))
    .innerJoin(agents, eq(agents.id, allowances.agentId))
    .where(
      and(eq(allowances.userId, userId), eq(conversations.branch, allowances.branch), allowsAlways(allowances.toolId)),
    )
    .orderBy(asc(allowances.createdAt));
