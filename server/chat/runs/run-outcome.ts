import type { ChatError } from '../chat-error.ts';
import type { AbortCause } from './live-run.ts';

export type RunOutcome =
  | { state: 'completed'; model: string; steps: number }
  | { state: 'failed'; error: ChatError }
  | { state: 'aborted'; cause: AbortCause };

/** How far a run has come. */
export interface RunProgress {
  steps: number;
  /** What the runtime wants back after a wait. */
  continuation: unknown;
}

export const interruption = {
  code: 'interrupted',
  message: 'The server stopped while it was answering. Ask again to get the whole answer.',
  retryable: true,
} as const;
