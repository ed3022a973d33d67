import type { Logger } from '../../platform/logger.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import type { ProviderId } from '../../providers/provider.ts';
import type { RuntimeMessage, StepUsage } from '../agent-runtime.ts';
import { summaryInstructions, summaryLimit, transcriptPieces } from './compaction.ts';
import type { ModelRequest } from './model-attempt.ts';
import { runModelStep, type RetryOptions, type StepAnswer } from './model-step.ts';
import { addUsage, noUsage } from '../step-usage.ts';

export interface Summary {
  text: string;
  usage: StepUsage;
  failure: StepAnswer['failure'];
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
      unrecorded: usage,
    };
    let written = await askForSummary(request, options);
    usage = addUsage(usage, written.usage);
    if (!written.failure && !isWhole(written) && !model.signal.aborted) {
      written = await askForSummary(
        { ...request, unrecorded: usage, messages: [{ role: 'user', content: content + shorter }] },
        options,
      );
      usage = addUsage(usage, written.usage);
    }
    if (written.failure || model.signal.aborted) return { text, usage, failure: written.failure };
    if (!isWhole(written)) return { text, usage, failure: noSummary(model.provider) };
    text = written.text.trim().slice(0, summaryLimit).toWellFormed();
  }
  return { text, usage, failure: undefined };
}

async function askForSummary(
  request: ModelRequest,
  options: { retry: RetryOptions; log: Logger },
): Promise<StepAnswer> {
  // What is empty is asked for anew below, in other words.
  const step = runModelStep(request, { ...options, mayBeEmpty: true });
  let next = await step.next();
  while (!next.done) next = await step.next();
  return next.value;
}

/** Anything else would replace what was said by a part of it, or by nothing. */
const isWhole = ({ text, finishReason }: StepAnswer) =>
  text.trim() !== '' && finishReason !== 'length' && finishReason !== 'content-filter';

const shorter = ' Do not think about it first, and use at most 300 words.';

function noSummary(provider: ProviderId): ProviderError {
  const sentence =
    'This conversation is longer than the model can read, and the model gave no whole summary of it. Start a new conversation, or choose a model with a larger context.';
  return new ProviderError('context_too_long', provider, sentence);
}
