import type { MessageUsage, SocketErrorCode, ToolCall } from '../../contract/socket.ts';
import type { StoredToolCall } from '../db/schema/conversations.ts';
import { addressOf, type ConversationReference } from './conversation-reference.ts';

/** Longer strings of a tool's input are cut for the browser; the model's own copy stays whole. */
const maxInputTextLength = 4_000;

/** Serialises the frames of one run. What they have in common is serialised once, not per token. */
export interface RunFrames {
  chunk(messageId: string, seq: number, content: string): string;
  tool(messageId: string, call: StoredToolCall): string;
  thinking(): string;
  done(messageId: string, usage: MessageUsage): string;
  complete(): string;
  error(failure: { code: SocketErrorCode; message: string; retryable: boolean }): string;
}

export function createRunFrames(conversation: ConversationReference, runId: string): RunFrames {
  const common = { ...addressOf(conversation), runId };
  const head = JSON.stringify(common).slice(1, -1);
  return {
    chunk: (messageId, seq, content) =>
      `{"type":"chunk",${head},"messageId":"${messageId}","seq":${seq},"content":${JSON.stringify(content)}}`,
    tool: (messageId, call) => JSON.stringify({ type: 'tool', ...common, messageId, ...presentToolCall(call) }),
    thinking: () => `{"type":"thinking",${head}}`,
    done: (messageId, usage) => JSON.stringify({ type: 'done', ...common, messageId, usage }),
    complete: () => `{"type":"complete",${head}}`,
    error: (failure) => JSON.stringify({ type: 'error', ...common, ...failure }),
  };
}

/** A tool call as the browser may see it: without what the model read. */
export function presentToolCall(call: StoredToolCall): ToolCall {
  return {
    toolCallId: call.toolCallId,
    name: call.name,
    state: call.state,
    // Whoever approves a call sees all of it.
    input: call.state === 'approval' ? call.input : shorten(call.input),
    ...(call.summary !== undefined && { summary: call.summary }),
    ...(call.approvalId !== undefined && { approvalId: call.approvalId }),
    ...(call.expiresAt !== undefined && { expiresAt: call.expiresAt }),
  };
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length > maxInputTextLength ? `${value.slice(0, maxInputTextLength)}…` : value;
  if (Array.isArray(value)) return value.map(shorten);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shorten(entry)]));
  }
  return value;
}
