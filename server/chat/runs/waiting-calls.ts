import { and, asc, eq, sql } from 'drizzle-orm';
import type { Allowance, WaitingCall } from '../../../contract/approvals.ts';
import type { Database } from '../../db/client.ts';
import { agents, allowances, approvals, conversations } from '../../db/schema/index.ts';
import type { ChatAgents } from '../ports.ts';

/** Longer inputs are looked at in their conversation. */
const maxInputLength = 20_000;
const maxWaiting = 100;

/** What waits for one person, and what they always allow, across all agents that they may use. */
export interface WaitingCalls {
  list(userId: string): Promise<{ approvals: WaitingCall[]; allowances: Allowance[] }>;
}

export function createWaitingCalls(options: { db: Database; agents: Pick<ChatAgents, 'findUsable'> }): WaitingCalls {
  const { db } = options;
  const place = {
    agentId: conversations.agentId,
    chatId: sql<string | null>`case when ${conversations.isDefault} then null else ${conversations.id} end`,
    title: conversations.title,
  };

  return {
    async list(userId) {
      const waiting = await db
        .select({ ...place, approval: approvals })
        .from(approvals)
        .innerJoin(conversations, eq(conversations.id, approvals.conversationId))
        .where(and(eq(approvals.userId, userId), eq(approvals.state, 'pending'), sql`${approvals.expiresAt} > now()`))
        .orderBy(asc(approvals.createdAt))
        .limit(maxWaiting);
      const allowed = await db
        .select({ ...place, allowance: allowances })
        .from(allowances)
        .innerJoin(conversations, eq(conversations.id, allowances.conversationId))
        .innerJoin(agents, eq(agents.id, allowances.agentId))
        .where(
          and(
            eq(allowances.userId, userId),
            eq(conversations.branch, allowances.branch),
            sql`${agents.pluginConfig} -> 'allow_always' ? ${allowances.toolId}`,
          ),
        )
        .orderBy(asc(allowances.createdAt));
      const names = new Map<string, string>();
      for (const { agentId } of [...waiting, ...allowed]) {
        if (names.has(agentId)) continue;
        const agent = await options.agents.findUsable(userId, agentId);
        if (agent) names.set(agentId, agent.name);
      }
      const known = <Row extends { agentId: string }>(rows: Row[]) => rows.filter(({ agentId }) => names.has(agentId));
      return {
        approvals: known(waiting).map(({ approval, ...where }) => {
          const isWhole = JSON.stringify(approval.input).length <= maxInputLength;
          return {
            approvalId: approval.id,
            ...where,
            agentName: names.get(where.agentId) ?? '',
            tool: approval.toolId,
            ...(approval.summary !== null && { summary: approval.summary }),
            ...(approval.proposal && { proposal: approval.proposal }),
            ...(isWhole && { input: approval.input }),
            isWhole,
            mayAllowAlways: approval.mayAllowAlways,
            createdAt: approval.createdAt.toISOString(),
            expiresAt: approval.expiresAt.toISOString(),
          };
        }),
        allowances: known(allowed).map(({ allowance, ...where }) => {
          const { id, toolId: tool, proposal, createdAt } = allowance;
          const about = proposal && {
            action: proposal.action,
            ...(proposal.connection && { connection: proposal.connection }),
            ...(proposal.model && { model: proposal.model }),
          };
          const agentName = names.get(where.agentId) ?? '';
          return { id, ...where, agentName, tool, ...(about && { about }), createdAt: createdAt.toISOString() };
        }),
      };
    },
  };
}
