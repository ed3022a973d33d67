import { readingTools } from '../../../contract/reading-tools.ts';
import type { FinishReason } from '../../../contract/socket.ts';
import type { TranscriptMessage } from './conversation-types.ts';

/** What cut a message off. */
export type CutOff = Exclude<FinishReason, 'stop'>;

export function cutOffOf({ finishReason, interrupted }: TranscriptMessage): CutOff | undefined {
  if (finishReason && finishReason !== 'stop') return finishReason;
  return interrupted ? 'interrupted' : undefined;
}

/** What goes on where it stopped, instead of beginning again. */
export const canGoOn: ReadonlySet<CutOff> = new Set<CutOff>(['length', 'step_limit', 'aborted', 'interrupted']);

/** The names of tools that may have changed something since the person's last message. */
export function changingCalls(messages: readonly TranscriptMessage[]): string[] {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const calls = messages.slice(asked + 1).flatMap(({ toolCalls }) => toolCalls);
  const made = calls.filter(({ name, state }) => !readingTools.has(name) && state === 'done');
  return [...new Set(made.map(({ name }) => name))];
}
