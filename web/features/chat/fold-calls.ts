import type { ToolCall } from '../../../contract/socket.ts';
import type { TranscriptMessage } from './conversation-types.ts';

export interface PlacedCall {
  call: ToolCall;
  /** The message that the call belongs to. */
  messageId: string;
}

/** The calls of steps that follow each other, in rows that are shown as one. What waits for a person stands by itself. */
export function foldCalls(steps: readonly TranscriptMessage[]): PlacedCall[][] {
  const folds: PlacedCall[][] = [];
  for (const { id: messageId, toolCalls } of steps) {
    for (const call of toolCalls) {
      const last = folds.at(-1);
      const joins = call.state !== 'approval' && last && last[0]?.call.state !== 'approval';
      if (joins) last.push({ call, messageId });
      else folds.push([{ call, messageId }]);
    }
  }
  return folds;
}

export interface CallCount {
  name: string;
  /** Of files that are read, how many: one may be read page by page. */
  count: number;
}

/** How often each tool was used, in the order of their first use. */
export function countCalls(calls: readonly PlacedCall[]): CallCount[] {
  const uses = new Map<string, Set<unknown>>();
  for (const { call } of calls) {
    const used = uses.get(call.name) ?? new Set();
    used.add((call.name === 'pinchy_read' && pathOf(call)) || call);
    uses.set(call.name, used);
  }
  return [...uses].map(([name, used]) => ({ name, count: used.size }));
}

const pathOf = ({ input }: ToolCall) =>
  typeof input === 'object' && input !== null && 'path' in input ? input.path : undefined;

/** Whether a message goes on with nothing but calls after another one that ended with some: both are one row. */
export const continuesCalls = (message: TranscriptMessage, before: TranscriptMessage | undefined): boolean =>
  message.role === 'assistant' &&
  message.content === '' &&
  message.toolCalls.length > 0 &&
  before?.role === 'assistant' &&
  before.toolCalls.length > 0 &&
  (before.finishReason === undefined || before.finishReason === 'stop');
