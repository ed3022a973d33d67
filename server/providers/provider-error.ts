import { providerNames, type ProviderId } from './provider.ts';

export type ProviderErrorCode =
  | 'provider_auth'
  | 'provider_quota'
  | 'provider_unavailable'
  | 'model_not_found'
  | 'context_too_long'
  | 'rate_limited'
  /** Stopped by us: a person, a limit or the end of the server. */
  | 'interrupted'
  | 'internal';

export interface ProviderErrorOptions {
  /** Whether the same request may succeed a little later. */
  isRetryable?: boolean;
  /** How long the provider asks to wait, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** The context window that a refusal named, in tokens. */
  statedWindow?: number | undefined;
  /** The tokens that it counted in the prompt. */
  statedPrompt?: number | undefined;
  cause?: unknown;
}

/** What went wrong at a provider. The message is a sentence for a person to act on and holds no secret; the cause may. */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly code: ProviderErrorCode;
  readonly provider: ProviderId;
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly statedWindow: number | undefined;
  readonly statedPrompt: number | undefined;

  constructor(code: ProviderErrorCode, provider: ProviderId, message: string, options: ProviderErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.provider = provider;
    this.isRetryable = options.isRetryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.statedWindow = options.statedWindow;
    this.statedPrompt = options.statedPrompt;
  }
}

const keyPages: Record<ProviderId, string> = {
  anthropic: 'the Anthropic console',
  openai: 'the OpenAI platform settings',
  google: 'Google AI Studio',
  'ollama-cloud': 'your ollama.com settings',
  'ollama-local': 'the server in front of Ollama',
};

const billingPages: Record<ProviderId, string> = {
  anthropic: 'Add credits under Billing in the Anthropic console.',
  openai: 'Add credits under Billing in the OpenAI platform settings.',
  google: 'Check the plan and quotas of the project in Google AI Studio.',
  'ollama-cloud': 'Wait until the limit resets or upgrade the plan on ollama.com.',
  'ollama-local': 'Check the limits of the server.',
};

/** One sentence or two per cause, the same wherever the cause shows up. */
export function providerSentence(
  code: ProviderErrorCode,
  provider: ProviderId,
  details: { model?: string | undefined } = {},
): string {
  const name = providerNames[provider];
  const model = details.model ? `The model "${details.model}"` : 'The model';
  switch (code) {
    case 'provider_auth':
      return provider === 'ollama-local'
        ? `${name} wants a sign-in at this address. Check the address, or ${keyPages[provider]}.`
        : `${name} rejected this API key. Check that it was copied whole and is still active in ${keyPages[provider]}.`;
    case 'provider_quota':
      return `The ${name} account is out of credit or over its quota. ${billingPages[provider]}`;
    case 'rate_limited':
      return `${name} is receiving too many requests from this account right now. Try again in a moment.`;
    case 'model_not_found':
      return provider === 'ollama-local'
        ? `${model} is not installed in Ollama. Pull it there, or choose another model in the agent's settings.`
        : `${model} is not available from ${name} for this account. Choose another model in the agent's settings.`;
    case 'context_too_long':
      return 'The conversation is longer than this model can read. Start a new conversation, or choose a model with a larger context.';
    case 'provider_unavailable':
      return provider === 'ollama-local'
        ? 'Ollama cannot be reached. Check that it is running and that the address is right.'
        : `${name} cannot be reached right now. Try again in a moment.`;
    case 'interrupted':
      return 'The answer was stopped.';
    case 'internal':
      return `${name} could not answer this request.`;
  }
}
