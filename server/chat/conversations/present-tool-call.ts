import type { ToolCall } from '../../../contract/socket.ts';
import type { StoredToolCall } from '../../db/schema/conversations.ts';

/** Longer strings of a tool's input are cut for the browser; the model's own copy stays whole. */
const maxInputTextLength = 4_000;

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
    ...(call.proposal !== undefined && { proposal: call.proposal }),
    ...(call.state === 'approval' && call.mayAllowAlways && { mayAllowAlways: true }),
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
