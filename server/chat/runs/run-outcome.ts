import type { FinishReason } from '../../../contract/socket.ts';
import type { StepUsage } from '../../runtime/agent-runtime.ts';
import type { ChatError } from '../chat-error.ts';
import type { AbortCause } from './live-run.ts';

export interface StoredStep extends StepUsage {
  model: string;
  /** From 1. */
  number: number;
}

export type RunOutcome =
  /** `lastStep`: the step that ended it and is not stored yet. */
  | { state: 'completed'; model: string; steps: number; reason: FinishReason; lastStep?: StoredStep }
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
