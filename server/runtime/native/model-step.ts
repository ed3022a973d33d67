import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../platform/logger.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import { askModel, type ModelAnswer, type ModelRequest } from './model-attempt.ts';
import type { StepUsage } from '../agent-runtime.ts';
import { assumedMaxWrites, BudgetExceeded } from '../spending.ts';
import { addUsage, noUsage, promptTokens } from '../step-usage.ts';
import { refusesSettings, thinksBeyondLimit } from './refused-settings.ts';
import { estimateRequest } from './token-estimate.ts';

export interface RetryOptions {
  /** Tries in all. */
  tries: number;
  /** The first pause, doubled each time, in milliseconds. */
  firstPauseMs: number;
  /** The longest pause; a provider that asks for a longer one gets no further try. */
  maxPauseMs: number;
}

/** The answer of the last try, with the usage of all. */
export interface StepAnswer extends Omit<ModelAnswer, 'failure'> {
  /** The provider did not answer, or a budget did not let it be asked. */
  failure: ProviderError | BudgetExceeded | undefined;
  /** What the model read in the last try, in tokens. */
  readTokens: number;
}

/**
 * Asks the model until it answers: again after a rate limit, a server's fault or a broken connection, as long as
 * nothing was shown. Tool calls of a broken answer were neither shown nor run, so they do not stand in the way.
 */
export async function* runModelStep(
  wanted: ModelRequest,
  options: { retry: RetryOptions; mayBeEmpty: boolean; log: Logger },
): AsyncGenerator<string, StepAnswer> {
  const { retry, log } = options;
  let request = wanted;
  let usage = noUsage;
  for (let attempt = 1; ; attempt++) {
    const allowed = await reserveCall(request, usage);
    if (allowed instanceof BudgetExceeded) return { ...unasked, usage, failure: allowed, readTokens: 0 };
    const answer = yield* askModel({ ...request, ...allowed });
    usage = addUsage(usage, answer.usage);
    const failure = answer.failure ?? (options.mayBeEmpty ? undefined : emptyAnswer(answer, request));
    const result = { ...answer, usage, failure, readTokens: promptTokens(answer.usage) };
    if (!failure || answer.text || request.signal.aborted) return result;
    if (refusesSettings(request, failure)) {
      log.info({ provider: request.provider, model: request.modelId }, 'the model takes no settings');
      request.onSettingsRefused?.();
      request = { ...request, settings: undefined };
      continue;
    }
    if (!failure.isRetryable || answer.timedOut || attempt >= retry.tries) return result;
    const pauseMs = failure.retryAfterMs ?? backOff(attempt, retry);
    if (pauseMs > retry.maxPauseMs) return result;
    log.info({ code: failure.code, provider: failure.provider, attempt, pauseMs }, 'asking the provider again');
    // Woken early by an abort: the next look at the signal ends it.
    await sleep(pauseMs, undefined, { signal: request.signal }).catch(() => {});
    if (request.signal.aborted) return result;
  }
}

/** With what it thinks, a model of Anthropic writes no more than that in one answer. */
const assumedMaxThought = 64_000;

const unasked = { text: '', parts: [], calls: [], finishReason: undefined, timedOut: false };

/** Every call of a model is reserved here. Returns the limit that a budget sets to the answer, if any. */
async function reserveCall(
  request: ModelRequest,
  usage: StepUsage,
): Promise<Pick<ModelRequest, 'maxOutputTokens' | 'settings'> | BudgetExceeded> {
  const limit = request.maxOutputTokens ?? assumedMaxWrites;
  const isBeyond = thinksBeyondLimit(request);
  const maxWrites = isBeyond ? Math.max(limit, assumedMaxThought) : limit;
  const allowed = await request.spending.reserve({
    reads: () => estimateRequest(request),
    maxWrites,
    unrecorded: addUsage(request.unrecorded ?? noUsage, usage),
  });
  if (allowed instanceof BudgetExceeded) return allowed;
  if (allowed === undefined || allowed >= maxWrites) return {};
  // Near the end of a budget it thinks as little as it does by itself.
  const settings = isBeyond && {
    settings: { temperature: request.settings?.temperature ?? null, reasoningEffort: null },
  };
  return { maxOutputTokens: Math.min(limit, allowed), ...settings };
}

/** Half of the pause is chance, so that many runs that failed together do not come back together. */
function backOff(attempt: number, { firstPauseMs, maxPauseMs }: RetryOptions): number {
  const full = Math.min(firstPauseMs * 2 ** (attempt - 1), maxPauseMs);
  return Math.round(full / 2 + (Math.random() * full) / 2);
}

function emptyAnswer(
  { text, calls, finishReason }: ModelAnswer,
  { provider }: ModelRequest,
): ProviderError | undefined {
  if (text.trim() || calls.length > 0 || finishReason === 'length' || finishReason === 'content-filter')
    return undefined;
  return new ProviderError(
    'internal',
    provider,
    'The model gave an empty answer. Try again, or choose another model.',
    {
      isRetryable: true,
    },
  );
}
