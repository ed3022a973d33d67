import type { OllamaMessage } from './convert-prompt.ts';

const smallest = 8_192;
/** Room for the answer. */
const reserve = 2_048;
const tokensPerImage = 1_500;

/**
 * How long a context to ask Ollama for: its own default is often 4,096 tokens, and it cuts longer prompts without a word.
 * A power of two, because each new size makes Ollama load the model again; never above what the model can (`limit`).
 * Three bytes of UTF-8 a token errs on the safe side for every script.
 */
export function contextLengthFor(
  messages: OllamaMessage[],
  tools: unknown,
  options: { maxOutputTokens?: number | undefined; limit?: number | null | undefined },
): number {
  const bytes = messages.reduce(
    (sum, message) =>
      sum + Buffer.byteLength(message.content) + Buffer.byteLength(JSON.stringify(message.tool_calls ?? '')),
    Buffer.byteLength(JSON.stringify(tools ?? '')),
  );
  const images = messages.reduce((sum, message) => sum + (message.images?.length ?? 0), 0);
  const needed = bytes / 3 + images * tokensPerImage + Math.max(reserve, options.maxOutputTokens ?? 0);
  let length = smallest;
  while (length < needed && length < 2 ** 22) length *= 2;
  return options.limit ? Math.min(length, options.limit) : length;
}
