import type { ClientFrame, HistoryMessage, ServerFrame, ToolCall } from '../../contract/socket.ts';
import { reduceConversation } from '../../web/features/chat/conversation-state.ts';
import { type ConversationState, emptyConversation } from '../../web/features/chat/conversation-types.ts';

const agentId = '00000000-0000-4000-8000-00000000a9e7';
const at = '2026-01-31T09:05:00.000Z';
const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, cost: null };
const pageSize = 4;
const maxQueueLength = 5;

export interface StepPlan {
  chunks: string[];
  tools: number;
}
export interface RunPlan {
  steps: StepPlan[];
  end: 'finished' | 'failed' | 'cut';
}

interface ServerRun {
  runId: string;
  /** What the person said that this run answers. */
  questionId: string;
  frames: Generator<void>;
}

/**
 * A model of the contract's chat socket for one conversation: a server that owns the truth, a wire that keeps order and may
 * break, and a client that is nothing but the reducer. Used by tests to try interleavings.
 */
export function createSimulation(plans: RunPlan[]) {
  const truth: HistoryMessage[] = [];
  const uplink: ClientFrame[] = [];
  const downlink: ServerFrame[] = [];
  const histories: ServerFrame[] = [];
  const queue: ServerRun[] = [];
  let active: (ServerRun & { messageId?: string; content: string; seq: number; tools: ToolCall[] }) | undefined;
  let connected = false;
  let subscribed = false;
  let planned = 0;
  let ids = 0;
  let state: ConversationState = emptyConversation;

  const nextId = (kind: string) => `${kind}-${(ids += 1)}`;
  const emit = (frame: ServerFrame) => {
    if (connected && subscribed) downlink.push(frame);
    else if (connected) downlink.push({ type: 'changed', agentId });
  };

  /** One yield a frame, so that anything can happen in between. */
  function* write(runId: string, plan: RunPlan): Generator<void> {
    emit({ type: 'thinking', agentId, runId });
    yield;
    for (const [index, step] of plan.steps.entries()) {
      const cut = plan.end === 'cut' && index === plan.steps.length - 1;
      const messageId = nextId('answer');
      const message: HistoryMessage = { id: messageId, role: 'assistant', content: '', createdAt: at };
      for (const content of step.chunks) {
        begin(message);
        message.content += content;
        active!.content += content;
        active!.seq += 1;
        emit({ type: 'chunk', agentId, runId, messageId, seq: active!.seq, content });
        yield;
      }
      for (let number = 0; number < step.tools && !cut; number += 1) {
        begin(message);
        const call: ToolCall = { toolCallId: nextId('call'), name: 'pinchy_read', state: 'running', input: { number } };
        (message.toolCalls ??= []).push(call);
        active!.tools.push(call);
        emit({ type: 'tool', agentId, runId, messageId, ...call });
        yield;
        call.state = 'done';
        call.summary = 'Read it';
        emit({ type: 'tool', agentId, runId, messageId, ...call });
        yield;
      }
      if (!truth.includes(message)) continue;
      if (cut) message.interrupted = true;
      else {
        message.usage = usage;
        Object.assign(active!, { messageId: undefined, content: '', seq: -1, tools: [] });
        emit({ type: 'done', agentId, runId, messageId, usage, finishReason: 'stop', sources: [] });
        yield;
      }
    }
    if (plan.end === 'failed') {
      emit({ type: 'error', agentId, runId, code: 'provider_unavailable', message: 'Down', retryable: true });
      yield;
    }
    active = undefined;
    emit({ type: 'complete', agentId, runId });
    startNext();
  }

  function begin(message: HistoryMessage) {
    if (truth.includes(message)) return;
    // Questions that wait stay behind the answer that is being written.
    const place = truth.findIndex((said) => queue.some((run) => run.questionId === said.id));
    truth.splice(place < 0 ? truth.length : place, 0, message);
    Object.assign(active!, { messageId: message.id, content: '', seq: -1, tools: [] });
  }

  function startNext() {
    const next = queue.shift();
    active = next && { ...next, content: '', seq: -1, tools: [] };
  }

  function accept(content: string, clientMessageId: string): { messageId: string; queued: boolean } {
    const message: HistoryMessage = { id: nextId('said'), role: 'user', content, createdAt: at, clientMessageId };
    truth.push(message);
    const plan = plans[planned % plans.length]!;
    planned += 1;
    const runId = nextId('run');
    const queued = active !== undefined;
    queue.push({ runId, questionId: message.id, frames: write(runId, plan) });
    if (!queued) startNext();
    return { messageId: message.id, queued };
  }

  function readHistory(before: string | undefined): ServerFrame {
    const end = before === undefined ? truth.length : truth.findIndex((message) => message.id === before);
    const start = Math.max(0, end - pageSize);
    const messages = structuredClone(truth.slice(start, end)).filter((message) => message.id !== active?.messageId);
    const activeRun = active && {
      runId: active.runId,
      messageId: active.messageId ?? null,
      content: active.content,
      seq: active.seq,
      tools: structuredClone(active.tools),
      approvals: [],
      queued: queue.length,
    };
    const run = activeRun && before === undefined ? { activeRun } : {};
    return { type: 'history', agentId, messages, hasMore: start > 0, ...run };
  }

  function serve() {
    const frame = uplink.shift();
    if (frame?.type === 'history') {
      subscribed = true;
      histories.push(readHistory(frame.before));
    } else if (frame?.type === 'message') {
      subscribed = true;
      const { clientMessageId } = frame;
      const known = truth.find((message) => message.clientMessageId === clientMessageId);
      if (known) return emit({ type: 'ack', agentId, clientMessageId, messageId: known.id, queued: false });
      if (queue.length >= maxQueueLength) {
        const refusal = { code: 'queue_full', message: 'Wait', retryable: true } as const;
        return emit({ type: 'error', agentId, clientMessageId, ...refusal });
      }
      emit({ type: 'ack', agentId, clientMessageId, ...accept(frame.content, clientMessageId) });
    }
  }

  function dispatch(event: Parameters<typeof reduceConversation>[1]) {
    state = reduceConversation(state, event);
    if (connected && state.stale && !state.requested) {
      state = reduceConversation(state, { type: 'history-requested' });
      uplink.push({ type: 'history', agentId });
    }
  }

  function transmit(clientMessageId: string) {
    const message = state.outgoing.find((outgoing) => outgoing.clientMessageId === clientMessageId);
    if (connected && message) uplink.push({ type: 'message', agentId, content: message.content, clientMessageId });
  }

  const actions = {
    say() {
      const clientMessageId = nextId('client');
      dispatch({
        type: 'send',
        message: { clientMessageId, content: clientMessageId, attachments: [], createdAt: at },
      });
      transmit(clientMessageId);
    },
    /** Another tab of the same person says something. */
    sayElsewhere() {
      if (queue.length >= maxQueueLength) return;
      accept('from another tab', nextId('other'));
      if (connected && !subscribed) downlink.push({ type: 'changed', agentId });
    },
    write: () => void active?.frames.next(),
    serve,
    /** A history that was read leaves only now, so frames may overtake it. */
    answerHistory() {
      const frame = histories.shift();
      if (frame && connected) downlink.push(frame);
    },
    deliver() {
      const frame = downlink.shift();
      if (frame) dispatch({ type: 'frame', frame: structuredClone(frame), at });
    },
    drop() {
      if (!connected) return;
      connected = false;
      subscribed = false;
      uplink.length = 0;
      downlink.length = 0;
      histories.length = 0;
      dispatch({ type: 'lost' });
    },
    connect() {
      if (connected) return;
      connected = true;
      dispatch({ type: 'stale' });
      for (const message of state.outgoing) if (!message.failure) transmit(message.clientMessageId);
    },
    loadOlder() {
      const oldest = state.messages[0];
      if (!connected || !oldest || !state.hasMore || state.requested) return;
      dispatch({ type: 'history-requested', before: oldest.id });
      uplink.push({ type: 'history', agentId, before: oldest.id });
    },
  };

  /** Connects and lets everything that is under way arrive; refused messages are sent again, older pages are loaded. */
  function settle() {
    actions.connect();
    for (let round = 0; round < 5_000; round += 1) {
      for (const message of state.outgoing.filter((outgoing) => outgoing.failure)) {
        dispatch({ type: 'retry', clientMessageId: message.clientMessageId });
        transmit(message.clientMessageId);
      }
      const busy = uplink.length + downlink.length + histories.length > 0 || active !== undefined;
      if (!busy && !state.hasMore && !state.stale) return;
      if (!busy) actions.loadOlder();
      actions.write();
      actions.serve();
      actions.answerHistory();
      actions.deliver();
    }
    throw new Error('The conversation never came to rest.');
  }

  return { actions, settle, truth, state: () => state };
}

export type SimulationAction = keyof ReturnType<typeof createSimulation>['actions'];
