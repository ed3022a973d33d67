import type { ProviderId } from '../../providers/provider.ts';
import { maxSteps, type RunRequest, type RuntimeEvent, type StepReason } from '../agent-runtime.ts';
import { continuationOf } from './continuation.ts';
import { toErrorEvent } from './error-event.ts';
import { resolveFallback } from './fallback.ts';
import type { ModelAnswer, ModelRequest } from './model-attempt.ts';
import { runModelStep, type RetryOptions, type StepAnswer } from './model-step.ts';
import type { NativeRuntimeOptions, ResolvedModel } from './native-runtime.ts';
import { createToolOffer } from './offered-tools.ts';
import { createRunPrompt, type RunPrompt, type RunPromptOptions } from './run-prompt.ts';
import { addUsage, hasUsage, noUsage } from '../step-usage.ts';
import { runToolCalls } from './tool-calls.ts';
import type { SilenceLimits } from './watchdog.ts';

const defaultSilence: SilenceLimits = { firstByte: 90_000, thinking: 180_000, betweenChunks: 60_000 };
/** Loading a large model from disk. */
const localFirstByte = 300_000;
const defaultRetry: RetryOptions = { tries: 3, firstPauseMs: 1_000, maxPauseMs: 20_000 };

export type AgentLoop = (
  request: RunRequest,
  resolved: ResolvedModel,
  signal: AbortSignal,
) => AsyncGenerator<RuntimeEvent>;

/** A model that answers, and how it is asked. */
interface Answering extends Pick<RunPromptOptions, 'fullId' | 'contextWindow' | 'model'> {
  vision: boolean;
  tools: ReturnType<ReturnType<typeof createToolOffer>> | undefined;
  /** Tokens of one answer: what somebody set, and what counts where nobody did. */
  limit: number | undefined;
  maxOutput: number | null;
}

/** The loop itself, on the AI SDK: one model call per step, every tool call through the tool gate. */
export function createAgentLoop(options: NativeRuntimeOptions): AgentLoop {
  const { toolGate, registry, images, log } = options;
  const retry = { ...defaultRetry, ...options.retry };
  const offer = createToolOffer(registry);

  return answer;

  async function* answer(
    request: RunRequest,
    resolved: ResolvedModel,
    signal: AbortSignal,
  ): AsyncGenerator<RuntimeEvent> {
    let asked = request;
    let { settings } = request;
    let current = prepare(asked, resolved, signal);
    const prompt = createRunPrompt(request, { ...current, retry, log });
    let hasText = request.stepsUsed > 0;

    for (let step = request.stepsUsed + 1; ;) {
      const isLast = step >= maxSteps;
      const tools = isLast ? undefined : current.tools;
      const ask = async (): Promise<ModelRequest> => {
        const messages = await prompt.messages({ vision: current.vision, callsAsText: !tools, images });
        if (isLast && current.tools) messages.push({ role: 'user', content: lastStepNote });
        const room = prompt.answerRoom();
        // A limit is sent where somebody set one, or where the provider's own would not fit into the window any more.
        const isTight = room !== null && current.maxOutput !== null && room < current.maxOutput;
        const maxOutputTokens = isTight ? room : current.limit;
        return {
          ...current.model,
          settings,
          onSettingsRefused: () => (settings = undefined),
          instructions: request.system,
          messages,
          tools,
          usedCallIds: prompt.callIds(),
          ...(maxOutputTokens !== undefined && { maxOutputTokens }),
        };
      };
      const given = yield* takeStep(prompt, ask, hasText, signal);
      const reason =
        given.calls.length > 0 && !isLast ? 'stop' : reasonOf(given.finishReason, isLast && !!current.tools);
      const stepEnd = { type: 'step-end' as const, usage: given.usage, model: current.fullId, reason };
      if (given.failure || signal.aborted) {
        // What was billed counts, whatever came of it.
        const isBilled = hasUsage(given.usage);
        if (isBilled) yield given.failure ? { ...stepEnd, reason: 'error' } : stepEnd;
        if (!given.failure || signal.aborted) return;
        const next = given.text ? undefined : await resolveFallback(asked, given.failure, options);
        if (next && !signal.aborted) {
          yield next.event;
          asked = next.request;
          ({ settings } = asked);
          current = prepare(asked, next.resolved, signal);
          prompt.changeModel(current);
          if (isBilled) step += 1;
          continue;
        }
        if (!signal.aborted) yield toErrorEvent(given.failure, log, asked);
        return;
      }
      if (given.calls.length === 0) {
        yield { ...stepEnd, isLast: true };
        yield { type: 'finish', reason };
        return;
      }
      hasText ||= given.text.trim() !== '';
      const offered = new Set(Object.keys(tools ?? {}));
      const toolCalls = yield* runToolCalls(given.calls, { request, toolGate, offered, signal });
      yield stepEnd;
      if (signal.aborted) return;
      if (isLast) {
        yield { type: 'finish', reason: 'step_limit' };
        return;
      }
      if (!toolCalls) {
        const continuation = continuationOf(current.fullId, prompt.all(), given.parts);
        yield { type: 'finish', reason: 'approval', continuation };
        return;
      }
      prompt.add({ role: 'step', parts: given.parts, text: given.text, toolCalls });
      step += 1;
    }
  }

  function prepare(request: RunRequest, resolved: ResolvedModel, signal: AbortSignal): Answering {
    const { provider, contextWindow, vision } = resolved;
    const silence = { ...defaultSilence, ...(provider === 'ollama-local' && { firstByte: localFirstByte }) };
    const limits = [resolved.maxOutput, request.settings?.maxOutputTokens].filter((limit) => limit != null);
    const limit = limits.length > 0 ? Math.min(...limits) : undefined;
    return {
      fullId: request.model,
      contextWindow,
      model: {
        model: resolved.model,
        provider,
        modelId: request.model.slice(request.model.indexOf('/') + 1),
        silence: { ...silence, ...options.silence },
        spending: options.spending.of({ ...request, holder: request.runId }),
        signal,
      },
      vision,
      tools: resolved.toolUse ? offer(request.toolIds) : undefined,
      limit,
      maxOutput: limit ?? defaultMaxOutput[provider] ?? null,
    };
  }

  /** One step, with compaction before it where the estimate asks for it, or once after the provider did. */
  async function* takeStep(
    prompt: RunPrompt,
    ask: () => Promise<ModelRequest>,
    mayBeEmpty: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<RuntimeEvent, Pick<StepAnswer, 'text' | 'parts' | 'calls' | 'finishReason' | 'usage' | 'failure'>> {
    let wasTooLong = false;
    let spent = noUsage;
    for (;;) {
      if (prompt.isTooLong()) {
        const { failure, usage } = yield* prompt.compact();
        spent = addUsage(spent, usage);
        if (failure || signal.aborted) return { ...nothing, usage: spent, failure };
      }
      const step = yield* showText(runModelStep({ ...(await ask()), unrecorded: spent }, { retry, mayBeEmpty, log }));
      const given = { ...step, usage: addUsage(spent, step.usage) };
      if (given.failure?.code === 'context_too_long' && !wasTooLong && !given.text && !signal.aborted) {
        wasTooLong = true;
        prompt.learnTooLong(given.failure);
        spent = given.usage;
        continue;
      }
      if (!given.failure) prompt.learn(given.readTokens);
      return given;
    }
  }
}

/** What the AI SDK asks for where nobody says more: Anthropic refuses it together with a prompt that leaves less. */
const defaultMaxOutput: Partial<Record<ProviderId, number>> = { anthropic: 64_000 };

const nothing = {
  text: '',
  parts: [],
  calls: [],
  finishReason: undefined,
  usage: noUsage,
};

const lastStepNote =
  '[You have used all the steps of this answer, so no tools are left. Answer now with what you have, and say what is missing.]';

async function* showText(step: AsyncGenerator<string, StepAnswer>): AsyncGenerator<RuntimeEvent, StepAnswer> {
  try {
    for (;;) {
      const next = await step.next();
      if (next.done) return next.value;
      yield { type: 'text-delta', text: next.value };
    }
  } finally {
    // When the consumer leaves, the request must end too.
    await step.return(undefined as never);
  }
}

/** What cut a step off. An answer whose tools were taken away at the limit of steps may lack what they would have found. */
function reasonOf(finishReason: ModelAnswer['finishReason'], isOutOfSteps: boolean): Exclude<StepReason, 'error'> {
  if (finishReason === 'length') return 'length';
  if (finishReason === 'content-filter') return 'filter';
  return isOutOfSteps ? 'step_limit' : 'stop';
}
