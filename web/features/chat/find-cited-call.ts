import type { ToolCall } from '../../../contract/socket.ts';
import type { TranscriptMessage } from './conversation-types.ts';

/**
 * The tool call that read the file which an answer names, among the calls of the same answer: by its whole path, or by
 * its name alone where only one file of that name was read.
 */
export function findCitedCall(
  messages: readonly TranscriptMessage[],
  messageId: string,
  cited: string,
): ToolCall | undefined {
  const name = cited.trim();
  if (!/\.\w{1,8}$/.test(name)) return undefined;
  const calls = answerAround(messages, messageId).flatMap(({ toolCalls }) => toolCalls.filter(isFinished));
  const byPath = calls.findLast((call) => pathOf(call) === name);
  if (byPath || name.includes('/')) return byPath;
  const named = calls.filter((call) => pathOf(call)?.endsWith(`/${name}`));
  return new Set(named.map(pathOf)).size === 1 ? named.at(-1) : undefined;
}

const isFinished = ({ state }: ToolCall) => state === 'done';

function pathOf({ input }: ToolCall): string | undefined {
  if (typeof input !== 'object' || input === null || !('path' in input)) return undefined;
  return typeof input.path === 'string' ? input.path : undefined;
}

/** The messages of the agent that together are one answer. */
export function answerAround(messages: readonly TranscriptMessage[], messageId: string): readonly TranscriptMessage[] {
  const place = messages.findIndex(({ id }) => id === messageId);
  if (place < 0) return [];
  let start = place;
  let end = place;
  while (messages[start - 1]?.role === 'assistant') start -= 1;
  while (messages[end + 1]?.role === 'assistant') end += 1;
  return messages.slice(start, end + 1);
}
