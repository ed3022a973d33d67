import { calcPrice } from '@pydantic/genai-prices';
import type { LanguageModelUsage } from 'ai';
import { parseFullModelId, type ProviderId } from './provider.ts';

/** Tokens of one model call. `inputTokens` leaves out what was read from or written to a cache: the four never overlap. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

/** The AI SDK counts cached tokens within `inputTokens`; we keep them apart. Missing counts are 0. */
export function normaliseUsage(provider: ProviderId, usage: LanguageModelUsage): TokenUsage {
  const { noCacheTokens, cacheReadTokens, cacheWriteTokens } = usage.inputTokenDetails;
  const read = count(cacheReadTokens);
  // Nobody but Anthropic and OpenAI bills cache writes apart.
  const write = provider === 'anthropic' || provider === 'openai' ? count(cacheWriteTokens) : 0;
  return {
    inputTokens:
      noCacheTokens === undefined ? Math.max(0, count(usage.inputTokens) - read - write) : count(noCacheTokens),
    outputTokens: count(usage.outputTokens),
    cacheReadTokens: read,
    cacheWriteTokens: write,
  };
}

function count(tokens: number | undefined): number {
  return tokens !== undefined && Number.isFinite(tokens) && tokens > 0 ? Math.round(tokens) : 0;
}

/** What `@pydantic/genai-prices` calls the providers that bill by the token. Ollama bills by the month, or not at all. */
const priceListIds: Partial<Record<ProviderId, string>> = {
  anthropic: 'anthropic',
  openai: 'openai',
  google: 'google',
};

/**
 * The price of one model call in US dollars at the list prices of `at`, or null when no price is known.
 * An unknown model is never 0; Ollama is always null.
 */
export function priceUsage({
  provider,
  model,
  at,
  inputTokens,
  outputTokens,
  cacheReadTokens,
  cacheWriteTokens,
}: TokenUsage & { provider: ProviderId; model: string; at: Date }): number | null {
  const providerId = priceListIds[provider];
  if (providerId === undefined) return null;
  const price = priceOf(
    {
      // The price list wants cached tokens within the input, as the AI SDK does.
      input_tokens: inputTokens + cacheReadTokens + cacheWriteTokens,
      output_tokens: outputTokens,
      cache_read_tokens: cacheReadTokens,
      cache_write_tokens: cacheWriteTokens,
    },
    model,
    { providerId, timestamp: at },
  );
  // A listed model without figures would come out as free.
  if (!price || price.model_price.input_mtok === undefined || price.model_price.output_mtok === undefined) return null;
  return Number.isFinite(price.total_price) ? price.total_price : null;
}

/** The price of texts that an embedding model read, in US dollars; null when no price is known. */
export function priceEmbedding(fullModelId: string, tokens: number, at: Date): number | null {
  const parsed = parseFullModelId(fullModelId);
  const providerId = parsed && priceListIds[parsed.provider];
  if (!parsed || providerId === undefined) return null;
  const price = priceOf({ input_tokens: tokens, output_tokens: 0 }, parsed.id, { providerId, timestamp: at });
  if (!price || price.model_price.input_mtok === undefined) return null;
  return Number.isFinite(price.total_price) ? price.total_price : null;
}

/** What the list says of a model, in US dollars a million tokens; of prices that grow with the prompt the first. */
export interface ListPrice {
  input: number;
  /** An embedding model has none. */
  output: number | undefined;
  cacheRead: number | undefined;
  cacheWrite: number | undefined;
}

export function listPriceOf(fullModelId: string, at: Date): ListPrice | undefined {
  const parsed = parseFullModelId(fullModelId);
  const providerId = parsed && priceListIds[parsed.provider];
  if (!parsed || providerId === undefined) return undefined;
  const price = priceOf({ input_tokens: 0, output_tokens: 0 }, parsed.id, { providerId, timestamp: at })?.model_price;
  const figure = (key: string): number | undefined => {
    const found = price?.[key];
    return typeof found === 'object' ? found.base : found;
  };
  const input = figure('input_mtok');
  if (input === undefined) return undefined;
  return {
    input,
    output: figure('output_mtok'),
    cacheRead: figure('cache_read_mtok'),
    cacheWrite: figure('cache_write_mtok'),
  };
}

/** The context window by the price list, in tokens. */
export function listedContextWindow(provider: ProviderId, model: string): number | null {
  const providerId = priceListIds[provider];
  if (providerId === undefined) return null;
  return priceOf({ input_tokens: 0, output_tokens: 0 }, model, { providerId })?.model.context_window ?? null;
}

function priceOf(...[usage, model, options]: Parameters<typeof calcPrice>): ReturnType<typeof calcPrice> {
  try {
    return calcPrice(usage, model, options);
  } catch {
    // The price list refuses usage a model has no figures for; then there is no price.
    return null;
  }
}
