import { randomUUID } from 'node:crypto';
import {
  experimental_streamLanguageModelCall as streamLanguageModelCall,
  type FinishReason,
  type LanguageModel,
  type ModelMessage,
  type ToolSet,
} from 'ai';
import type { ModelSettings } from '../../../contract/model-settings.ts';
import { brokenOff, describeProviderError } from '../../providers/describe-error.ts';
import { normaliseUsage } from '../../providers/prices.ts';
import { withCachedInstructions, withPromptCaching } from '../../providers/prompt-caching.ts';
import type { ProviderId } from '../../providers/provider.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import type { StepUsage } from '../agent-runtime.ts';
import { createThinkingFilter } from './inline-thinking.ts';
import { offeredName } from './offered-name.ts';
import { callPart, type StepMessage } from './prompt-messages.ts';
import type { CallSpending } from '../spending.ts';
import { noUsage } from '../step-usage.ts';
import { createTextCleaner, flatEnough } from './streamed-text.ts';
import { createWatchdog, type Silence, type SilenceLimits } from './watchdog.ts';

export interface ModelRequest {
  model: LanguageModel;
  provider: ProviderId;
  /** The provider's own id, for error sentences. */
  modelId: string;
  instructions: string;
  messages: ModelMessage[];
  tools: ToolSet | undefined;
  /** The provider's own where left out, as everything of `settings`. */
  maxOutputTokens?: number;
  settings?: Pick<ModelSettings, 'temperature' | 'reasoningEffort'> | undefined;
  /** The model takes none, and was asked without. */
  onSettingsRefused?: () => void;
  /** Ids of calls that the conversation has already. */
  usedCallIds: ReadonlySet<string>;
  silence: SilenceLimits;
  spending: CallSpending;
  /** What calls before it used and is recorded together with it. */
  unrecorded?: StepUsage;
  signal: AbortSignal;
}

export interface ModelToolCall {
  toolCallId: string;
  name: string;
  /** Parsed JSON, or the text that is none. */
  input: unknown;
}

export interface ModelAnswer {
  text: string;
  parts: StepMessage['parts'];
  calls: ModelToolCall[];
  finishReason: FinishReason | undefined;
  usage: StepUsage;
  failure: ProviderError | undefined;
  /** The failure is our patience running out: another try would only double the wait. */
  timedOut: boolean;
}

/**
 * Asks the model once and yields text as it comes. Never throws: how it ended stands in the answer, with whatever came
 * before. Returns at once when the signal aborts, and the connection is closed then.
 */
export async function* askModel(request: ModelRequest): AsyncGenerator<string, ModelAnswer> {
  const { provider, signal } = request;
  const answer: ModelAnswer = {
    text: '',
    parts: [],
    calls: [],
    finishReason: undefined,
    usage: noUsage,
    failure: undefined,
    timedOut: false,
  };
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  const watchdog = createWatchdog(request.silence, () => {
    answer.timedOut = true;
    controller.abort(new DOMException('The provider was silent for too long.', 'TimeoutError'));
  });
  const cleaner = createTextCleaner();
  let thinking = createThinkingFilter();
  const collect = createCollector(answer, request);
  let problem: unknown;
  let hasBegun = false;
  try {
    const reader = await open(request, controller.signal);
    for (;;) {
      const { done, value: part } = await reader.read();
      if (done) break;
      if (part.type === 'raw') {
        watchdog.alive();
        continue;
      }
      const heard = phaseAfter(part.type);
      if (heard) watchdog.heard(heard);
      hasBegun ||= heard !== undefined && part.type !== 'error';
      request.spending.hear(lengthOf(part));
      if (part.type === 'error') problem ??= part.error;
      else if (part.type === 'text-delta' || part.type === 'text-end') {
        const isEnd = part.type === 'text-end';
        const text = cleaner.push(isEnd ? thinking.flush() : thinking.push(part.text));
        if (isEnd) thinking = createThinkingFilter();
        if (isEnd && text) collect({ type: 'text-delta', id: part.id, text });
        collect(isEnd || text === part.text ? part : { ...part, text });
        if (text) {
          answer.text += text;
          yield text;
        }
        if (answer.text.length > maxTextLength) throw endlessAnswer(provider);
      } else collect(part);
    }
    const rest = cleaner.push(thinking.flush()) + cleaner.flush();
    if (rest) {
      answer.text += rest;
      yield rest;
    }
    controller.signal.throwIfAborted();
    if (problem === undefined && isBroken(answer.finishReason)) problem = brokenAnswer(provider);
  } catch (error) {
    problem ??= error;
  } finally {
    watchdog.stop();
    signal.removeEventListener('abort', abort);
    // Also when the consumer leaves: nobody reads on, so the provider need not write on.
    controller.abort();
  }
  if (answer.finishReason === 'length') dropTornCalls(answer);
  // Providers refuse blank text in a history.
  answer.parts = answer.parts.filter((part) => part.type !== 'text' || part.text.trim() !== '');
  if (problem !== undefined)
    answer.failure = describeProviderError(problem, provider, { model: request.modelId, hasBegun });
  return answer;
}

type ModelStream = Awaited<ReturnType<typeof streamLanguageModelCall<ToolSet>>>['stream'];
type ModelPart = ModelStream extends ReadableStream<infer Part> ? Part : never;

/** Neither a slow start nor a pending read outlives the signal, whatever the provider's code makes of it. */
async function open(request: ModelRequest, signal: AbortSignal): Promise<ReadableStreamDefaultReader<ModelPart>> {
  const { temperature, reasoningEffort } = request.settings ?? {};
  const call = streamLanguageModelCall({
    model: request.model,
    instructions: withCachedInstructions(request.provider, request.instructions),
    messages: withPromptCaching(request.provider, request.messages),
    ...(request.tools ? { tools: request.tools } : {}),
    ...(request.maxOutputTokens ? { maxOutputTokens: request.maxOutputTokens } : {}),
    ...(temperature !== null && temperature !== undefined && { temperature }),
    ...(reasoningEffort && { reasoning: reasoningEffort }),
    abortSignal: signal,
    // What a proxy's model thinks is no part of its own, but a sign of life.
    includeRawChunks: true,
    // Files that a model points at are not fetched: the address would be its choice.
    download: async (files) => {
      if (files.length > 0) throw new Error('Files are not downloaded.');
      return [];
    },
    _internal: { collectContent: false },
  });
  let leave: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  aborted.catch(() => {});
  try {
    const { stream } = await Promise.race([call, aborted]);
    const reader = stream.getReader() as ReadableStreamDefaultReader<ModelPart>;
    signal.addEventListener('abort', () => void reader.cancel(signal.reason).catch(() => {}), { once: true });
    return reader;
  } catch (error) {
    call.then(({ stream }) => stream.cancel()).catch(() => {});
    throw error;
  } finally {
    if (leave) signal.removeEventListener('abort', leave);
  }
}

function phaseAfter(type: ModelPart['type']): Silence | undefined {
  // `model-call-start` is the SDK's own and says nothing about the provider.
  if (type === 'model-call-start') return undefined;
  if (type === 'text-delta' || type === 'tool-input-delta' || type === 'tool-call') return 'betweenChunks';
  return 'thinking';
}

/** What the provider bills as written. */
function lengthOf(part: ModelPart): number {
  if (part.type === 'text-delta' || part.type === 'reasoning-delta') return Buffer.byteLength(part.text);
  return part.type === 'tool-input-delta' ? Buffer.byteLength(part.delta) : 0;
}

/** Gathers what has to be sent back in the next step, in the order in which it came. */
function createCollector(
  answer: ModelAnswer,
  { provider, tools, usedCallIds }: ModelRequest,
): (part: ModelPart) => void {
  const offered = new Set(Object.keys(tools ?? {}));
  type Prose = Extract<StepMessage['parts'][number], { type: 'text' | 'reasoning' }>;
  const begun = new Map<string, Prose>();
  const prose = (
    type: Prose['type'],
    part: { id: string; text?: string; providerMetadata?: Prose['providerOptions'] },
  ) => {
    const key = `${type} ${part.id}`;
    const target: Prose = begun.get(key) ?? { type, text: '' };
    if (!begun.has(key)) {
      begun.set(key, target);
      answer.parts.push(target);
    }
    target.text += part.text ?? '';
    if (part.providerMetadata) target.providerOptions = part.providerMetadata;
  };
  return (part) => {
    switch (part.type) {
      case 'text-start':
      case 'text-delta':
      case 'text-end':
        return prose('text', part);
      case 'reasoning-start':
      case 'reasoning-delta':
      case 'reasoning-end':
        return prose('reasoning', part);
      case 'tool-call': {
        if (part.providerExecuted) return;
        const taken =
          usedCallIds.has(part.toolCallId) || answer.calls.some(({ toolCallId }) => toolCallId === part.toolCallId);
        const isUsable = /^[a-zA-Z0-9_-]{1,64}$/.test(part.toolCallId) && !taken;
        const toolCallId = isUsable ? part.toolCallId : `call_${randomUUID().replaceAll('-', '')}`;
        const call = { toolCallId, name: offeredName(part.toolName, offered), input: flatEnough(part.input) };
        answer.calls.push(call);
        answer.parts.push({
          ...callPart(call),
          ...(part.providerMetadata ? { providerOptions: part.providerMetadata } : {}),
        });
        return;
      }
      case 'model-call-end':
        answer.finishReason = part.finishReason;
        answer.usage = normaliseUsage(provider, part.usage);
        return;
      default:
        return;
    }
  };
}

/** The limit cut off their arguments: they are no calls that anybody meant. */
function dropTornCalls(answer: ModelAnswer): void {
  const torn = new Set(answer.calls.filter(({ input }) => typeof input === 'string').map((call) => call.toolCallId));
  answer.calls = answer.calls.filter(({ toolCallId }) => !torn.has(toolCallId));
  answer.parts = answer.parts.filter((part) => part.type !== 'tool-call' || !torn.has(part.toolCallId));
}

/** A connection that ended without the provider's own sign of completion. */
function isBroken(reason: FinishReason | undefined): boolean {
  return reason === undefined || (reason as string) === 'interrupted' || reason === 'error';
}

/** UTF-16 code units of one step: twice what 128,000 tokens, the most that models write, come to. */
const maxTextLength = 1_000_000;

function endlessAnswer(provider: ProviderId): ProviderError {
  const sentence = 'The answer did not come to an end and was stopped. Ask again, or choose another model.';
  return new ProviderError('provider_unavailable', provider, sentence);
}

function brokenAnswer(provider: ProviderId): ProviderError {
  return new ProviderError('provider_unavailable', provider, brokenOff(provider), {
    isRetryable: true,
  });
}
