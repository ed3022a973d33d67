import type { PromptMessage } from './prompt-messages.ts';

/** Conversations from before ids were made unique have them twice, which providers refuse. The later ones get a number behind. */
export function withUniqueCallIds(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const used = new Set<string>();
  return messages.map((message) => {
    if (message.role === 'user' || message.toolCalls.length === 0) return message;
    const renamed = new Map<string, string>();
    for (const { toolCallId } of message.toolCalls) {
      const id = used.has(toolCallId) ? freeId(toolCallId, used) : toolCallId;
      used.add(id);
      if (id !== toolCallId) renamed.set(toolCallId, id);
    }
    if (renamed.size === 0) return message;
    const idOf = (id: string) => renamed.get(id) ?? id;
    const toolCalls = message.toolCalls.map((call) => ({ ...call, toolCallId: idOf(call.toolCallId) }));
    if (message.role === 'assistant') return { ...message, toolCalls };
    const parts = message.parts.map((part) =>
      part.type === 'tool-call' ? { ...part, toolCallId: idOf(part.toolCallId) } : part,
    );
    return { ...message, toolCalls, parts };
  });
}

function freeId(id: string, used: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const candidate = `${id.slice(0, 56)}_${number}`;
    if (!used.has(candidate)) return candidate;
  }
}
