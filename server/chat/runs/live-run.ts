import { randomUUID } from 'node:crypto';
import type { Failure, FinishReason, MessageUsage, Source, ToolCall } from '../../../contract/socket.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import type { StoredToolCall } from '../../db/schema/conversations.ts';
import type { RuntimeEvent } from '../../runtime/agent-runtime.ts';
import type { Approval } from '../../tools/approval/approval.queries.ts';
import { cleanJson, cleanText, createDeltaCleaner } from '../clean-text.ts';
import { changedFrame, type ConversationReference } from '../conversations/conversation-reference.ts';
import { presentToolCall } from '../conversations/present-tool-call.ts';
import { createRunFrames } from './run-frames.ts';
import type { ToolCallRecord } from './tool-call-record.ts';

/** Faster models are bundled: one chunk per interval and run is as much as a reader can see. */
const chunkIntervalMs = 20;

/** The assistant message that is being written. */
export interface LiveMessage {
  readonly id: string;
  readonly runId: string;
  readonly conversationId: string;
  content: string;
  /** The last chunk sent; -1 before any. */
  seq: number;
  toolCalls: ToolCallRecord[];
  /** What the database has of it. */
  stored: { inserted: boolean; seq: number; length: number; toolsChanged: boolean };
  /** The fallback model that writes it; null where that is the agent's own. */
  readonly fallbackModel: string | null;
  /** What its step cost, once that is known; it may wait for approvals after that. */
  usage: MessageUsage | null;
  /** What it rests on, once its text is whole. */
  sources: Source[];
  /** From here on its last, complete version is being written; growth must not be written any more. */
  ended: boolean;
}

/** `revoked`: the person may not use the agent any more. */
export type AbortCause = 'user' | 'shutdown' | 'lost' | 'revoked' | 'stopped';

/** What the world sees of a run while this process answers it. */
export interface LiveRun {
  readonly runId: string;
  readonly conversation: ConversationReference;
  readonly signal: AbortSignal;
  readonly abortCause: AbortCause | undefined;
  readonly message: LiveMessage | undefined;
  abort(cause: AbortCause): void;
  addText(text: string): void;
  startTool(event: Extract<RuntimeEvent, { type: 'tool-start' }>): void;
  endTool(event: Omit<Extract<RuntimeEvent, { type: 'tool-end' }>, 'type' | 'name'>): void;
  /** The call was approved and is being made. */
  resumeTool(toolCallId: string): void;
  /** Shows what is stored to be done, whatever the runtime says that it is. */
  awaitApproval(toolCallId: string, approval: Approval): void;
  /** Calls of the message that have no outcome yet. */
  openCalls(): StoredToolCall[];
  /** Sends what waits of the message's text. It stays open: its calls wait for approval. */
  holdMessage(): LiveMessage | undefined;
  /** Ends the message's text: sends what waits, settles calls that never ended. Its row can then be written for good. */
  endMessage(): LiveMessage | undefined;
  /** The fallback model writes what begins from now on; null: the agent's own. */
  writeBy(fallbackModel: string | null): void;
  /** A message even where nothing was said: it tells why. */
  requireMessage(): void;
  /** The ended message is stored; undefined when nobody knows whether. `usage` is null when it was not counted. */
  messageStored(end: { usage: MessageUsage | null; finishReason: FinishReason } | undefined): void;
  think(): void;
  /** Nothing happens until a person decides; nobody is told then that the run lives. */
  waiting: boolean;
  /** A decision was made, or one may have been missed. */
  wake(): void;
  /** Resolves at the next `wake` or abort after this call. */
  nextWake(): Promise<void>;
  /** Another process goes on with the run: no more frames from here, and sockets fetch the state anew. */
  release(): void;
  /** It was taken away, or its end could not be written for all the tries: its row may still say that it runs. */
  unended: boolean;
  /** The last frames of the run; nothing may follow. */
  complete(failure?: Failure): void;
  snapshot(): { messageId: string | null; content: string; seq: number; tools: ToolCall[] };
  /** When the last frame was sent, by `performance.now()`: a wall clock that is set back must not silence a run. */
  readonly lastFrameAt: number;
}

export function createLiveRun(options: {
  runId: string;
  conversation: ConversationReference;
  publish: (frame: string) => void;
  /** The message of a run that waited when its process ended. */
  message?: LiveMessage | undefined;
  /** A message began or was stored, or the run ended: what a history answer was built from has changed. */
  onChange: () => void;
  /** From now on only a person's decision lets it go on. */
  onWait: () => void;
}): LiveRun {
  const { runId, conversation, publish, onChange, onWait } = options;
  const frames = createRunFrames(conversation, runId);
  const controller = new AbortController();
  const cleaner = createDeltaCleaner();
  let abortCause: AbortCause | undefined;
  let message = options.message;
  let waiting = message !== undefined;
  let wakeUp = Promise.withResolvers<void>();
  let unsent = '';
  let chunkTimer: NodeJS.Timeout | undefined;
  let lastChunkAt = 0;
  let lastFrameAt = performance.now();
  let completed = false;
  let fallbackModel: string | null = null;

  function send(frame: string): void {
    lastFrameAt = performance.now();
    publish(frame);
  }

  function currentMessage(): LiveMessage {
    if (message) return message;
    message = {
      id: randomUUID(),
      runId,
      conversationId: conversation.id,
      content: '',
      seq: -1,
      toolCalls: [],
      stored: { inserted: false, seq: -1, length: 0, toolsChanged: false },
      fallbackModel,
      usage: null,
      sources: [],
      ended: false,
    };
    onChange();
    return message;
  }

  function sendChunk(): void {
    clearTimeout(chunkTimer);
    chunkTimer = undefined;
    if (unsent === '' || !message) return;
    const text = unsent;
    unsent = '';
    lastChunkAt = performance.now();
    message.content += text;
    message.seq += 1;
    send(frames.chunk(message.id, message.seq, text));
  }

  function append(text: string): void {
    if (text === '') return;
    currentMessage();
    unsent += text;
    const wait = lastChunkAt + chunkIntervalMs - performance.now();
    if (wait <= 0) sendChunk();
    else chunkTimer ??= setTimeout(sendChunk, wait);
  }

  function wake(): void {
    wakeUp.resolve();
    wakeUp = Promise.withResolvers();
  }

  const isOpen = (call: StoredToolCall) => call.state === 'running' || call.state === 'approval';

  return {
    runId,
    conversation,
    signal: controller.signal,
    get abortCause() {
      return abortCause;
    },
    get message() {
      return message;
    },
    get lastFrameAt() {
      return lastFrameAt;
    },
    abort(cause) {
      if (abortCause) return;
      abortCause = cause;
      controller.abort();
      wake();
    },
    addText: (text) => append(cleaner.push(text)),
    startTool(event) {
      append(cleaner.end());
      const target = currentMessage();
      sendChunk();
      const call: ToolCallRecord = {
        toolCallId: cleanText(event.toolCallId),
        name: cleanText(event.name),
        state: 'running',
        input: cleanJson(event.input),
      };
      target.toolCalls.push(call);
      target.stored.toolsChanged = true;
      send(frames.tool(target.id, call));
    },
    endTool(event) {
      const call = message?.toolCalls.find((candidate) => candidate.toolCallId === cleanText(event.toolCallId));
      if (!call || !message) return;
      call.state = event.state;
      // It may name what a model or another system wrote.
      call.summary = visibleText(cleanText(event.summary));
      call.output = cleanText(event.output);
      const images = event.images?.flatMap(({ sha256, ...image }) => (sha256 ? [{ ...image, sha256 }] : []));
      if (images?.length) call.images = images;
      message.stored.toolsChanged = true;
      send(frames.tool(message.id, call));
    },
    resumeTool(toolCallId) {
      const call = message?.toolCalls.find((candidate) => candidate.toolCallId === toolCallId);
      if (!call || !message) return;
      call.state = 'running';
      message.stored.toolsChanged = true;
      send(frames.tool(message.id, call));
    },
    awaitApproval(shownId, approval) {
      append(cleaner.end());
      const target = currentMessage();
      sendChunk();
      const { id: approvalId, toolId: name, expiresAt, summary, proposal, mayAllowAlways } = approval;
      const toolCallId = cleanText(shownId);
      let call = target.toolCalls.find((candidate) => candidate.toolCallId === toolCallId);
      if (!call) {
        call = { toolCallId, name, state: 'approval', input: null };
        target.toolCalls.push(call);
      }
      const { input } = approval;
      Object.assign(call, { name, state: 'approval', input, approvalId, expiresAt: expiresAt.toISOString() });
      if (proposal) call.proposal = proposal;
      if (mayAllowAlways) call.mayAllowAlways = true;
      // It may name what another system wrote.
      if (summary) call.summary = visibleText(summary);
      target.stored.toolsChanged = true;
      send(frames.tool(target.id, call));
    },
    openCalls: () => message?.toolCalls.filter(isOpen) ?? [],
    holdMessage() {
      append(cleaner.end());
      sendChunk();
      return message;
    },
    endMessage() {
      append(cleaner.end());
      sendChunk();
      if (!message) return undefined;
      for (const call of message.toolCalls) {
        if (!isOpen(call)) continue;
        call.state = 'failed';
        call.summary = 'Stopped before it ended.';
        send(frames.tool(message.id, call));
      }
      message.ended = true;
      return message;
    },
    writeBy: (model) => void (fallbackModel = model),
    requireMessage: () => void currentMessage(),
    messageStored(end) {
      if (message && end) {
        const { id, sources, fallbackModel: writer } = message;
        send(frames.done(id, { ...end, fallbackModel: writer, sources }));
      }
      message = undefined;
      onChange();
    },
    think: () => send(frames.thinking()),
    get waiting() {
      return waiting;
    },
    set waiting(value) {
      waiting = value;
      if (waiting) onWait();
    },
    unended: false,
    wake,
    nextWake: () => (abortCause ? Promise.resolve() : wakeUp.promise),
    release() {
      if (completed) return;
      completed = true;
      clearTimeout(chunkTimer);
      send(JSON.stringify(changedFrame(conversation)));
      onChange();
    },
    complete(failure) {
      if (completed) return;
      completed = true;
      clearTimeout(chunkTimer);
      if (failure) send(frames.error(failure));
      send(frames.complete());
      onChange();
    },
    snapshot: () => ({
      messageId: message?.id ?? null,
      content: message?.content ?? '',
      seq: message?.seq ?? -1,
      tools: message?.toolCalls.map(presentToolCall) ?? [],
    }),
  };
}
