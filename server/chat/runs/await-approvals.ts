import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredToolCall } from '../../db/schema/conversations.ts';
import type { Approval } from '../../tools/approval/approval.queries.ts';
import { type ToolCallOutcome, type ToolGate, unknownOutcome } from '../../tools/tool-gate.ts';
import type { LiveRun } from './live-run.ts';
import { persistently } from './persistently.ts';
import type { RunStore } from './run-store.ts';

export interface AwaitApprovalsOptions {
  store: Pick<RunStore, 'listApprovals' | 'storeCalls'>;
  tools: Pick<ToolGate, 'callApproved'>;
  /** How often decisions are looked for whose signal was missed, in milliseconds. */
  pollMs: number;
}

/**
 * Returns when every call of the run's message has an outcome, or the run was aborted. An approved call is made at once,
 * while others still wait, and its outcome is stored at once.
 * @throws RunLost
 */
export async function awaitApprovals(live: LiveRun, options: AwaitApprovalsOptions): Promise<void> {
  const { store, tools, pollMs } = options;
  const making = new Map<string, Promise<void>>();
  let unsaved = false;
  try {
    while (!live.abortCause) {
      const wake = live.nextWake();
      await takeDecisions();
      if (live.abortCause || live.openCalls().length === 0) return;
      if (unsaved) await save();
      live.waiting = making.size === 0;
      await untilNews(wake, pollMs);
    }
  } finally {
    // An abort ends them within moments. What came of them is kept for whoever goes on with the run.
    await Promise.all(making.values());
    live.waiting = false;
    if (unsaved && live.abortCause === 'shutdown') await save();
  }

  async function takeDecisions(): Promise<void> {
    const undecided = live.openCalls().filter((call) => !making.has(call.toolCallId));
    if (undecided.length === 0) return;
    const approvals = await persistently(() => store.listApprovals(live));
    for (const call of undecided) {
      const approval = approvalOf(call, approvals);
      if (approval?.state === 'pending') continue;
      // The person stopped the run when no process owned it.
      if (approval?.state === 'cancelled') return live.abort('user');
      if (approval?.state === 'approved') making.set(call.toolCallId, make(call.toolCallId, approval.id));
      else settle(call.toolCallId, withoutCall(approval));
    }
  }

  /** Never throws. */
  async function make(toolCallId: string, approvalId: string): Promise<void> {
    live.resumeTool(toolCallId);
    const outcome = await tools.callApproved({ approvalId, signal: live.signal });
    settle(toolCallId, outcome);
    making.delete(toolCallId);
    live.wake();
  }

  function settle(toolCallId: string, outcome: ToolCallOutcome): void {
    live.endTool({ toolCallId, ...outcome });
    unsaved = true;
  }

  async function save(): Promise<void> {
    unsaved = false;
    const { message } = live;
    if (message) await persistently(() => store.storeCalls(live, message));
  }
}

/** The message's copy of a call may be older than its approval. */
function approvalOf(call: StoredToolCall, approvals: Approval[]): Approval | undefined {
  const isItsOwn = ({ id, toolCallId }: Approval) =>
    call.approvalId === undefined ? toolCallId === call.toolCallId : id === call.approvalId;
  return approvals.findLast(isItsOwn);
}

function withoutCall(approval: Approval | undefined): ToolCallOutcome {
  if (approval?.state === 'denied') {
    const output =
      'The person denied this call, so it was not made. Do not ask for it again unless they tell you to; go on without it, or ask ' +
      'them what they want instead.';
    return { state: 'denied', summary: 'You denied this call.', output };
  }
  if (approval?.state === 'expired') {
    const output =
      'Nobody approved this call in time, so it was not made. Say so; do not ask for it again in this answer.';
    return { state: 'denied', summary: 'Nobody approved this call in time.', output };
  }
  // Taken for execution by a process that is gone.
  return unknownOutcome;
}

async function untilNews(wake: Promise<void>, pollMs: number): Promise<void> {
  const timer = new AbortController();
  const look = sleep(pollMs, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
  await Promise.race([wake, look]);
  timer.abort();
}
