import * as z from 'zod';
import type { RunRequest } from '../agent-runtime.ts';
import type { PromptMessage, StepMessage } from './prompt-messages.ts';
import { cleanJson } from './streamed-text.ts';

/**
 * What a waiting run needs beside its messages: each step as the provider gave it. Some refuse to go on with a call
 * whose signature or reasoning does not come back.
 */
const continuationSchema = z.object({
  model: z.string(),
  steps: z.array(z.array(z.looseObject({ type: z.string() }))),
});

/** JSON, storable. `parts` are those of the step that waits. */
export function continuationOf(
  model: string,
  messages: readonly PromptMessage[],
  parts: StepMessage['parts'],
): unknown {
  const earlier = messages.flatMap((message) => (message.role === 'step' ? [message.parts] : []));
  return cleanJson(JSON.parse(JSON.stringify({ model, steps: [...earlier, parts] })));
}

/** The messages of a request, where its run goes on with the steps as the same model gave them. */
export function withContinuation({ messages, model, continuation }: RunRequest): PromptMessage[] {
  const parsed = continuationSchema.safeParse(continuation);
  if (!parsed.success || parsed.data.model !== model) return [...messages];
  const steps = parsed.data.steps as StepMessage['parts'][];
  const begin = Math.max(messages.findLastIndex(({ role }) => role === 'user') + 1, messages.length - steps.length);
  return messages.map((message, index) => {
    const parts = index < begin ? undefined : steps[steps.length - (messages.length - index)];
    if (message.role === 'user' || !parts || !belong(parts, message.toolCalls)) return message;
    return { role: 'step', parts, text: message.text, toolCalls: message.toolCalls };
  });
}

function belong(parts: StepMessage['parts'], calls: { toolCallId: string }[]): boolean {
  const ids = parts.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : []));
  return ids.length === calls.length && calls.every(({ toolCallId }, index) => ids[index] === toolCallId);
}
