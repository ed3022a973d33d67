import type { ToolCallOutcome } from '../../tools/tool-gate.ts';
import type { RuntimeEvent, StepUsage } from '../agent-runtime.ts';
import { createEventQueue } from './event-queue.ts';
import {
  agentEventSchema,
  assistantDataSchema,
  callsOf,
  chatEventSchema,
  type GatewayUsage,
  pinchyDetailsOf,
  type SessionMessage,
  sessionMessageSchema,
  textOf,
  type ToolData,
  toolDataSchema,
} from './gateway-events.ts';
import type { GatewayEvent } from './gateway-connection.ts';
import { gatewayFailure } from './gateway-failure.ts';

/** What a run of the gateway becomes on our side. */
export interface GatewayRun {
  readonly gatewayRunId: string;
  readonly sessionKey: string;
  take(event: GatewayEvent): void;
  /** A call of this run ended in this process: the whole outcome, where the gateway's events may shorten it. */
  keepOutcome(toolCallId: string, outcome: ToolCallOutcome): void;
  fail(error: Extract<RuntimeEvent, { type: 'error' }>): void;
  end(): void;
  events: AsyncIterable<RuntimeEvent>;
}

export interface GatewayRunOptions {
  gatewayRunId: string;
  sessionKey: string;
  /** `<provider>/<model id>` */
  model: string;
  /** Calls of tools that were not offered never reach our plugin: they are refused and recorded here. */
  refuse: (call: { toolCallId: string; name: string; input: unknown }) => Promise<ToolCallOutcome>;
  /** How many steps it may have; it is stopped after the last one that calls tools. */
  stepsLeft: number;
  /** Stops the gateway's run: a person has to decide first, or its steps are used up. */
  pause: () => Promise<void>;
}

interface Call {
  name: string;
  input: unknown;
  state: 'running' | 'ended' | 'waiting';
}

/** The gateway stores a step's message before it says that the run is over; how long a straggler is waited for. */
const stragglerMs = 1_500;

/**
 * Reads one run off the gateway's events. A step of ours is one model call of the gateway: its text comes as growing
 * snapshots, its calls and tokens with the message that the gateway stores, the calls' ends as events of their own.
 */
export function createGatewayRun(options: GatewayRunOptions): GatewayRun {
  const { gatewayRunId, sessionKey, model } = options;
  const queue = createEventQueue<RuntimeEvent>();
  const outcomes = new Map<string, ToolCallOutcome>();
  /** What was heard is taken one after the other: a call that is refused here ends before its step does. */
  let taken: Promise<void> = Promise.resolve();
  let calls = new Map<string, Call>();
  let segment = '';
  let said = '';
  let stepText = false;
  /** Set once the message of the step was stored. */
  let usage: StepUsage | undefined;
  let straggler: NodeJS.Timeout | undefined;
  /** The run is over in the gateway, and only the message of its last step is missing. */
  let finishing: 'stop' | 'length' | undefined;
  let isOver = false;
  let steps = 0;

  async function take({ event, payload }: GatewayEvent): Promise<void> {
    if (isOver) return;
    if (event === 'agent') await takeAgentEvent(payload);
    if (event === 'session.message') takeMessage(payload);
    if (event === 'chat') takeChat(payload);
  }

  async function takeAgentEvent(payload: unknown): Promise<void> {
    const parsed = agentEventSchema.safeParse(payload);
    if (!parsed.success || parsed.data.runId !== gatewayRunId) return;
    const { stream, data } = parsed.data;
    if (stream === 'assistant') takeText(data);
    if (stream === 'tool') {
      const tool = toolDataSchema.safeParse(data);
      if (tool.success) await takeTool(tool.data);
    }
  }

  function takeText(data: unknown): void {
    const parsed = assistantDataSchema.safeParse(data);
    if (!parsed.success) return;
    const { text, delta, itemId = '' } = parsed.data;
    if (itemId !== segment) {
      segment = itemId;
      said = '';
    }
    // Snapshots heal what was dropped between two events.
    const more = text?.startsWith(said) ? text.slice(said.length) : (delta ?? '');
    if (more === '') return;
    said = text ?? said + more;
    stepText = true;
    queue.push({ type: 'text-delta', text: more });
  }

  function takeMessage(payload: unknown): void {
    const parsed = sessionMessageSchema.safeParse(payload);
    if (!parsed.success || parsed.data.sessionKey !== sessionKey) return;
    const { message } = parsed.data;
    if (message.role !== 'assistant' || message['__openclaw']?.runId !== gatewayRunId) return;
    // Notices of the gateway itself, such as its sentence about a failure, are not the model's.
    if (message.idempotencyKey !== undefined || message.usage === undefined) return;
    usage = stepUsageOf(message.usage);
    for (const { id, name, input } of callsOf(message)) startCall(id, name, input);
    addMissingText(message);
    endStepWhenSettled();
  }

  /** A step whose text came in one piece may have no snapshots. */
  function addMissingText(message: SessionMessage): void {
    const text = textOf(message.content);
    if (!stepText && text !== '') queue.push({ type: 'text-delta', text });
    else if (text.length > said.length && text.startsWith(said)) {
      queue.push({ type: 'text-delta', text: text.slice(said.length) });
    }
  }

  function startCall(toolCallId: string, name: string, input: unknown): void {
    if (calls.has(toolCallId)) return;
    calls.set(toolCallId, { name, input, state: 'running' });
    queue.push({ type: 'tool-start', toolCallId, name: name.slice(0, 100), input: input ?? {} });
  }

  async function takeTool(data: ToolData): Promise<void> {
    const { toolCallId, name } = data;
    if (data.phase === 'start') return startCall(toolCallId, name, data.args);
    if (calls.get(toolCallId)?.state !== 'running') return;
    if (data.phase === 'update') return takeWait(toolCallId, data);
    if (data.phase === 'result') await endCall(toolCallId, data);
  }

  function takeWait(toolCallId: string, { name, partialResult }: ToolData): void {
    const details = pinchyDetailsOf(partialResult);
    const call = calls.get(toolCallId);
    if (!call || details?.state !== 'approval' || !details.approvalId || !details.expiresAt) return;
    call.state = 'waiting';
    queue.push({
      type: 'tool-approval',
      toolCallId,
      name,
      input: details.input,
      approvalId: details.approvalId,
      expiresAt: new Date(details.expiresAt),
      ...(typeof details.summary === 'string' && { summary: details.summary }),
    });
    endStepWhenSettled();
  }

  async function endCall(toolCallId: string, { result, isError }: ToolData): Promise<void> {
    const call = calls.get(toolCallId);
    if (!call) return;
    const details = pinchyDetailsOf(result);
    const known = outcomes.get(toolCallId);
    const output = textOf(result?.content);
    if (known) return settle(toolCallId, call, known);
    if (details && details.state !== 'approval') {
      return settle(toolCallId, call, { state: details.state, summary: details.summary ?? '', output });
    }
    if (!isError) return settle(toolCallId, call, { state: 'done', summary: '', output });
    settle(toolCallId, call, await options.refuse({ toolCallId, name: call.name, input: call.input }));
  }

  function settle(toolCallId: string, call: Call, outcome: ToolCallOutcome): void {
    call.state = 'ended';
    queue.push({ type: 'tool-end', toolCallId, name: call.name, ...outcome });
    endStepWhenSettled();
  }

  function endStepWhenSettled(): void {
    if (!usage || isOver) return;
    const states = [...calls.values()].map(({ state }) => state);
    if (states.includes('running')) return;
    endStep(usage, finishing ?? 'stop');
    if (finishing) return finish(finishing);
    if (states.includes('waiting')) {
      stopWith({ type: 'finish', reason: 'approval', continuation: { runtime: 'openclaw' } });
    } else if (states.length > 0 && steps >= options.stepsLeft) stopWith({ type: 'finish', reason: 'step_limit' });
  }

  function stopWith(event: RuntimeEvent): void {
    isOver = true;
    void options.pause().finally(() => {
      queue.push(event);
      queue.end();
    });
  }

  function endStep(stepUsage: StepUsage, reason: 'stop' | 'length'): void {
    queue.push({ type: 'step-end', usage: stepUsage, model, reason });
    steps += 1;
    calls = new Map();
    usage = undefined;
    said = '';
    stepText = false;
  }

  function takeChat(payload: unknown): void {
    const parsed = chatEventSchema.safeParse(payload);
    if (!parsed.success || parsed.data.runId !== gatewayRunId) return;
    const chat = parsed.data;
    if (chat.state === 'error') fail(gatewayFailure(chat, model));
    if (chat.state === 'aborted') fail(stoppedElsewhere);
    if (chat.state === 'final') finishWhenStored(chat.stopReason === 'length' ? 'length' : 'stop');
  }

  /** Now, or once the message of the last step was stored. */
  function finishWhenStored(reason: 'stop' | 'length'): void {
    if (!stepText && calls.size === 0) return finish(reason);
    finishing = reason;
    straggler = setTimeout(() => {
      if (isOver) return;
      // The tokens of this step are not known; the answer counts all the same.
      endStep(noUsage, reason);
      finish(reason);
    }, stragglerMs).unref();
  }

  function finish(reason: 'stop' | 'length'): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(straggler);
    queue.push({ type: 'finish', reason });
    queue.end();
  }

  function fail(error: Extract<RuntimeEvent, { type: 'error' }>): void {
    if (isOver) return;
    isOver = true;
    queue.push(error);
    queue.end();
  }

  return {
    gatewayRunId,
    sessionKey,
    take(event) {
      taken = taken.then(() => take(event));
    },
    keepOutcome: (toolCallId, outcome) => void outcomes.set(toolCallId, outcome),
    fail,
    end() {
      isOver = true;
      clearTimeout(straggler);
      queue.end();
    },
    events: queue,
  };
}

const noUsage: StepUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

function stepUsageOf({ input, output, cacheRead, cacheWrite }: GatewayUsage): StepUsage {
  return { inputTokens: input, outputTokens: output, cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite };
}

const stoppedElsewhere = {
  type: 'error',
  code: 'interrupted',
  message: 'The answer was stopped in the OpenClaw Gateway. Ask again to get the whole answer.',
  retryable: true,
} as const;
