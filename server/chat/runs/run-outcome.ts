import type { FinishReason } from '../../../contract/socket.ts';
import type { ChatError } from '../chat-error.ts';
import type { AbortCause } from './live-run.ts';

export type RunOutcome =
  | { state: 'completed'; model: string; steps: number; reason: FinishReason }
  | { state: 'failed'; error: ChatError }
  | { state: 'aborted'; cause: AbortCause };

/** How far a run has come. */
export interface RunProgress {
  steps: number;
  /** What the runtime wants back after a wait. */
  continuation: unknown;
}

/** What the message says of its end that was still being written when its run ended. */
export function finishReasonOf(outcome: RunOutcome): FinishReason {
  if (outcome.state === 'completed') return outcome.reason;
  if (outcome.state === 'failed') return 'error';
  return outcome.cause === 'user' ? 'aborted' : 'interrupted';
}
