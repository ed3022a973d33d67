import type { Logger } from '../../platform/logger.ts';
import type { ProviderError } from '../../providers/provider-error.ts';
import type { RuntimeMessage, StepUsage } from '../agent-runtime.ts';
import { summaryInstructions, summaryLimit, transcriptPieces } from './compaction.ts';
import type { ModelRequest } from './model-attempt.ts';
import { runModelStep, type RetryOptions } from './model-step.ts';
import { addUsage, noUsage } from './step-usage.ts';

export interface Summary {
  text: string;
  usage: StepUsage;
  failure: ProviderError | undefined;
}

/**
 * Summarises older messages together with the summary of those before them. Usually one call; more, each building on
 * the last one's summary, when they are longer than the model can read at once.
 */
export async function summarise(
  model: Omit<ModelRequest, 'instructions' | 'messages' | 'tools' | 'usedCallIds'>,
  conversation: { summary: string | null; older: readonly RuntimeMessage[]; window: number },
  options: { retry: RetryOptions; log: Logger },
): Promise<Summary> {
  let text = conversation.summary ?? '';
  let usage = noUsage;
  for (const piece of transcriptPieces(conversation.older, conversation.window)) {
    const before = text ? `<summary_so_far>\n${text}\n</summary_so_far>\n\n` : '';
    const content = `${before}<conversation>\n${piece}</conversation>\n\nWrite the summary of all of this.`;
    const request: ModelRequest = {
      ...model,
      instructions: summaryInstructions,
      messages: [{ role: 'user', content }],
      tools: undefined,
      usedCallIds: new Set(),
    };
    const step = runModelStep(request, { ...options, mayBeEmpty: false });
    let next = await step.next();
    while (!next.done) next = await step.next();
    const answer = next.value;
    usage = addUsage(usage, answer.usage);
    if (answer.failure || model.signal.aborted) return { text, usage, failure: answer.failure };
    text = answer.text.trim().slice(0, summaryLimit).toWellFormed();
  }
  return { text, usage, failure: undefined };
}
