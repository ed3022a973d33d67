import type { ErrorCode } from '../../contract/common.ts';

/** The one table from code to HTTP status. */
export const statusOf: Record<ErrorCode, number> = {
  invalid_request: 400,
  provider_rejected: 400,
  unauthenticated: 401,
  wrong_password: 401,
  forbidden: 403,
  origin_forbidden: 403,
  domain_locked: 403,
  licence_required: 403,
  seat_limit: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  already_exists: 409,
  setup_complete: 409,
  telegram_not_configured: 409,
  gone: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  unavailable: 503,
  storage_full: 507,
  internal: 500,
};

export interface AppErrorOptions {
  fieldErrors?: Record<string, string[]>;
  /** The sentence as a word, for pages that say it in another language. */
  reason?: string | undefined;
  /** Seconds until another try makes sense; sent as Retry-After. */
  retryAfter?: number;
  cause?: unknown;
}

/** An error whose message is a sentence for the person who caused it. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  readonly fieldErrors: Record<string, string[]> | undefined;
  readonly reason: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fieldErrors = options.fieldErrors;
    this.reason = options.reason;
    this.retryAfter = options.retryAfter;
  }
}

export const notFound = (what: string) => new AppError('not_found', `${what} was not found.`);
export const forbidden = (sentence: string) => new AppError('forbidden', sentence);
export const licenceRequired = () =>
  new AppError('licence_required', 'This needs an active enterprise licence. Add a key under Settings → Licence.');
export const conflict = (sentence: string) => new AppError('conflict', sentence);

/** A 400 that points at one field of the body. */
export const invalidField = (field: string, sentence: string) =>
  new AppError('invalid_request', sentence, { fieldErrors: { [field]: [sentence] } });

/** A fault of the configuration that stops the start: its message is printed alone, then the process exits with 1. */
export class StartError extends Error {
  override name = 'StartError';
}
