import type { AssistantModelMessage, ModelMessage, ToolModelMessage, UserModelMessage } from 'ai';
import type { LoadedImage } from '../../tools/files/image-source.ts';
import { shown } from '../../tools/files/virtual-path.ts';
import type { ImageReference } from '../../tools/tool.ts';
import type { RuntimeMessage, RuntimeToolCall } from '../agent-runtime.ts';
import { withUniqueCallIds } from './unique-call-ids.ts';

type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number];
type UserPart = Exclude<UserModelMessage['content'], string>[number];
type ToolResult = Extract<ToolModelMessage['content'][number], { type: 'tool-result' }>;

/** A step of the run that is going on, with what the provider wants back as it came: reasoning, signatures, item ids. */
export interface StepMessage {
  role: 'step';
  parts: AssistantPart[];
  text: string;
  toolCalls: RuntimeToolCall[];
}

export type PromptMessage = RuntimeMessage | StepMessage;

export interface PromptOptions {
  /** What compaction kept of older messages. */
  summary: string | null;
  vision: boolean;
  /** The pictures that this request brings along; of the others it says that they are not shown. */
  images: ReadonlyMap<ImageReference, LoadedImage>;
  /**
   * Without tools to offer, earlier calls are told as text: Anthropic refuses calls in the history of a request that
   * defines no tools, and models without tool use have no words for them.
   */
  callsAsText: boolean;
}

export function toModelMessages(messages: readonly PromptMessage[], options: PromptOptions): ModelMessage[] {
  const converted = withUniqueCallIds(messages).flatMap((message) => {
    if (message.role === 'user') return fromUser(message.text, message.images, options);
    return options.callsAsText ? stepAsText(message, options) : stepAsParts(message, options);
  });
  if (options.summary !== null) {
    converted.unshift({
      role: 'user',
      content: `Summary of our conversation before this point:\n\n${options.summary}`,
    });
  } else if (converted[0]?.role !== 'user') {
    // Providers want a conversation to begin with the person.
    converted.unshift({ role: 'user', content: '[The beginning of the conversation is not shown.]' });
  }
  return converted;
}

function fromUser(text: string, images: ImageReference[] | undefined, options: PromptOptions): ModelMessage[] {
  const content: UserPart[] = text.trim() ? [{ type: 'text', text }] : [];
  for (const image of images ?? []) content.push(imagePart(image, options));
  return content.length > 0 ? [{ role: 'user', content }] : [];
}

function stepAsParts(message: Exclude<PromptMessage, { role: 'user' }>, options: PromptOptions): ModelMessage[] {
  const parts =
    message.role === 'step'
      ? message.parts
      : [
          ...(message.text.trim() ? [{ type: 'text' as const, text: message.text }] : []),
          ...message.toolCalls.map(callPart),
        ];
  if (parts.length === 0) return [];
  const results = message.toolCalls.map((call) => resultPart(call, options));
  const assistant: ModelMessage = { role: 'assistant', content: parts };
  return results.length > 0 ? [assistant, { role: 'tool', content: results }] : [assistant];
}

function stepAsText(
  { text, toolCalls }: Exclude<PromptMessage, { role: 'user' }>,
  options: PromptOptions,
): ModelMessage[] {
  const said = [text.trim(), ...toolCalls.map(({ name, input }) => `[Called ${name} with ${JSON.stringify(input)}]`)];
  const content = said.filter(Boolean).join('\n');
  const messages: ModelMessage[] = content ? [{ role: 'assistant', content }] : [];
  for (const { name, output, images } of toolCalls) {
    messages.push(...fromUser(`[Result of ${name}]\n${output || '(empty)'}`, images, options));
  }
  return messages;
}

export function callPart({ toolCallId, name, input }: Pick<RuntimeToolCall, 'toolCallId' | 'name' | 'input'>) {
  return {
    type: 'tool-call' as const,
    toolCallId: safeName(toolCallId),
    toolName: safeName(name),
    input: asObject(input),
  };
}

function resultPart({ toolCallId, name, output, failed, images }: RuntimeToolCall, options: PromptOptions): ToolResult {
  const value = output || '(empty)';
  const pictures = images?.map((image) => imagePart(image, options)) ?? [];
  return {
    type: 'tool-result',
    toolCallId: safeName(toolCallId),
    toolName: safeName(name),
    output:
      pictures.length > 0
        ? { type: 'content', value: [{ type: 'text', text: value }, ...pictures] }
        : { type: failed ? 'error-text' : 'text', value },
  };
}

function imagePart(image: ImageReference, { vision, images }: PromptOptions) {
  const note = (text: string) => ({ type: 'text' as const, text });
  const name = shown(image.path);
  if (!vision) return note(`[The image ${name} is attached, but this model cannot see images.]`);
  const loaded = images.get(image);
  if (!loaded) return note(`[The image ${name} was shown here and is left out now. Read it again if you need it.]`);
  if ('missing' in loaded) return note(loaded.missing);
  const { mediaType } = image;
  return { type: 'file' as const, mediaType, data: { type: 'data' as const, data: loaded.data } };
}

/** Ids and names come from any provider's model; these characters and this length are what all of them take back. */
function safeName(name: string): string {
  return /^[a-zA-Z0-9_-]{1,64}$/.test(name) ? name : name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unknown';
}

/** Providers refuse arguments that are no object, which a model may well have produced. */
function asObject(input: unknown): unknown {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { input: input ?? null };
}
