import type { ToolCallOutcome } from '../../tools/tool-gate.ts';
import type { RuntimeEvent, StepReason, StepUsage } from '../agent-runtime.ts';
import { addUsage, hasUsage, noUsage } from '../step-usage.ts';
import { createEventQueue } from './event-queue.ts';
import {
  emptyAnswer,
  endingOf,
  type GatewayEnding,
  notSaidBefore,
  silentAnswer,
  stoppedElsewhere,
} from './gateway-ending.ts';
import {
  agentEventSchema,
  assistantDataSchema,
  callsOf,
  chatEventSchema,
  type GatewayUsage,
  pinchyDetailsOf,
  sessionMessageSchema,
  storedTextOf,
  textOf,
  type ToolData,
  toolDataSchema,
  type TranscriptMessage,
} from './gateway-events.ts';
import type { GatewayEvent } from './gateway-connection.ts';
import { gatewayFailure } from './gateway-failure.ts';
import { createGatewayStep } from './gateway-step.ts';

/** What a run of the gateway becomes on our side. */
export interface GatewayRun {
  readonly gatewayRunId: string;
  readonly sessionKey: string;
  applyEvent(event: GatewayEvent): void;
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
  /** Something was said before this run: saying nothing more is no empty answer. */
  mayBeEmpty: boolean;
  /** Stops the gateway's run: a person has to decide first, or its steps are used up. */
  pause: () => Promise<void>;
}

/** How long an event is waited for that belongs before one that came. */
const stragglerMs = 1_500;

/**
 * Reads one run off the gateway's events. A step of ours is one model call of the gateway: its text comes as growing
 * snapshots, its calls and tokens with the message that the gateway stores, the calls' ends as events of their own. Each of
 * these may be missing: a gateway drops what a slow connection cannot take, and reports no message that it would not show.
 */
export function createGatewayRun(options: GatewayRunOptions): GatewayRun {
  const { gatewayRunId, sessionKey, model } = options;
  const queue = createEventQueue<RuntimeEvent>();
  const outcomes = new Map<string, ToolCallOutcome>();
  const waits = new Set<NodeJS.Timeout>();
  /** What was heard is taken one after the other: a call that is refused here ends before its step does. */
  let taken: Promise<void> = Promise.resolve();
  let step = createGatewayStep(queue.push);
  let steps = 0;
  let lastMessageId: string | undefined;
  /** What earlier steps said. */
  let saidBefore = '';
  let wasSilent = false;
  /** Tokens of tries that failed and that the gateway repeated by itself. */
  let spent = noUsage;
  /** The run is over in the gateway; at most events that are late are missing. */
  let finishing: { ending: GatewayEnding; text: string } | undefined;
  let isOver = false;

  /** Done in turn, once what is late had its time. */
  function soon(work: () => void | Promise<void>): void {
    const timer = setTimeout(() => {
      waits.delete(timer);
      taken = taken.then(async () => {
        if (!isOver) await work();
      });
    }, stragglerMs).unref();
    waits.add(timer);
  }

  async function applyEvent({ event, payload }: GatewayEvent): Promise<void> {
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
    // The next step speaks: what this one lacks does not come any more.
    if (step.usage && !step.goesOnWith(parsed.data)) concludeStep();
    if (!isOver) step.addSnapshot(parsed.data);
  }

  function takeMessage(payload: unknown): void {
    const parsed = sessionMessageSchema.safeParse(payload);
    if (!parsed.success || parsed.data.sessionKey !== sessionKey) return;
    const { message, messageId } = parsed.data;
    if (message.role === 'toolResult') return takeStoredResult(message);
    if (message.role !== 'assistant' || message['__openclaw']?.runId !== gatewayRunId) return;
    // Notices of the gateway itself, such as its sentence about a failure, are not the model's.
    if (message.idempotencyKey !== undefined || message.usage === undefined) return;
    if (messageId !== undefined && messageId === lastMessageId) return;
    lastMessageId = messageId;
    const usage = addUsage(spent, stepUsageOf(message.usage));
    const ending = endingOf(message.stopReason);
    if (typeof ending !== 'string') {
      // A try that failed: in its text stands the gateway's sentence about that.
      spent = usage;
      return;
    }
    if (step.usage) concludeStep();
    if (isOver) return;
    spent = noUsage;
    step.usage = usage;
    step.ending = ending;
    step.completeText(storedTextOf(message));
    for (const { id, name, input } of callsOf(message)) step.startCall(id, name, input);
    endStepIfWhole();
  }

  /** The second word on a call's outcome, should its own event be lost. */
  function takeStoredResult({ toolCallId = '', toolName = '', content, details, isError }: TranscriptMessage): void {
    if (step.calls.get(toolCallId)?.state !== 'running') return;
    const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    const result = { content: parts, details };
    soon(() => endCall({ phase: 'result', toolCallId, name: toolName, result, isError }));
  }

  async function takeTool(data: ToolData): Promise<void> {
    const { phase, toolCallId, name } = data;
    if (phase === 'start') return step.startCall(toolCallId, name, data.args);
    if (phase === 'update') return takeWait(data);
    if (phase === 'result') await endCall(data);
  }

  function takeWait({ toolCallId, name, partialResult }: ToolData): void {
    const details = pinchyDetailsOf(partialResult);
    const call = step.calls.get(toolCallId);
    if (call?.state !== 'running' || details?.state !== 'approval' || !details.approvalId || !details.expiresAt) return;
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
    endStepIfWhole();
    // Also where the step's message is lost: nothing else happens until a person decides.
    soon(() => {
      if (call.state === 'waiting') step.usage ??= spent;
      endStepIfWhole();
    });
  }

  async function endCall({ toolCallId, result, isError }: ToolData): Promise<void> {
    const call = step.calls.get(toolCallId);
    if (call?.state !== 'running') return;
    step.settle(toolCallId, outcomes.get(toolCallId) ?? (await outcomeOf()));
    endStepIfWhole();

    async function outcomeOf(): Promise<ToolCallOutcome> {
      const details = pinchyDetailsOf(result);
      const output = textOf(result?.content);
      if (details && details.state !== 'approval') {
        return { state: details.state, summary: details.summary ?? '', output };
      }
      if (!isError) return { state: 'done', summary: '', output };
      return options.refuse({ toolCallId, name: call!.name, input: call!.input });
    }
  }

  /** Ends what is complete by now. A step without calls is the last one, and the run's end may still say how it ended. */
  function endStepIfWhole(): void {
    if (!step.usage || isOver) return;
    const states = [...step.calls.values()].map(({ state }) => state);
    if (states.includes('running')) return;
    if (finishing) return finish();
    if (states.length > 0) endStep('stop');
  }

  function concludeStep(): void {
    step.settleAll(outcomes);
    endStep(typeof step.ending === 'string' && step.calls.size === 0 ? step.ending : 'stop');
  }

  function endStep(reason: StepReason): void {
    const isWaiting = [...step.calls.values()].some(({ state }) => state === 'waiting');
    const isOutOfSteps = step.calls.size > 0 && steps + 1 >= options.stepsLeft;
    step.usage ??= spent;
    spent = noUsage;
    step.end(model, reason);
    steps += 1;
    saidBefore += step.shown;
    wasSilent ||= step.isSilent;
    step = createGatewayStep(queue.push);
    if (finishing) return;
    if (isWaiting) stopWith({ type: 'finish', reason: 'approval', continuation: { runtime: 'openclaw' } });
    else if (isOutOfSteps) stopWith({ type: 'finish', reason: 'step_limit' });
  }

  function stopWith(event: RuntimeEvent): void {
    isOver = true;
    void options.pause().finally(() => closeWith(event));
  }

  function closeWith(event?: RuntimeEvent): void {
    isOver = true;
    for (const timer of waits) clearTimeout(timer);
    if (event) queue.push(event);
    queue.end();
  }

  function takeChat(payload: unknown): void {
    const parsed = chatEventSchema.safeParse(payload);
    if (!parsed.success || parsed.data.runId !== gatewayRunId || finishing) return;
    const chat = parsed.data;
    if (chat.state === 'error') {
      if (chat.errorKind === 'refusal') finishSoon('filter', '');
      else fail(gatewayFailure(chat, model));
    }
    if (chat.state === 'aborted') fail(stoppedElsewhere);
    if (chat.state === 'final') finishSoon(endingOf(chat.stopReason), textOf(chat.message?.content));
  }

  /** Now, or once what is missing of the last step is there. */
  function finishSoon(ending: GatewayEnding, text: string): void {
    finishing = { ending, text };
    step.completeText(notSaidBefore(text, saidBefore));
    endStepIfWhole();
    if (!isOver) soon(finish);
  }

  function finish(): void {
    if (isOver || !finishing) return;
    const { ending } = finishing;
    if (typeof ending !== 'string') return failNow(ending);
    const reason = ending === 'stop' && typeof step.ending === 'string' ? step.ending : ending;
    step.settleAll(outcomes);
    step.flush();
    const saysNothing = reason === 'stop' && (saidBefore + step.shown).trim() === '';
    const isSilent = wasSilent || step.isSilent;
    const isEmpty = saysNothing && (isSilent || !options.mayBeEmpty);
    if (step.hasBegun || step.usage || reason !== 'stop') {
      const isLast = step.calls.size === 0;
      endStep(!isLast ? 'stop' : isEmpty ? 'error' : reason);
      // What cut the answer off needs a message that says so.
      if (!isLast && reason !== 'stop') endStep(reason);
    }
    if (isEmpty) closeWith(isSilent ? silentAnswer : emptyAnswer);
    else closeWith({ type: 'finish', reason });
  }

  function fail(error: Extract<RuntimeEvent, { type: 'error' }>): void {
    if (isOver) return;
    step.flush();
    const isSilent = (saidBefore + step.shown).trim() === '' && (wasSilent || step.isSilent);
    const told = error === emptyAnswer && isSilent ? silentAnswer : error;
    // What failed then came after a whole answer.
    const isWhole = step.usage && step.calls.size === 0 && step.ending === 'stop' && step.shown.trim() !== '';
    finishing ??= { ending: isWhole ? 'stop' : told, text: '' };
    finish();
  }

  /** What was billed counts, whatever came of it. */
  function failNow(error: Extract<RuntimeEvent, { type: 'error' }>): void {
    if (hasUsage(addUsage(step.usage ?? noUsage, spent))) {
      step.usage = addUsage(step.usage ?? noUsage, spent);
      endStep('error');
    } else step.flush();
    closeWith(error);
  }

  return {
    gatewayRunId,
    sessionKey,
    applyEvent(event) {
      taken = taken.then(() => applyEvent(event));
    },
    keepOutcome(toolCallId, outcome) {
      outcomes.set(toolCallId, outcome);
      // The event that tells it may be lost.
      soon(() => endCall({ phase: 'result', toolCallId, name: '' }));
    },
    fail,
    end: () => closeWith(),
    events: queue,
  };
}

function stepUsageOf({ input, output, cacheRead, cacheWrite }: GatewayUsage): StepUsage {
  return { inputTokens: input, outputTokens: output, cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite };
}
