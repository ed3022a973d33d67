import type { MessageUsage, ServerFrame } from '../../../contract/socket.ts';
import { mergeNewest, prependOlder } from './conversation-history.ts';
import type { ConversationEvent, ConversationState, OutgoingMessage, TranscriptMessage } from './conversation-types.ts';
import { newMessage, waitingLast, withToolCall } from './transcript-message.ts';

/**
 * What a conversation looks like after one more event. Pure. Frames may be lost with a socket; whatever was missed
 * is noticed (`stale`), and the history that follows puts it right.
 */
export function reduceConversation(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'frame':
      return reduceFrame(state, event.frame, event.at);
    case 'send':
      return {
        ...state,
        loaded: state.loaded || event.message.begins === true,
        outgoing: [...state.outgoing, event.message],
        notice: undefined,
      };
    case 'unbegun':
      return { ...state, loaded: true };
    case 'retry':
      return updateOutgoing(state, event.clientMessageId, ({ failure: _failure, ...message }) => message);
    case 'discard':
      return withoutOutgoing(state, event.clientMessageId);
    case 'history-requested':
      return {
        ...state,
        requested: event.before === undefined ? {} : { before: event.before },
        stale: event.before === undefined ? false : state.stale,
      };
    case 'stale':
      return { ...state, stale: true };
    case 'lost':
      // The next history is made after everything that was heard so far, so nothing needs to be kept against it.
      return {
        ...state,
        stale: true,
        requested: undefined,
        decisions: {},
        messages: state.messages.map((message) => (message.live ? { ...message, live: false } : message)),
      };
    case 'abort':
      return state.run ? { ...state, run: { ...state.run, aborting: true } } : state;
    case 'decide':
      return { ...state, decisions: { ...state.decisions, [event.approvalId]: event.decision } };
    case 'rated':
      return updateMessage(state, event.messageId, (message) => ({ ...message, rating: event.rating }));
    case 'dismiss-notice':
      return { ...state, notice: undefined };
  }
}

function reduceFrame(state: ConversationState, frame: ServerFrame, at: string): ConversationState {
  switch (frame.type) {
    case 'ack': {
      const outgoing = state.outgoing.find((message) => message.clientMessageId === frame.clientMessageId);
      const rest = outgoing ? withoutOutgoing(state, frame.clientMessageId) : state;
      if (rest.messages.some((message) => message.id === frame.messageId)) return rest;
      // Another tab's message, or one whose text this tab no longer has.
      if (!outgoing) return { ...rest, stale: true };
      const { clientMessageId, content, attachments } = outgoing;
      const message = newMessage({ id: frame.messageId, role: 'user', content, createdAt: at });
      const awaiting = frame.queued || rest.run === undefined;
      const stored = { ...message, clientMessageId, attachments, awaiting };
      // It waits for an answer that this tab knows nothing of: another tab asked for it.
      const stale = rest.stale || (frame.queued && rest.run === undefined);
      return { ...rest, stale, messages: waitingLast([...rest.messages, stored]) };
    }
    case 'thinking': {
      const next = joinRun(state, frame.runId);
      return next.run?.runId === frame.runId ? { ...next, run: { ...next.run, thinking: true } } : next;
    }
    case 'chunk':
      return reduceChunk(joinRun(state, frame.runId), frame, at);
    case 'tool':
      return reduceTool(joinRun(state, frame.runId), frame, at);
    case 'done': {
      const next = joinRun(state, frame.runId);
      if (!next.messages.some((message) => message.id === frame.messageId)) return { ...next, stale: true };
      const finished = updateMessage(next, frame.messageId, (message) => ({
        ...message,
        streaming: false,
        usage: isCounted(frame.usage) ? frame.usage : message.usage,
        finishReason: frame.finishReason,
        fallbackModel: frame.fallbackModel,
        sources: frame.sources,
      }));
      return finished.run ? { ...finished, run: { ...finished.run, thinking: true } } : finished;
    }
    case 'complete':
      return completeRun(state, frame.runId);
    case 'history':
      return state.requested?.before === undefined ? mergeNewest(state, frame, at) : prependOlder(state, frame);
    case 'error':
      return reduceError(state, frame);
    case 'changed':
      return { ...state, stale: true };
    // Frames that are not about a conversation, and those of a newer server.
    default:
      return state;
  }
}

/** Frames of a run that is not the current one mean that it has begun, unless it has ended already. */
function joinRun(state: ConversationState, runId: string): ConversationState {
  if (state.run?.runId === runId || state.endedRuns.includes(runId)) return state;
  const awaiting = state.messages.find((message) => message.awaiting);
  // A run that answers none of our own messages was begun in another tab: its question has to be fetched.
  const stale = state.stale || state.run !== undefined || !awaiting;
  const next = awaiting
    ? updateMessage(state, awaiting.id, (message) => ({ ...message, awaiting: false }))
    : { ...state };
  return { ...next, stale, notice: undefined, run: { runId, thinking: true, aborting: false } };
}

function completeRun(state: ConversationState, runId: string): ConversationState {
  if (state.endedRuns.includes(runId)) return state;
  const endedRuns = [...state.endedRuns.slice(-19), runId];
  // Never heard of: it was dropped from the queue, or began and ended while frames were missed.
  if (state.run?.runId !== runId) return { ...state, endedRuns, stale: true };
  const incomplete = state.messages.some((message) => message.streaming || message.gap || message.awaiting);
  return {
    ...state,
    endedRuns,
    run: undefined,
    stale: state.stale || incomplete || state.run.branched === true,
    messages: incomplete ? state.messages.map(ended) : state.messages,
  };
}

/** What was cut off before its provider counted has none. */
const isCounted = ({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: MessageUsage) =>
  inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens > 0;

const ended = (message: TranscriptMessage) => (message.streaming ? { ...message, streaming: false } : message);

function reduceChunk(
  state: ConversationState,
  frame: Extract<ServerFrame, { type: 'chunk' }>,
  at: string,
): ConversationState {
  const known = state.messages.find((message) => message.id === frame.messageId);
  if (!known && frame.seq !== 0) return { ...state, stale: true };
  const message = known ?? newMessage({ id: frame.messageId, role: 'assistant', content: '', createdAt: at });
  if (frame.seq <= message.seq || (known && !known.streaming)) return state;
  if (frame.seq > message.seq + 1) {
    if (message.gap) return state;
    return { ...updateMessage(state, message.id, (before) => ({ ...before, gap: true })), stale: true };
  }
  const grown = { ...message, content: message.content + frame.content, seq: frame.seq, streaming: true };
  const next = known
    ? updateMessage(state, grown.id, () => grown)
    : { ...state, messages: waitingLast([...state.messages, grown]) };
  return next.run ? { ...next, run: { ...next.run, messageId: grown.id, thinking: false } } : next;
}

function reduceTool(
  state: ConversationState,
  frame: Extract<ServerFrame, { type: 'tool' }>,
  at: string,
): ConversationState {
  const { type: _type, agentId: _agent, chatId: _chat, runId: _run, messageId: _message, ...call } = frame;
  const known = state.messages.some((message) => message.id === frame.messageId);
  const message = newMessage({ id: frame.messageId, role: 'assistant', content: '', createdAt: at });
  const base = known
    ? state
    : { ...state, messages: waitingLast([...state.messages, { ...message, streaming: true }]) };
  const next = updateMessage(base, frame.messageId, (before) => ({
    ...before,
    toolCalls: withToolCall(before.toolCalls, call),
  }));
  if (!next.run) return next;
  return { ...next, run: { ...next.run, messageId: frame.messageId, thinking: true } };
}

function reduceError(state: ConversationState, frame: Extract<ServerFrame, { type: 'error' }>): ConversationState {
  const { code, message, retryable, clientMessageId } = frame;
  const refused = clientMessageId && state.outgoing.some((outgoing) => outgoing.clientMessageId === clientMessageId);
  if (refused) {
    return updateOutgoing(state, clientMessageId, (outgoing) => ({
      ...outgoing,
      failure: { code, message, retryable },
    }));
  }
  // Without a run or a message it answers the history that was asked for, unless it tells of an earlier run's fate.
  const failedRequest = !frame.runId && !clientMessageId && state.requested && code !== 'interrupted';
  const next = failedRequest ? { ...state, loaded: true, requested: undefined, stale: false } : state;
  return { ...next, decisions: {}, notice: { code, message, retryable, ofRun: frame.runId !== undefined } };
}

function updateMessage(
  state: ConversationState,
  id: string,
  change: (message: TranscriptMessage) => TranscriptMessage,
): ConversationState {
  return { ...state, messages: state.messages.map((message) => (message.id === id ? change(message) : message)) };
}

function updateOutgoing(
  state: ConversationState,
  clientMessageId: string,
  change: (message: OutgoingMessage) => OutgoingMessage,
): ConversationState {
  const outgoing = state.outgoing.map((message) =>
    message.clientMessageId === clientMessageId ? change(message) : message,
  );
  return { ...state, outgoing };
}

function withoutOutgoing(state: ConversationState, clientMessageId: string): ConversationState {
  return {
    ...state,
    outgoing: state.outgoing.filter((message) => message.clientMessageId !== clientMessageId),
  };
}
