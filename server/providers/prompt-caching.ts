import type { ModelMessage, SystemModelMessage } from 'ai';
import type { ProviderId } from './provider.ts';

const cacheControl = { type: 'ephemeral' } as const;

/**
 * Marks where Anthropic may cache: the last system message, the last message and the last user message before it, so that the next
 * step or turn reads what this one wrote. Anthropic allows four marks; older ones are taken off. The other providers cache by themselves.
 */
export function withPromptCaching(provider: ProviderId, messages: ModelMessage[]): ModelMessage[] {
  if (provider !== 'anthropic') return messages;
  const last = messages.length - 1;
  const marks = new Set([
    messages.findLastIndex(({ role }) => role === 'system'),
    messages.findLastIndex(({ role }, index) => role === 'user' && index < last),
    last,
  ]);
  return messages.map((message, index) => (marks.has(index) ? mark(message) : unmark(message)));
}

/** The same for the instructions that are passed apart from the messages. */
export function withCachedInstructions(provider: ProviderId, instructions: string): string | SystemModelMessage {
  return provider === 'anthropic' ? mark({ role: 'system', content: instructions }) : instructions;
}

function mark<T extends ModelMessage>(message: T): T {
  const { providerOptions } = message;
  return {
    ...message,
    providerOptions: { ...providerOptions, anthropic: { ...providerOptions?.anthropic, cacheControl } },
  };
}

function unmark(message: ModelMessage): ModelMessage {
  if (!message.providerOptions?.anthropic?.cacheControl) return message;
  const { cacheControl: _old, ...anthropic } = message.providerOptions.anthropic;
  return { ...message, providerOptions: { ...message.providerOptions, anthropic } };
}
