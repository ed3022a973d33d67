import { parseFullModelId, type ProviderId, providerNames } from '../../providers/provider.ts';
import { type ProviderErrorCode, providerSentence } from '../../providers/provider-error.ts';
import type { RuntimeEvent } from '../agent-runtime.ts';
import { describeAnswer } from '../../providers/describe-error.ts';
import { emptyAnswer, endingOf, stoppedElsewhere, timedOut, unknownFailure } from './gateway-ending.ts';
import type { ChatEvent } from './gateway-events.ts';
import { counted } from '../../platform/counted.ts';

type ErrorEvent = Extract<RuntimeEvent, { type: 'error' }>;

/** The gateway's reasons (`failoverReason`) in our words; one that is not here is told as a failure of the gateway. */
const codes: Record<string, ProviderErrorCode> = {
  auth: 'provider_auth',
  auth_permanent: 'provider_auth',
  billing: 'provider_quota',
  rate_limit: 'rate_limited',
  overloaded: 'provider_unavailable',
  server_error: 'provider_unavailable',
  timeout: 'provider_unavailable',
  model_not_found: 'model_not_found',
  context_overflow: 'context_too_long',
};

const retryable = new Set<ProviderErrorCode>(['rate_limited', 'provider_unavailable']);

/** What a failed run of the gateway is to the person: the same codes and sentences as in the built-in runtime. */
export function gatewayFailure(chat: ChatEvent, model: string): ErrorEvent {
  const paused = pausedFailure(chat, model);
  if (paused) return paused;
  if (chat.errorMessage?.includes('(blocked by pinchy)')) return unasked;
  const reason = chat.errorDetail?.failoverReason ?? chat.errorKind ?? '';
  if (reason === 'empty_response' || saysEmpty.test(chat.errorMessage ?? '')) return emptyAnswer;
  const ending = endingOf(chat.stopReason);
  if (chat.errorKind === 'timeout' || ending === timedOut) return timedOut;
  if (ending === stoppedElsewhere) return stoppedElsewhere;
  const reference = parseFullModelId(model);
  const known = chat.errorKind === 'context_length' ? 'context_too_long' : codes[reason];
  if (reference && (known === undefined || known === 'provider_unavailable')) {
    const said = describePreview(chat, reference.provider, reference.id);
    if (said) return said;
  }
  const code = known ?? codeOfStatus(chat);
  if (!code || !reference) return { ...unknownFailure, message: withReason(unknownFailure.message, chat) };
  const message = providerSentence(code, reference.provider, { model: reference.id });
  return { type: 'error', code, message, retryable: retryable.has(code) };
}

/** A sentence with the gateway's own words about it: short, on one line, and without anything that looks like a key. */
function withReason(sentence: string, { errorMessage = '' }: ChatEvent): string {
  const said = errorMessage
    .replace(/\b(sk-|AIza|key-|Bearer )[\w*.-]+|[A-Za-z0-9_-]{32,}/gi, '…')
    .replace(/[\s\p{Extended_Pictographic}\uFE0F]+/gu, ' ')
    .trim();
  if (said === '') return sentence;
  const short = said.length > 200 ? `${said.slice(0, 200).toWellFormed()}…` : said.replace(/\.$/, '');
  return sentence.replace('.', ` (${short}).`);
}

/** What a gateway says once it asked the model again and got nothing, or its word for silence, each time. */
const saysEmpty = /couldn.t generate a response/i;

/** What the provider said, where the gateway passes it on: it names the cause more closely than the gateway's own kinds. */
function describePreview({ errorDetail }: ChatEvent, provider: ProviderId, model: string): ErrorEvent | undefined {
  const { httpStatus: status, providerErrorMessagePreview: message } = errorDetail ?? {};
  if (!message) return undefined;
  const text = JSON.stringify({ error: { message } });
  const described = describeAnswer({ status, text }, provider, { model });
  return { type: 'error', code: described.code, message: described.message, retryable: described.isRetryable };
}

/**
 * A gateway does not ask a provider again for a while after it refused a key or its quota. It says so in words only; how
 * long depends on the cause: about one minute after a refused key, ten and more after a quota.
 */
function pausedFailure({ errorMessage = '' }: ChatEvent, model: string): ErrorEvent | undefined {
  const pause = /temporarily disabled after a provider.*Retry after about (\d+) minutes?/s.exec(errorMessage)?.[1];
  const reference = parseFullModelId(model);
  if (!pause || !reference) return undefined;
  const name = providerNames[reference.provider];
  const message = `${name} refused the key or its quota a moment ago, so the OpenClaw Gateway does not ask it again for about ${counted(Number(pause), 'minute', 'minutes')}. An admin can check the key under Settings → Providers.`;
  return { type: 'error', code: Number(pause) > 5 ? 'provider_quota' : 'provider_auth', message, retryable: true };
}

function codeOfStatus({ errorDetail }: ChatEvent): ProviderErrorCode | undefined {
  const status = errorDetail?.httpStatus ?? 0;
  if (status === 401 || status === 403) return 'provider_auth';
  if (status === 402) return 'provider_quota';
  if (status === 404) return 'model_not_found';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'provider_unavailable' : undefined;
}

/** Our plugin lets no run begin of which Pinchy does not tell it that it is one of its own. */
const unasked: ErrorEvent = {
  type: 'error',
  code: 'runtime_unavailable',
  message:
    'The OpenClaw Gateway could not ask Pinchy about this answer. Try again; if it stays so, an admin can check the address and the token that the gateway has for Pinchy.',
  retryable: true,
};

/** It was told to restart, and still lets the answers end that it is at. */
export const gatewayRestarting: ErrorEvent = {
  type: 'error',
  code: 'runtime_unavailable',
  message: 'The OpenClaw Gateway that runs the agents is being restarted. Try again in a few minutes.',
  retryable: true,
};

/** The gateway is not there, or went away in the middle. */
export const gatewayUnavailable: ErrorEvent = {
  type: 'error',
  code: 'runtime_unavailable',
  message: 'The OpenClaw Gateway that runs the agents cannot be reached. Try again in a moment.',
  retryable: true,
};
