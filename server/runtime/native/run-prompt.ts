import type { ModelMessage } from 'ai';
import type { Logger } from '../../platform/logger.ts';
import type { ProviderError } from '../../providers/provider-error.ts';
import type { ImageSource } from '../../tools/files/image-source.ts';
import type { RunRequest, RuntimeEvent, StepUsage } from '../agent-runtime.ts';
import { loadNewestImages, type LoadedImages } from '../newest-images.ts';
import { elideResults, fillLimit, splitForCompaction } from './compaction.ts';
import type { ModelRequest } from './model-attempt.ts';
import type { RetryOptions, StepAnswer } from './model-step.ts';
import { withContinuation } from './continuation.ts';
import { neutralise } from './fallback.ts';
import { toModelMessages, type PromptMessage, type StepMessage } from './prompt-messages.ts';
import { noUsage } from '../step-usage.ts';
import { summarise } from './summarise.ts';
import { estimateMessages, estimateText } from './token-estimate.ts';

type CompactedEvent = Extract<RuntimeEvent, { type: 'compacted' }>;

const tokensPerTool = 300;
/** Tokens without which no answer is worth asking for; a tenth of a larger window. */
const minAnswerRoom = 512;
/** Estimates fall short where there is much code or a language of many tokens. */
const safety = 1.1;

/** What a run sends to the model: grows step by step, and shrinks by compaction when the context window fills. */
export interface RunPrompt {
  messages(options: { vision: boolean; callsAsText: boolean; images: ImageSource }): Promise<ModelMessage[]>;
  all(): readonly PromptMessage[];
  /** Of every tool call in it. */
  callIds(): ReadonlySet<string>;
  add(step: StepMessage): void;
  /** Another model answers from here on. */
  changeModel(next: Pick<RunPromptOptions, 'fullId' | 'contextWindow' | 'model'>): void;
  isTooLong(): boolean;
  /** Compares the estimate with what the model really read. */
  learn(readTokens: number): void;
  /** The provider said that the prompt is too long, so the estimate, or the window, was wrong; it may have named the window. */
  learnTooLong(stated: Pick<ProviderError, 'statedWindow' | 'statedPrompt'>): void;
  /** Tokens that are left for the answer; null when nobody knows the window. */
  answerRoom(): number | null;
  /**
   * Summarises older messages and, where that is not enough, shortens results. Without a summary the messages stay, which fails where
   * they cannot be sent. Returns why it failed, and what was spent and is in no event.
   */
  compact(): AsyncGenerator<CompactedEvent, { failure?: StepAnswer['failure']; usage: StepUsage }>;
}

export interface RunPromptOptions {
  /** `<provider>/<model id>` */
  fullId: string;
  contextWindow: number | null;
  model: Omit<ModelRequest, 'instructions' | 'messages' | 'tools' | 'usedCallIds'>;
  retry: RetryOptions;
  log: Logger;
}

export function createRunPrompt(request: RunRequest, options: RunPromptOptions): RunPrompt {
  let messages: PromptMessage[] = withContinuation(request);
  let summary = request.summary;
  let { fullId, model, contextWindow: window } = options;
  /** Real tokens per estimated token. */
  let ratio = 1;
  let triesSummary = true;
  const fixed = estimateText(request.system) + request.toolIds.length * tokensPerTool;
  const estimate = () => fixed + estimateText(summary ?? '') + estimateMessages(messages);

  return {
    async messages({ vision, callsAsText, images: source }) {
      const images: LoadedImages = vision ? await loadNewestImages(source, request, messages) : new Map();
      return toModelMessages(messages, { vision, callsAsText, images, summary });
    },
    all: () => messages,
    callIds: () =>
      new Set(
        messages.flatMap((said) => (said.role === 'user' ? [] : said.toolCalls.map(({ toolCallId }) => toolCallId))),
      ),
    add(step) {
      messages = [...messages, step];
    },
    changeModel(next) {
      ({ fullId, model, contextWindow: window } = next);
      ratio = 1;
      triesSummary = true;
      messages = neutralise(messages);
    },
    isTooLong: () => triesSummary && window !== null && estimate() * ratio > window * fillLimit,
    answerRoom: () =>
      window === null ? null : Math.floor(Math.max(minAnswerRoom, window / 10, window - estimate() * ratio * safety)),
    learn(readTokens) {
      // Small prompts say little, and a provider may count only what its cache did not have.
      const estimated = estimate();
      if (estimated > 1_000) ratio = Math.min(3, Math.max(0.8, readTokens / estimated));
    },
    learnTooLong({ statedWindow, statedPrompt }) {
      if (statedWindow !== undefined && (window === null || statedWindow < window)) window = statedWindow;
      if (statedPrompt !== undefined && window !== null) {
        ratio = statedPrompt / estimate();
        return;
      }
      const tokens = estimate() * ratio;
      if (window === null) window = tokens;
      else if (tokens < window) ratio *= window / tokens;
    },
    async *compact() {
      if (window === null) return { usage: noUsage };
      const room = window / ratio;
      const { older, kept } = splitForCompaction(messages, room);
      const last = older.at(-1);
      if (last) {
        const written = await summarise(model, { summary, older, window: room }, options);
        if (model.signal.aborted) return { usage: written.usage };
        if (written.failure) {
          triesSummary = false;
          const tokens = () => estimate() * ratio * safety;
          if (tokens() > window - minAnswerRoom) messages = elideResults(messages, estimate() - room * fillLimit);
          return { usage: written.usage, ...(tokens() > window - minAnswerRoom && { failure: written.failure }) };
        }
        summary = written.text;
        messages = kept;
        yield {
          type: 'compacted',
          summary,
          throughPosition: last.position,
          usage: written.usage,
          model: fullId,
        };
      }
      const excess = estimate() - room * fillLimit;
      if (excess > 0) messages = elideResults(messages, excess);
      return { usage: noUsage };
    },
  };
}
