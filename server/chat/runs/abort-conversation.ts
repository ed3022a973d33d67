import { eq, sql } from 'drizzle-orm';
import type { PersonAuthority } from '../../db/authority.ts';
import { runs } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import { conversationSignal, type ConversationReference } from '../conversations/conversation-reference.ts';
import type { ChatAudit } from '../ports.ts';
import { cancelApprovals } from '../../tools/approval/approval.queries.ts';
import { lockConversation } from '../conversations/find-conversation.ts';
import { listOpenRuns } from '../conversations/open-runs.ts';
import { placeMessage } from './run.queries.ts';
import type { LocalRuns } from './local-runs.ts';

/**
 * Stops the running answer, wherever it is written, and drops what waits. What was said stays: the dropped messages
 * take their places in the conversation, without an answer.
 */
export async function abortConversation(
  parts: {
    signals: Signals;
    audit: ChatAudit;
    localRuns: LocalRuns;
  },
  person: PersonAuthority,
  conversation: ConversationReference,
): Promise<void> {
  const { signals, audit, localRuns } = parts;
  const { id: conversationId, agentId, userId } = conversation;
  const running = await signals.transaction(person, async (tx) => {
    await lockConversation(tx, conversationId);
    const open = await listOpenRuns(tx, conversationId);
    const queued = open.filter((run) => run.state === 'queued');
    for (const run of queued) {
      await tx
        .update(runs)
        .set({ state: 'aborted', finishedAt: sql`now()` })
        .where(eq(runs.id, run.id));
      await placeMessage(tx, run.messageId);
      const actor = { type: 'user', id: userId } as const;
      const detail = { agentId, userId, conversationId };
      await audit.record(tx, { eventType: 'run.aborted', actor, resource: `run:${run.id}`, detail });
    }
    const active = open.find((run) => run.state !== 'queued');
    // Stored, so that it holds even while no process owns the run.
    if (active?.state === 'waiting') await cancelApprovals(tx, active.id);
    if (active) signals.signal(tx, { kind: 'run-abort', conversationId, runId: active.id });
    if (queued.length > 0) {
      signals.signal(tx, conversationSignal(conversation, 'run'));
    }
    return active;
  });
  if (running) localRuns.abort({ conversationId, runId: running.id }, 'user');
}
