import type { Failure, FinishReason, MessageUsage, Source } from '../../../contract/socket.ts';
import type { StoredToolCall } from '../../db/schema/conversations.ts';
import { addressOf, type ConversationReference } from '../conversations/conversation-reference.ts';
import { presentToolCall } from '../conversations/present-tool-call.ts';

/** Serialises the frames of one run. What they have in common is serialised once, not per token. */
export interface RunFrames {
  chunk(messageId: string, seq: number, content: string): string;
  tool(messageId: string, call: StoredToolCall): string;
  thinking(): string;
  /** `usage` is null where nobody counted. */
  done(
    messageId: string,
    end: {
      usage: MessageUsage | null;
      finishReason: FinishReason;
      fallbackModel: string | null;
      sources: readonly Source[];
    },
  ): string;
  complete(): string;
  error(failure: Failure): string;
}

export function createRunFrames(conversation: ConversationReference, runId: string): RunFrames {
  const common = { ...addressOf(conversation), runId };
  const head = JSON.stringify(common).slice(1, -1);
  return {
    chunk: (messageId, seq, content) =>
      `{"type":"chunk",${head},"messageId":"${messageId}","seq":${seq},"content":${JSON.stringify(content)}}`,
    tool: (messageId, call) => JSON.stringify({ type: 'tool', ...common, messageId, ...presentToolCall(call) }),
    thinking: () => `{"type":"thinking",${head}}`,
    done: (messageId, { usage, finishReason, fallbackModel, sources }) => {
      const answeredBy = fallbackModel !== null && { fallbackModel };
      const end = { usage: usage ?? uncounted, finishReason, ...answeredBy, sources };
      return JSON.stringify({ type: 'done', ...common, messageId, ...end });
    },
    complete: () => `{"type":"complete",${head}}`,
    error: (failure) => JSON.stringify({ type: 'error', ...common, ...failure }),
  };
}

const uncounted: MessageUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cost: null,
};
