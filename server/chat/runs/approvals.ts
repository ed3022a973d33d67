import type { AuditEvent } from '../../../contract/audit-events.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import {
  type Approval,
  decideApproval,
  expireApprovals,
  findApproval,
  findWaitingApprovals,
  listPendingApprovals,
} from '../../tools/approval/approval.queries.ts';
import { scopeOf } from '../../tools/approval/allow-always.ts';
import {
  type Allowance,
  deleteAllowance,
  insertAllowance,
  permitsAlways,
} from '../../tools/approval/allowance.queries.ts';
import { ChatError } from '../chat-error.ts';
import { createWaitingCalls, type WaitingCalls } from './waiting-calls.ts';
import { type PersonAuthority, systemAuthority } from '../../db/authority.ts';
import type { ChatAgents, ChatAudit } from '../ports.ts';
import { agentStopped } from '../require-agent.ts';

export type { Approval };

/** The decisions about tool calls that ask first, for sockets and channels alike. */
export interface Approvals {
  /** What waits for this person, in one conversation or in all of theirs, oldest first. */
  list(who: { userId: string; conversationId?: string }): Promise<Approval[]>;
  /** Also one that was decided; undefined when it is not this person's. */
  find(which: { userId: string; approvalId: string }): Promise<Approval | undefined>;
  /**
   * Takes the decision of the conversation's own user; the run goes on wherever it is answered.
   * @throws ChatError not_found with a sentence, when it is not theirs to decide (any more)
   */
  decide(decision: {
    person: PersonAuthority;
    approvalId: string;
    decision: 'approve' | 'deny';
    /** Where the person saw it; it must be that conversation's. */
    conversationId?: string;
    /** With `approve`: its like is not asked about again in this conversation, where the admin permits that. */
    always?: true | undefined;
    /** Where it was decided, when not in the browser. */
    channel?: 'telegram';
  }): Promise<void>;
  /** What waits for this person across all agents, and what they always allow. */
  listWaiting: WaitingCalls['list'];
  /** @throws ChatError not_found when there is no such allowance of theirs */
  takeBack(person: PersonAuthority, allowanceId: string): Promise<void>;
  /** Ends what nobody decided in time, for all replicas; whether more waits for a decision. */
  sweep(): Promise<boolean>;
}

/** Overdue ones that are ended in one transaction. */
const sweepSize = 100;

export function createApprovals(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: Pick<ChatAgents, 'findUsable'>;
}): Approvals {
  const { db, signals, audit, agents } = options;

  const findOwn = async ({ userId, approvalId }: { userId: string; approvalId: string }) => {
    const found = await findApproval(db, approvalId);
    return found?.userId === userId ? found : undefined;
  };

  async function expire(tx: Transaction): Promise<number> {
    const expired = await expireApprovals(tx, sweepSize);
    for (const approval of expired) {
      await audit.record(tx, { eventType: 'approval.expired', actor: { type: 'system' }, ...aboutOf(approval) });
      signals.signal(tx, { kind: 'approval', approvalId: approval.id, runId: approval.runId });
      signals.signal(tx, { kind: 'waiting', userId: approval.userId });
    }
    return expired.length;
  }

  /** In the transaction of the decision: what may not be allowed for good is not approved either. */
  async function allowAlways(tx: Transaction, { agentId, toolId, proposal, ...approval }: Approval): Promise<void> {
    const isPermitted = approval.mayAllowAlways && (await permitsAlways(tx, { agentId, toolId }));
    if (!isPermitted)
      throw new ChatError(
        'not_found',
        'This cannot be allowed for a whole conversation. Decide about this call alone.',
      );
    const { conversationId, userId } = approval;
    const scope = scopeOf(proposal);
    const allowance = await insertAllowance(tx, { conversationId, agentId, userId, toolId, scope, proposal });
    await audit.record(tx, {
      eventType: 'allowance.created',
      ...aboutAllowance(allowance),
      actor: { type: 'user', id: userId },
    });
  }

  return {
    listWaiting: createWaitingCalls({ db, agents }).list,
    async takeBack(person, allowanceId) {
      const { userId } = person;
      const taken = await signals.transaction(person, async (tx) => {
        const deleted = await deleteAllowance(tx, { id: allowanceId, userId });
        if (!deleted) return false;
        await audit.record(tx, {
          eventType: 'allowance.deleted',
          ...aboutAllowance(deleted),
          actor: { type: 'user', id: userId },
        });
        signals.signal(tx, { kind: 'waiting', userId });
        return true;
      });
      if (!taken) throw new ChatError('not_found', 'This was not found, or was taken back already.');
    },
    list: (who) => listPendingApprovals(db, who),
    find: findOwn,
    async decide({ person, approvalId, decision, always, conversationId, channel }) {
      const { userId } = person;
      const state = decision === 'approve' ? 'approved' : 'denied';
      const decided = await signals.transaction(person, async (tx) => {
        const approval = await findApproval(tx, approvalId);
        const isElsewhere = conversationId !== undefined && approval?.conversationId !== conversationId;
        if (!approval || approval.userId !== userId || isElsewhere) throw notFound();
        const agent = await agents.findUsable(userId, approval.agentId, tx);
        if (!agent) throw notFound();
        if (agent.stopped && decision === 'approve') throw agentStopped();
        const claimed = await decideApproval(tx, { id: approvalId, userId, state });
        if (!claimed) return undefined;
        const about = aboutOf(claimed);
        await audit.record(tx, {
          eventType: `approval.${state}`,
          actor: { type: 'user', id: userId },
          resource: about.resource,
          detail: { ...about.detail, decidedBy: userId, ...(channel && { channel }) },
        });
        if (always && state === 'approved') await allowAlways(tx, claimed);
        signals.signal(tx, { kind: 'approval', approvalId, runId: claimed.runId });
        signals.signal(tx, { kind: 'waiting', userId });
        return claimed;
      });
      if (!decided) throw tooLate(await findApproval(db, approvalId));
    },
    async sweep() {
      for (;;) {
        // Mostly there is nothing: asking costs one query, a transaction three.
        const state = await findWaitingApprovals(db);
        if (state !== 'overdue') return state === 'waiting';
        if ((await signals.transaction(systemAuthority, expire)) < sweepSize) return true;
      }
    },
  };
}

function aboutOf(
  approval: Approval,
): Pick<AuditEvent<'approval.expired'>, 'resource' | 'detail'> & { resource: string } {
  const { id, toolId: tool, agentId, userId, conversationId, runId, toolCallId } = approval;
  return { resource: `approval:${id}`, detail: { tool, agentId, userId, conversationId, runId, toolCallId } };
}

function aboutAllowance({ id, toolId: tool, agentId, userId, conversationId }: Allowance) {
  return { resource: `allowance:${id}`, detail: { tool, agentId, userId, conversationId } };
}

const notFound = () => new ChatError('not_found', 'This tool call was not found, or is not yours to decide.');

function tooLate(approval: Approval | undefined): ChatError {
  const sentences = {
    pending: 'The time to decide about this tool call has run out.',
    expired: 'The time to decide about this tool call has run out.',
    approved: 'This tool call was approved already.',
    executed: 'This tool call was approved already.',
    denied: 'This tool call was denied already.',
    cancelled: 'The answer was stopped, so this tool call does not wait any more.',
  };
  return approval ? new ChatError('not_found', sentences[approval.state]) : notFound();
}
