import * as z from 'zod';
import { safeFetch, type SafeResponse } from '../platform/safe-fetch.ts';
import { requireBaseUrl } from './check-base-url.ts';
import { contextWindowOf, unknownWindow } from './context-window.ts';
import { describeAnswer, describeProviderError, unreadableAnswer } from './describe-error.ts';
import { proxiedModelTraits, googleModelTraits, openAiDisplayName, openAiModelTraits } from './model-traits.ts';
import { ollamaAddressPolicy } from './plain-base-url.ts';
import {
  baseUrlOf,
  isOfficial,
  type ModelInfo,
  type ProviderCredential,
  type ProviderId,
  providerNames,
  type ProviderRoots,
} from './provider.ts';
import { countOf, looseOf, textOf } from './streams/loose.ts';
import { ProviderError, providerSentence } from './provider-error.ts';

const listTimeoutMs = 10_000;
const listMaxBytes = 8 * 1024 * 1024;
/** Against a list that never ends. */
const maxPages = 20;
const showConcurrency = 8;

/**
 * The models a provider offers for this credential, in the provider's order; only those that chat.
 * This is also the check of a credential: it throws a ProviderError whose message a person can act on, within 10 seconds.
 */
export async function listModels(
  provider: ProviderId,
  credential: ProviderCredential,
  roots: ProviderRoots,
  signal?: AbortSignal,
): Promise<ModelInfo[]> {
  return askForList(provider, credential, { roots, signal }, async (exchange) => {
    const models = await listers[provider](exchange);
    if (models.length === 0) throw new EmptyModelList(provider);
    return models;
  });
}

/** Asks a provider for lists, within 10 seconds altogether. @throws ProviderError */
export async function askForList<List>(
  provider: ProviderId,
  credential: ProviderCredential,
  { roots, signal }: { roots: ProviderRoots; signal?: AbortSignal | undefined },
  ask: (exchange: Exchange) => Promise<List>,
): Promise<List> {
  const deadline = AbortSignal.timeout(listTimeoutMs);
  try {
    const baseUrl =
      provider === 'ollama-local'
        ? await requireBaseUrl(credential.baseUrl ?? '')
        : baseUrlOf(provider, credential, roots);
    if (provider !== 'ollama-local' && !isUsableKey(credential.apiKey)) {
      throw new ProviderError('provider_auth', provider, providerSentence('provider_auth', provider));
    }
    const exchange: Exchange = {
      provider,
      baseUrl,
      apiKey: credential.apiKey ?? '',
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    };
    return await ask(exchange);
  } catch (error) {
    if (deadline.aborted && !signal?.aborted)
      throw describeProviderError(new DOMException('', 'TimeoutError'), provider);
    throw describeProviderError(error, provider);
  }
}

/** The provider answered its list, and nothing in it chats. */
export class EmptyModelList extends ProviderError {
  constructor(provider: ProviderId) {
    super('model_not_found', provider, emptyList(provider));
  }
}

/** Whether a key can go into a header at all. */
function isUsableKey(key: string | undefined): boolean {
  return key !== undefined && /^[\x21-\x7e]+$/.test(key);
}

function emptyList(provider: ProviderId): string {
  if (provider === 'ollama-local')
    return 'Ollama answers, but has no model that chats. Pull one first, for example: ollama pull qwen3';
  return 'The provider answers, but offers this account no model that chats.';
}

export interface Exchange {
  provider: ProviderId;
  baseUrl: string;
  apiKey: string;
  signal: AbortSignal;
}

export async function exchangeJson<T>(
  { provider, baseUrl, apiKey, signal }: Exchange,
  path: string,
  schema: z.ZodType<T>,
  body?: unknown,
): Promise<T> {
  const answer = await send({ provider, baseUrl, apiKey, signal }, path, body);
  const isElsewhere = provider in addressVariables && !isOfficial(provider, baseUrl);
  // A path that is missing says more about the address than about a model.
  if (isElsewhere && (answer.status === 404 || answer.status === 405)) throw wrongAddress(provider);
  if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, provider);
  try {
    return schema.parse(JSON.parse(answer.body.toString('utf8')));
  } catch (error) {
    throw isElsewhere ? wrongAddress(provider, error) : unreadableAnswer(provider, error);
  }
}

const addressVariables: Partial<Record<ProviderId, string>> = {
  anthropic: 'ANTHROPIC_BASE_URL',
  openai: 'OPENAI_BASE_URL',
  google: 'GOOGLE_BASE_URL',
};

function wrongAddress(provider: ProviderId, cause?: unknown): ProviderError {
  const sentence = `The server at the address in ${addressVariables[provider]} has no list of models like ${providerNames[provider]}’s. Check the address: it is the one to which /models is added.`;
  return new ProviderError('provider_unavailable', provider, sentence, { cause });
}

function send({ provider, baseUrl, apiKey, signal }: Exchange, path: string, body?: unknown): Promise<SafeResponse> {
  return safeFetch(`${baseUrl}${path}`, {
    ...ollamaAddressPolicy,
    followRedirects: 0,
    maxBytes: listMaxBytes,
    timeoutMs: listTimeoutMs,
    signal,
    headers: {
      accept: 'application/json',
      ...keyHeaders(provider, apiKey),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { method: 'POST' as const, body: JSON.stringify(body) }),
  });
}

function keyHeaders(provider: ProviderId, apiKey: string): Record<string, string> {
  if (provider === 'anthropic') return { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' };
  if (provider === 'google') return { 'x-goog-api-key': apiKey };
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

function refusalOf({ status, headers, body }: SafeResponse, provider: ProviderId): ProviderError {
  return describeAnswer({ status, headers: Object.fromEntries(headers), text: body.toString('utf8') }, provider);
}

const listers: Record<ProviderId, (exchange: Exchange) => Promise<ModelInfo[]>> = {
  anthropic: listAnthropic,
  openai: listOpenAi,
  google: listGoogle,
  'ollama-cloud': listOllamaCloud,
  'ollama-local': listOllama,
};

const anthropicPage = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      display_name: z.string().nullish(),
      max_input_tokens: z.unknown().optional(),
      max_tokens: z.unknown().optional(),
    }),
  ),
  has_more: z.boolean().nullish(),
  last_id: z.string().nullish(),
});

async function listAnthropic(exchange: Exchange): Promise<ModelInfo[]> {
  const models: ModelInfo[] = [];
  let after = '';
  for (let page = 0; page < maxPages; page++) {
    const { data, has_more, last_id } = await exchangeJson(exchange, `/models?limit=1000${after}`, anthropicPage);
    for (const { id, display_name, max_input_tokens, max_tokens } of data) {
      models.push({
        id,
        provider: 'anthropic',
        displayName: display_name ?? id,
        toolUse: true,
        vision: true,
        ...contextWindowOf('anthropic', id, max_input_tokens),
        maxOutput: countOf(max_tokens) || null,
      });
    }
    if (!has_more || !last_id) break;
    after = `&after_id=${encodeURIComponent(last_id)}`;
  }
  return models;
}

const openAiEntries = z.array(z.unknown());
const openAiList = z.union([
  z.object({ data: openAiEntries }).transform(({ data }) => data),
  z.object({ models: openAiEntries }).transform(({ models }) => models),
  openAiEntries,
]);

async function listOpenAi(exchange: Exchange): Promise<ModelInfo[]> {
  const isItself = isOfficial('openai', exchange.baseUrl);
  const entries = (await exchangeJson(exchange, '/models', openAiList)).map((entry) =>
    typeof entry === 'string' ? { id: entry } : looseOf(entry),
  );
  // OpenAI lists in no order; the newest first is what people look for. Proxies leave much out.
  const listed = entries
    .map((entry) => ({ entry, id: textOf(entry.id) || textOf(entry.name), created: countOf(entry.created) ?? 0 }))
    .filter(({ id }) => id !== '')
    .toSorted((one, other) => other.created - one.created || one.id.localeCompare(other.id));
  return listed.flatMap(({ entry, id }): ModelInfo[] => {
    const traits = isItself ? openAiModelTraits(id) : proxiedModelTraits(id);
    if (!traits) return [];
    const [window, output] = [windowNames, outputNames].map((names) =>
      names.map((name) => countOf(entry[name])).find((count) => count !== undefined && count > 0),
    );
    return [
      {
        id,
        provider: 'openai',
        displayName: openAiDisplayName(id),
        ...traits,
        ...contextWindowOf('openai', id, window),
        maxOutput: output ?? null,
      },
    ];
  });
}

const windowNames = ['max_model_len', 'context_length', 'context_window', 'max_input_tokens', 'max_context_length'];
const outputNames = ['max_output_tokens', 'max_completion_tokens'];

const googlePage = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        displayName: z.string().nullish(),
        inputTokenLimit: z.unknown().optional(),
        outputTokenLimit: z.unknown().optional(),
        supportedGenerationMethods: z.array(z.string()).nullish(),
      }),
    )
    .default([]),
  nextPageToken: z.string().nullish(),
});

async function listGoogle(exchange: Exchange): Promise<ModelInfo[]> {
  const models: ModelInfo[] = [];
  let token = '';
  for (let page = 0; page < maxPages; page++) {
    const answer = await exchangeJson(exchange, `/models?pageSize=1000${token}`, googlePage);
    for (const { name, displayName, inputTokenLimit, outputTokenLimit, supportedGenerationMethods } of answer.models) {
      const id = name.replace(/^models\//, '');
      const traits = googleModelTraits(id);
      // A proxy may say nothing of methods.
      const methods = supportedGenerationMethods ?? (isOfficial('google', exchange.baseUrl) ? [] : ['generateContent']);
      if (!traits || !methods.includes('generateContent')) continue;
      models.push({
        id,
        provider: 'google',
        displayName: displayName ?? id,
        ...traits,
        ...contextWindowOf('google', id, inputTokenLimit),
        maxOutput: countOf(outputTokenLimit) || null,
      });
    }
    if (!answer.nextPageToken) break;
    token = `&pageToken=${encodeURIComponent(answer.nextPageToken)}`;
  }
  return models;
}

const ollamaTags = z.object({ models: z.array(z.object({ name: z.string() })) });
const ollamaShow = z.object({
  capabilities: z.array(z.string()).optional(),
  template: z.string().optional(),
  model_info: z.record(z.string(), z.unknown()).nullish(),
});

/** Ollama's catalogue is public, so the key is tried where it counts: an empty chat is refused for its key before its content. */
async function listOllamaCloud(exchange: Exchange): Promise<ModelInfo[]> {
  const [models, probe] = await Promise.all([listOllama(exchange), send(exchange, '/v1/chat/completions', {})]);
  if (probe.status !== 400 && (probe.status < 200 || probe.status > 299)) throw refusalOf(probe, exchange.provider);
  return models;
}

async function listOllama(exchange: Exchange): Promise<ModelInfo[]> {
  const { models: tags } = await exchangeJson(exchange, '/api/tags', ollamaTags);
  const found: (ModelInfo | undefined)[] = Array.from({ length: tags.length });
  const indexes = tags.keys();
  const worker = async () => {
    // Workers share one iterator, so each model is asked for once.
    for (const index of indexes) found[index] = await describeOllamaModel(exchange, tags[index]!.name);
  };
  await Promise.all(Array.from({ length: showConcurrency }, worker));
  return found.filter((model) => model !== undefined);
}

async function describeOllamaModel(exchange: Exchange, id: string): Promise<ModelInfo | undefined> {
  const displayName = id.replace(/:latest$/, '');
  const unknown = { id, provider: exchange.provider, displayName, toolUse: false, vision: false, ...unknownWindow };
  try {
    const {
      capabilities,
      template = '',
      model_info,
    } = await exchangeJson(exchange, '/api/show', ollamaShow, { model: id });
    // Before 0.6 Ollama did not list capabilities; then the template tells.
    const can = capabilities ?? ['completion', ...(template.includes('.Tools') ? ['tools'] : [])];
    if (!can.includes('completion')) return undefined;
    const stated = Object.entries(model_info ?? {}).find(([key]) => key.endsWith('.context_length'))?.[1];
    const window = contextWindowOf(exchange.provider, id, stated);
    return { ...unknown, toolUse: can.includes('tools'), vision: can.includes('vision'), ...window };
  } catch (error) {
    // A model that was removed just now, or one that cannot be shown, must not hide the others.
    if (exchange.signal.aborted) throw error;
    return unknown;
  }
}
