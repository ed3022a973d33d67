import type { DoubleErrorKind } from './script.ts';
import type { PlainReply } from './wire.ts';

// The codes are those of https://platform.openai.com/docs/guides/error-codes/api-errors.

interface OpenAiError {
  status: number;
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

const errors: Record<DoubleErrorKind, OpenAiError> = {
  auth: {
    status: 401,
    message:
      'Incorrect API key provided: sk-wrong****key. You can find your API key at https://platform.openai.com/account/api-keys.',
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  },
  forbidden: {
    status: 403,
    message: 'You have insufficient permissions for this operation. Missing scopes: model.request.',
    type: 'invalid_request_error',
    param: null,
    code: 'missing_scope',
  },
  quota: {
    status: 429,
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    param: null,
    code: 'insufficient_quota',
  },
  'rate-limit': {
    status: 429,
    message:
      'Rate limit reached for gpt-5 in organization org-double on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.',
    type: 'tokens',
    param: null,
    code: 'rate_limit_exceeded',
  },
  'model-not-found': {
    status: 404,
    message: 'The model `unknown` does not exist or you do not have access to it.',
    type: 'invalid_request_error',
    param: null,
    code: 'model_not_found',
  },
  'context-too-long': {
    status: 400,
    message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
    type: 'invalid_request_error',
    param: 'input',
    code: 'context_length_exceeded',
  },
  overloaded: {
    status: 503,
    message: 'The engine is currently overloaded, please try again later.',
    type: 'service_unavailable',
    param: null,
    code: 'server_is_overloaded',
  },
  server: {
    status: 500,
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    param: null,
    code: 'server_error',
  },
};

export function openAiError(kind: DoubleErrorKind, changes: Partial<OpenAiError> = {}): OpenAiError {
  return { ...errors[kind], ...changes };
}

export function openAiReply({ status, ...error }: OpenAiError, retryAfter?: number): PlainReply {
  const reply = { status, body: { error } };
  return retryAfter === undefined ? reply : { ...reply, headers: { 'retry-after': String(retryAfter) } };
}

export function openAiRefusal(message: string, param: string | null = null, code: string | null = null): PlainReply {
  return openAiReply({ status: 400, message, type: 'invalid_request_error', param, code });
}
