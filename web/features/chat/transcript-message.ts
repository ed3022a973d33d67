import type { ToolCall } from '../../../contract/socket.ts';
import type { TranscriptMessage } from './conversation-types.ts';

export function newMessage(
  message: Pick<TranscriptMessage, 'id' | 'role' | 'content' | 'createdAt'>,
): TranscriptMessage {
  const { id, role, content, createdAt } = message;
  return {
    id,
    role,
    content,
    createdAt,
    toolCalls: [],
    interrupted: false,
    streaming: false,
    seq: -1,
    gap: false,
    live: true,
    awaiting: false,
  };
}

export function withToolCall(calls: ToolCall[], call: ToolCall): ToolCall[] {
  const index = calls.findIndex((known) => known.toolCallId === call.toolCallId);
  if (index < 0) return [...calls, call];
  const known = calls[index]!;
  const merged = { ...call, input: call.input ?? known.input, summary: call.summary ?? known.summary };
  return calls.map((before, place) => (place === index ? merged : before));
}

/** Messages that wait for their turn stand behind everything that was answered or is being answered. */
export function waitingLast(messages: readonly TranscriptMessage[]): readonly TranscriptMessage[] {
  const from = messages.findIndex((message) => message.awaiting);
  if (from < 0 || messages.slice(from).every((message) => message.awaiting)) return messages;
  return [...messages.filter((message) => !message.awaiting), ...messages.filter((message) => message.awaiting)];
}
