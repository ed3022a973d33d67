import type { ActiveRun, HistoryMessage, ServerFrame, ToolCall } from '../../../contract/socket.ts';
import type { ConversationState, CurrentRun, TranscriptMessage } from './conversation-types.ts';
import { newMessage, waitingLast, withToolCall } from './transcript-message.ts';

export type HistoryFrame = Extract<ServerFrame, { type: 'history' }>;

export function prependOlder(state: ConversationState, frame: HistoryFrame): ConversationState {
  if ((frame.branch ?? 0) !== state.branch) return { ...state, requested: undefined, stale: true };
  const known = new Set(state.messages.map((message) => message.id));
  const older = frame.messages.filter((message) => !known.has(message.id)).map(fromHistory);
  return { ...state, requested: undefined, messages: [...older, ...state.messages], hasMore: frame.hasMore };
}

export function mergeNewest(before: ConversationState, frame: HistoryFrame, at: string): ConversationState {
  const branch = frame.branch ?? 0;
  // What is known of another branch is not to be seen on this one.
  const state = before.branch === branch ? before : { ...before, branch, messages: [] };
  const run = frame.activeRun && !state.endedRuns.includes(frame.activeRun.runId) ? frame.activeRun : undefined;
  const local = new Map(state.messages.map((message) => [message.id, message]));
  const stored = frame.messages.map((message) => mergeStored(message, local.get(message.id)));
  markQueued(stored, run?.queued ?? 0);
  if (run?.messageId) placeActive(stored, run, run.messageId, local, at);
  const missed = run ? undefined : missedAnswer(frame.activeRun, local, at);
  if (missed) stored.push(missed);
  attachTools(stored, run);
  const storedIds = new Set(stored.map((message) => message.id));
  const first = state.messages.findIndex((message) => storedIds.has(message.id));
  const last = state.messages.findLastIndex((message) => storedIds.has(message.id));
  // What history confirmed stays in front of the page. If there are messages that no history confirmed and this page no
  // longer holds, the pages before it are loaded anew: they have them in their place and with their marks.
  const unconfirmed = state.messages.slice(0, last + 1).some((own) => own.live && !storedIds.has(own.id));
  const earlier = unconfirmed ? [] : state.messages.slice(0, Math.max(0, first));
  // What was heard after the page was read stays behind it.
  const later = state.messages.slice(last + 1).filter((message) => message.live);
  const messages = waitingLast([...earlier, ...stored, ...later]);
  const answered = new Set(frame.messages.map((message) => message.clientMessageId));
  return {
    ...state,
    loaded: true,
    requested: undefined,
    messages,
    hasMore: earlier.length > 0 ? state.hasMore : frame.hasMore,
    outgoing: state.outgoing.filter((message) => !answered.has(message.clientMessageId)),
    stale: state.stale || missed !== undefined || messages.some((message) => message.gap),
    run: run ? runFromHistory(state, run, before.branch !== branch) : undefined,
  };
}

function runFromHistory(state: ConversationState, run: ActiveRun, branched: boolean): CurrentRun {
  const same = state.run?.runId === run.runId ? state.run : undefined;
  return {
    runId: run.runId,
    messageId: run.messageId ?? undefined,
    thinking: same?.thinking ?? run.content === '',
    aborting: same?.aborting ?? false,
    ...((branched || same?.branched) && { branched: true }),
  };
}

/** A history may have been read before frames that arrived ahead of it: what is known to be further stays. */
function mergeStored(message: HistoryMessage, known: TranscriptMessage | undefined): TranscriptMessage {
  const stored = fromHistory(message);
  if (!known) return stored;
  const toolCalls = stored.toolCalls.map((call) => latestCall(call, known));
  const finishReason = stored.finishReason ?? known.finishReason;
  const sources = stored.sources ?? known.sources;
  const fallbackModel = stored.fallbackModel ?? known.fallbackModel;
  const usage = stored.usage ?? known.usage;
  return { ...stored, toolCalls, usage, fallbackModel, finishReason, sources, seq: known.seq };
}

const settledStates = new Set<ToolCall['state']>(['done', 'denied', 'failed']);

function latestCall(call: ToolCall, known: TranscriptMessage | undefined): ToolCall {
  const before = known?.toolCalls.find((candidate) => candidate.toolCallId === call.toolCallId);
  return before && settledStates.has(before.state) && !settledStates.has(call.state) ? before : call;
}

function markQueued(messages: TranscriptMessage[], queued: number) {
  let left = queued;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index]!;
    if (message.role !== 'user') continue;
    messages[index] = { ...message, awaiting: true };
    left -= 1;
  }
}

function placeActive(
  messages: TranscriptMessage[],
  run: ActiveRun,
  id: string,
  local: ReadonlyMap<string, TranscriptMessage>,
  at: string,
) {
  const known = local.get(id);
  // This tab saw it finish after the history was read.
  if (known && known.live && !known.streaming && !known.gap) return;
  const index = messages.findIndex((message) => message.id === id);
  const base = known ?? newMessage({ id, role: 'assistant', content: '', createdAt: at });
  const further = known !== undefined && known.seq > run.seq;
  const active: TranscriptMessage = {
    ...base,
    ...(further ? {} : { content: run.content, seq: run.seq, gap: false }),
    streaming: true,
    live: true,
  };
  if (index >= 0) messages[index] = active;
  else messages.push(active);
}

/**
 * The answer of a run whose end was heard before this history, which still takes it for active and so leaves its answer out:
 * unconfirmed, so that the next history is asked for it.
 */
function missedAnswer(
  run: ActiveRun | undefined,
  local: ReadonlyMap<string, TranscriptMessage>,
  at: string,
): TranscriptMessage | undefined {
  if (!run?.messageId || local.has(run.messageId)) return undefined;
  const message = newMessage({ id: run.messageId, role: 'assistant', content: run.content, createdAt: at });
  return { ...message, seq: run.seq, live: true };
}

function attachTools(messages: TranscriptMessage[], run: ActiveRun | undefined) {
  if (!run) return;
  const approvals = new Map(run.approvals.map((approval) => [approval.toolCallId, approval]));
  for (const tool of run.tools) {
    const call: ToolCall = { ...tool, ...approvals.get(tool.toolCallId) };
    const owner = messages.findIndex((message) => message.toolCalls.some((own) => own.toolCallId === tool.toolCallId));
    const index = owner >= 0 ? owner : messages.findIndex((message) => message.id === run.messageId);
    const message = messages[index];
    if (!message) continue;
    messages[index] = { ...message, toolCalls: withToolCall(message.toolCalls, latestCall(call, message)) };
  }
}

function fromHistory(message: HistoryMessage): TranscriptMessage {
  return {
    ...newMessage(message),
    live: false,
    clientMessageId: message.clientMessageId,
    attachments: message.attachments,
    toolCalls: message.toolCalls ?? [],
    usage: message.usage,
    fallbackModel: message.fallbackModel,
    interrupted: message.interrupted === true,
    finishReason: message.finishReason,
    failure: message.failure,
    branches: message.branches,
    sources: message.sources,
    rating: message.rating,
  };
}
