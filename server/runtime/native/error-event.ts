import { socketErrorCodes, type SocketErrorCode } from '../../../contract/socket.ts';
import type { Logger } from '../../platform/logger.ts';
import { BudgetExceeded, spentEvent } from '../spending.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import type { RuntimeEvent } from '../agent-runtime.ts';

type ErrorEvent = Extract<RuntimeEvent, { type: 'error' }>;

/** An error with a sentence of ours keeps it; anything else is a fault, told apart only in the log. */
export function toErrorEvent(error: unknown, log: Logger, run: { runId: string; model: string }): ErrorEvent {
  // Named one by one: callers pass the whole request, with all that was said.
  const context = { runId: run.runId, model: run.model };
  if (error instanceof ProviderError) {
    // The cause is the provider's own words: it may hold parts of the request, so the level is not one that is always on.
    log.debug({ error, ...context }, 'the provider failed');
    return { type: 'error', code: error.code, message: error.message, retryable: error.isRetryable };
  }
  if (error instanceof BudgetExceeded) return spentEvent(error);
  if (isDescribed(error)) {
    return { type: 'error', code: error.code, message: error.message, retryable: error.retryable === true };
  }
  log.error({ error, ...context }, 'a run failed unexpectedly');
  const message = 'Something went wrong while answering. Try again; if it keeps happening, ask an administrator.';
  return { type: 'error', code: 'internal', message, retryable: true };
}

function isDescribed(error: unknown): error is { code: SocketErrorCode; message: string; retryable?: unknown } {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof message === 'string' && socketErrorCodes.some((known) => known === code);
}
