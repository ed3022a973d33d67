import { APICallError, NoSuchModelError } from '@ai-sdk/provider';
import { ForbiddenAddressError, UnknownHostError } from '../platform/address-guard.ts';
import { causesOf, SafeFetchError } from '../platform/safe-fetch.ts';
import {
  ProviderError,
  providerSentence,
  type ProviderErrorCode,
  type ProviderErrorOptions,
} from './provider-error.ts';
import { providerNames, type ProviderId } from './provider.ts';
import { saysTooLong, statedPrompt, statedWindow } from './too-long.ts';

/** What a provider said when it refused, whichever way it arrived: as an HTTP answer or as a frame in the stream. */
export interface ProviderAnswer {
  status: number | undefined;
  headers?: Record<string, string> | undefined;
  /** The body's text, or what a frame held. */
  text: string;
}

/**
 * Turns anything the AI SDK, `fetch` or our own guard throws for a provider into a ProviderError.
 * The cause is named as closely as the provider names it; what it said is quoted only where nothing better is known, without keys.
 */
export function describeProviderError(
  error: unknown,
  provider: ProviderId,
  details: { model?: string; hasBegun?: boolean } = {},
): ProviderError {
  if (error instanceof ProviderError) return error;
  // The AI SDK's own, after tries: known by its name, because its package is the largest of all.
  if (error instanceof Error && error.name === 'AI_RetryError' && 'lastError' in error)
    return describeProviderError(error.lastError, provider, details);
  const make = (code: ProviderErrorCode, options: ProviderErrorOptions = {}, sentence?: string) =>
    new ProviderError(code, provider, sentence ?? providerSentence(code, provider, details), {
      ...options,
      cause: error,
    });

  // Who was answering can be reached.
  const unreachable = () =>
    make('provider_unavailable', { isRetryable: true }, details.hasBegun ? brokenOff(provider) : undefined);

  if (error instanceof SafeFetchError) {
    if (error.reason === 'aborted') return make('interrupted');
    if (error.reason === 'timeout') return make('provider_unavailable', { isRetryable: true }, tooSlow(provider));
    if (error.reason === 'redirect') return make('provider_unavailable', {}, redirectSentence(provider));
    if (error.reason === 'too-large') return make('provider_unavailable', {}, notUnderstood(provider));
    if (error.reason === 'unreachable') return unreachable();
    return make('provider_unavailable', {}, error.message);
  }
  const answer = answerOf(error);
  if (answer) return describeAnswer(answer, provider, details, error);
  if (NoSuchModelError.isInstance(error)) return make('model_not_found');

  for (const cause of causesOf(error)) {
    if (cause instanceof ForbiddenAddressError || cause instanceof UnknownHostError)
      return make('provider_unavailable', {}, cause.message);
    if (nameOf(cause) === 'AbortError') return make('interrupted');
    if (nameOf(cause) === 'TimeoutError') return make('provider_unavailable', { isRetryable: true }, tooSlow(provider));
  }
  for (const cause of causesOf(error)) {
    const code = String((cause as { code?: unknown } | null)?.code ?? '');
    if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
      return make('provider_unavailable', { isRetryable: true }, tooSlow(provider));
    if (networkCodes.has(code) || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL')) return unreachable();
    if (unreadableAnswers.has(nameOf(cause)))
      return make('provider_unavailable', { isRetryable: true }, notUnderstood(provider));
  }
  // `terminated` is undici's whole message for a body that broke off.
  if (APICallError.isInstance(error) || (error instanceof TypeError && /fetch failed|terminated/.test(error.message))) {
    return unreachable();
  }
  return make('internal');
}

/** The same for an answer that did not come through the AI SDK. */
export function describeAnswer(
  answer: ProviderAnswer,
  provider: ProviderId,
  details: { model?: string } = {},
  cause?: unknown,
): ProviderError {
  const { status = 0 } = answer;
  const words = wordsOf(answer.text);
  const retryAfterMs = retryAfterOf(answer);
  const make = (code: ProviderErrorCode, isRetryable: boolean, sentence = providerSentence(code, provider, details)) =>
    new ProviderError(code, provider, sentence, { isRetryable, retryAfterMs, cause });

  if (saysTooLong(words, status)) {
    const sentence = providerSentence('context_too_long', provider);
    return new ProviderError('context_too_long', provider, sentence, {
      statedWindow: statedWindow(words),
      statedPrompt: statedPrompt(words),
      cause,
    });
  }
  if (status >= 300 && status < 400) return make('provider_unavailable', false, redirectSentence(provider));
  if (saysQuota(provider, status, words)) return make('provider_quota', false);
  if (/API_KEY_INVALID|invalid_api_key|authentication_error|unregistered callers/i.test(words) || status === 401)
    return make('provider_auth', false);
  if (status === 403 || /permission_error/.test(words)) {
    const sentence = `${providerNames[provider]} does not allow this account to do that${quote(words, 'message')}. Check the key's permissions and the account's plan.`;
    return make('provider_auth', false, provider === 'ollama-local' ? undefined : sentence);
  }
  if (status === 429 || /rate_limit/.test(words)) return make('rate_limited', true);
  if (/model_not_found|not_found_error/.test(words) || (status === 404 && /model/i.test(words)))
    return make('model_not_found', false);
  if (status === 404) return make('provider_unavailable', false, notUnderstood(provider));
  if (/does not support tools/i.test(words)) {
    return make(
      'internal',
      false,
      'This model cannot use tools. Choose another model, or take the tools away from the agent.',
    );
  }
  if (isForGood.test(words)) {
    return make(
      'internal',
      false,
      `${providerNames[provider]} cannot run this model${quote(words, 'message')}. ${mending(provider)}`,
    );
  }
  if (status === 408 || status >= 500 || /overloaded/.test(words)) {
    const reason = saysNothing.test(words) ? '' : quote(words, 'message');
    return make(
      'provider_unavailable',
      true,
      `${providerNames[provider]} is overloaded or has a fault right now${reason}. Try again in a moment.`,
    );
  }
  return make('internal', false, `${providerNames[provider]} refused the request${quote(words, 'message')}.`);
}

/** Reasons why a model cannot be loaded: the same request a moment later ends the same way. */
const isForGood =
  /requires more (system|gpu|video)? ?memory|out of memory|not enough (memory|vram)|(unable|failed) to (load|allocate|open) (the )?model|error loading model|unknown (model )?architecture|unsupported (model|architecture)|invalid (model|file) (format|magic)|no space left on device|unable to load (the )?model|cudamalloc failed|bad magic/i;

/** Words of a fault that add nothing to the sentence. */
const saysNothing = /"(?:message|error)":"(?:internal (server )?error|overloaded|service unavailable|bad gateway)\.?"/i;

const mending = (provider: ProviderId) =>
  provider === 'ollama-local'
    ? 'Choose a smaller model in the agent’s settings, or give the machine of Ollama what it needs.'
    : 'Choose another model in the agent’s settings.';

function saysQuota(provider: ProviderId, status: number, words: string): boolean {
  if (status === 402 || /insufficient_quota|billing_error|billing_hard_limit|credit balance is too low/i.test(words))
    return true;
  // Google uses one code for both: limits per minute come with the time to wait, spent quotas do not or name the day.
  if (provider === 'google' && /exceeded your current quota/i.test(words))
    return /PerDay/.test(words) || !/retryDelay/.test(words);
  return provider === 'ollama-cloud' && /usage limit/i.test(words);
}

function answerOf(error: unknown): ProviderAnswer | undefined {
  if (APICallError.isInstance(error)) {
    if (error.statusCode === undefined || error.statusCode === 200) {
      return error.statusCode === 200 && error.data
        ? { status: undefined, text: JSON.stringify(error.data) }
        : undefined;
    }
    return { status: error.statusCode, headers: error.responseHeaders, text: error.responseBody ?? error.message };
  }
  if (typeof error !== 'object' || error === null) return undefined;
  // An error frame in mid-stream: the SDK's StreamProviderError, or a plain object from its lower layer.
  const { message, type, code, statusCode, data } = error as Record<string, unknown>;
  if (nameOf(error) !== 'AI_StreamProviderError' && (error instanceof Error || typeof message !== 'string'))
    return undefined;
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    text: JSON.stringify({ error: { message, type, code }, data }),
  };
}

/** The body as one line of JSON, so that patterns need not care for spaces; other text as it is. */
function wordsOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text.slice(0, 10_000);
  }
}

/** What the provider said, in brackets: short, one line and without anything that looks like a key. */
function quote(words: string, field: string): string {
  const said = new RegExp(`"(?:${field}|error)":"((?:[^"\\\\]|\\\\.)*)"`).exec(words)?.[1];
  if (!said) return '';
  const clean = said
    .replace(/\\[nrt]/g, ' ')
    .replace(/\\(.)/g, '$1')
    .replace(/\b(sk-|AIza|key-|Bearer )[\w*.-]+/gi, '…')
    .replace(/[A-Za-z0-9_-]{32,}/g, '…')
    .replace(/\s+/g, ' ')
    .trim();
  return ` (${clean.length > 200 ? `${clean.slice(0, 200)}…` : clean})`;
}

function retryAfterOf({ headers = {}, text }: ProviderAnswer): number | undefined {
  const milliseconds = Number(headers['retry-after-ms']);
  if (headers['retry-after-ms'] && Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const header = headers['retry-after'];
  if (header) {
    const wait = Number.isFinite(Number(header)) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
  }
  const delay = /"retryDelay":\s*"([\d.]+)s"/.exec(text)?.[1];
  return delay === undefined ? undefined : Number(delay) * 1000;
}

const networkCodes = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED ETIMEDOUT EPIPE EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN EPROTO CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT HPE_INVALID_CONSTANT'.split(
    ' ',
  ),
);

const unreadableAnswers = new Set([
  'AI_JSONParseError',
  'AI_TypeValidationError',
  'AI_InvalidResponseDataError',
  'AI_EmptyResponseBodyError',
  'AI_NoContentGeneratedError',
  'AI_NoOutputGeneratedError',
  'SyntaxError',
]);

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? String((value as { name?: unknown }).name ?? '') : '';
}

export const brokenOff = (provider: ProviderId) =>
  `The answer of ${providerNames[provider]} broke off before its end. Try again in a moment.`;
const tooSlow = (provider: ProviderId) => `${providerNames[provider]} did not answer in time. Try again in a moment.`;
const redirectSentence = (provider: ProviderId) =>
  `${providerNames[provider]} answered with a redirect, which is not followed. Enter the address it finally leads to.`;
const notUnderstood = (provider: ProviderId) =>
  provider === 'ollama-local'
    ? 'Something answers at this address, but it does not speak like Ollama. Check the address and the port.'
    : `${providerNames[provider]} sent an answer that could not be understood. Try again in a moment.`;

/** For answers with status 200 that hold something else than they should. */
export function unreadableAnswer(provider: ProviderId, cause?: unknown): ProviderError {
  return new ProviderError('provider_unavailable', provider, notUnderstood(provider), { isRetryable: true, cause });
}
