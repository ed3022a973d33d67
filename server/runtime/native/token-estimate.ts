import type { ModelMessage } from 'ai';
import type { ImageReference } from '../../tools/tool.ts';
import type { RuntimeToolCall } from '../agent-runtime.ts';
import type { PromptMessage } from './prompt-messages.ts';

/** What providers charge for a large image, roughly. */
const tokensPerImage = 1_600;
/** Roles and separators. */
const tokensPerMessage = 4;

/** Where a budget is held, the estimate is rather too high than too low. */
const caution = 1.25;
const tokensPerTool = 300;

/** What a model reads of a request as it is sent. */
export function estimateRequest({
  instructions,
  messages,
  tools,
}: {
  instructions: string;
  messages: readonly ModelMessage[];
  tools: object | undefined;
}): number {
  const parts = messages.flatMap(({ content }) => (typeof content === 'string' ? [content] : content.flatMap(partsOf)));
  // Pictures cost by their size on a screen, not by their bytes, of which there may be many.
  const [images, texts] = [parts.filter(isPicture), parts.filter((part) => !isPicture(part))];
  const estimated =
    estimateText(instructions) +
    messages.length * tokensPerMessage +
    estimateText(JSON.stringify(texts)) +
    images.length * tokensPerImage;
  return withTools(estimated, Object.keys(tools ?? {}).length);
}

/** What a request with so many tools is held to read, of which the rest was estimated at `tokens`. */
export const withTools = (tokens: number, tools: number): number =>
  Math.ceil((tokens + tools * tokensPerTool) * caution);

type Part = Exclude<ModelMessage['content'], string>[number];

/** What is sent for a part, of which a tool's result may have several. */
function partsOf(part: Part): unknown[] {
  if (part.type !== 'tool-result' || part.output.type !== 'content') return [part];
  return [{ ...part, output: undefined }, ...part.output.value];
}

/** Only what we made is one: what a model or a tool wrote stands inside of a part. */
const isPicture = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && 'type' in part && part.type === 'file';

/** About 4 characters a token; bytes, because other scripts take fewer characters. */
export function estimateText(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

export function estimateMessage(message: PromptMessage): number {
  const calls = message.role === 'user' ? [] : message.toolCalls;
  const images = message.role === 'user' ? message.images : undefined;
  return (
    tokensPerMessage +
    estimateText(message.text) +
    estimateImages(images) +
    calls.reduce((sum, call) => sum + estimateCall(call), 0)
  );
}

export function estimateMessages(messages: readonly PromptMessage[]): number {
  return messages.reduce((sum, message) => sum + estimateMessage(message), 0);
}

function estimateCall({ name, input, output, images }: RuntimeToolCall): number {
  return (
    2 * tokensPerMessage +
    estimateText(name) +
    estimateText(JSON.stringify(input ?? null)) +
    estimateText(output) +
    estimateImages(images)
  );
}

function estimateImages(images: ImageReference[] | undefined): number {
  return (images?.length ?? 0) * tokensPerImage;
}
