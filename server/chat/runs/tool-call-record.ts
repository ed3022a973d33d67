import type { StoredToolCall, StoredToolOutput } from '../../db/schema/index.ts';

/** A tool call together with what the model was given; the database keeps the two apart. */
export interface ToolCallRecord extends StoredToolCall {
  output?: string;
  images?: StoredToolOutput['images'];
}

export function joinToolCalls(row: { toolCalls: StoredToolCall[]; toolOutputs: StoredToolOutput[] }): ToolCallRecord[] {
  return row.toolCalls.map((call) => {
    const found = row.toolOutputs.find(({ toolCallId }) => toolCallId === call.toolCallId);
    return found ? { ...call, output: found.output, ...(found.images && { images: found.images }) } : call;
  });
}

export function splitToolCalls(calls: ToolCallRecord[]): {
  toolCalls: StoredToolCall[];
  toolOutputs: StoredToolOutput[];
} {
  const toolOutputs: StoredToolOutput[] = [];
  const toolCalls = calls.map(({ output, images, ...call }) => {
    if (output !== undefined) toolOutputs.push({ toolCallId: call.toolCallId, output, ...(images && { images }) });
    return call;
  });
  return { toolCalls, toolOutputs };
}
