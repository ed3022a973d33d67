import type { Allowance, WaitingCall } from '../../../contract/approvals.ts';
import type { Database } from '../../db/client.ts';
import type { ChatAgents } from '../ports.ts';
import { listAllowances, listWaitingCalls } from './waiting-call.queries.ts';

/** Longer inputs are looked at in their conversation. */
const maxInputLength = 20_000;

/** What waits for one person, and what they always allow, across all agents that they may use. */
export interface WaitingCalls {
  list(userId: string): Promise<{ approvals: WaitingCall[]; allowances: Allowance[] }>;
}

type WaitingRow = Awaited<ReturnType<typeof listWaitingCalls>>[number];
type AllowanceRow = Awaited<ReturnType<typeof listAllowances>>[number];

export function createWaitingCalls(options: { db: Database; agents: Pick<ChatAgents, 'findUsable'> }): WaitingCalls {
  const { db, agents } = options;
  return {
    async list(userId) {
      const [waiting, allowed] = [await listWaitingCalls(db, userId), await listAllowances(db, userId)];
      const names = new Map<string, string>();
      for (const agentId of new Set([...waiting, ...allowed].map((row) => row.agentId))) {
        const agent = await agents.findUsable(userId, agentId);
        if (agent) names.set(agentId, agent.name);
      }
      const named = <Row extends { agentId: string }, Shown>(rows: Row[], present: (row: Row, name: string) => Shown) =>
        rows.flatMap((row) => {
          const name = names.get(row.agentId);
          return name === undefined ? [] : [present(row, name)];
        });
      return { approvals: named(waiting, presentWaiting), allowances: named(allowed, presentAllowance) };
    },
  };
}

function presentWaiting({ approval, ...place }: WaitingRow, agentName: string): WaitingCall {
  const { id: approvalId, toolId: tool, input, summary, proposal, mayAllowAlways, createdAt, expiresAt } = approval;
  const isWhole = JSON.stringify(input).length <= maxInputLength;
  return {
    ...place,
    ...{ approvalId, agentName, tool, isWhole, mayAllowAlways },
    ...(summary !== null && { summary }),
    ...(proposal && { proposal }),
    ...(isWhole && { input }),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

function presentAllowance({ allowance, ...place }: AllowanceRow, agentName: string): Allowance {
  const { id, toolId: tool, proposal, createdAt } = allowance;
  const about = proposal && {
    action: proposal.action,
    ...(proposal.connection && { connection: proposal.connection }),
    ...(proposal.model && { model: proposal.model }),
  };
  return { ...place, id, agentName, tool, ...(about && { about }), createdAt: createdAt.toISOString() };
}
