import type { TranscriptMessage } from './conversation-types.ts';

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
