import {
  EmptyResponseBodyError,
  JSONParseError,
  type LanguageModelV4StreamPart,
  type SharedV4Warning,
} from '@ai-sdk/provider';
import { createProviderStreamError, type ResponseHandler } from '@ai-sdk/provider-utils';
import * as z from 'zod';

const chunkSchema = z.union([
  z.object({ error: z.string() }),
  z.object({
    message: z
      .object({
        content: z.string().nullish(),
        thinking: z.string().nullish(),
        tool_calls: z
          .array(
            z.object({ id: z.string().nullish(), function: z.object({ name: z.string(), arguments: z.unknown() }) }),
          )
          .nullish(),
      })
      .optional(),
    done: z.boolean(),
    done_reason: z.string().nullish(),
    prompt_eval_count: z.number().nullish(),
    eval_count: z.number().nullish(),
  }),
]);

type Chunk = z.infer<typeof chunkSchema>;
/** A line of the answer, or the error that reading it was. */
type Line = { chunk: Chunk } | { problem: unknown };

/** Against a peer that never ends its line. */
const maxLineLength = 16 * 1024 * 1024;

export const ndjsonResponseHandler: ResponseHandler<ReadableStream<Line>> = async ({ response }) => {
  if (!response.body) throw new EmptyResponseBodyError();
  const value = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .pipeThrough(createLineTransform());
  return { value, responseHeaders: Object.fromEntries(response.headers) };
};

function createLineTransform(): TransformStream<string, Line> {
  let rest = '';
  return new TransformStream({
    transform(text, controller) {
      // Only what is new is searched: a long line comes in many pieces.
      const lines = text.split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      if (rest.length > maxLineLength)
        throw new JSONParseError({ text: rest.slice(0, 200), cause: new Error('a line without an end') });
      for (const line of lines) if (line.trim()) controller.enqueue(parseLine(line));
    },
    flush(controller) {
      if (rest.trim()) controller.enqueue(parseLine(rest));
    },
  });
}

function parseLine(line: string): Line {
  try {
    return { chunk: chunkSchema.parse(JSON.parse(line)) };
  } catch (cause) {
    return { problem: new JSONParseError({ text: line.slice(0, 200), cause }) };
  }
}

/** Ollama's lines as the AI SDK's stream parts. An end without `done` is reported as interrupted, not as an answer. */
export function createChunkTransform(warnings: SharedV4Warning[]): TransformStream<Line, LanguageModelV4StreamPart> {
  let open: { type: 'text' | 'reasoning'; id: string } | undefined;
  let blocks = 0;
  let calls = 0;
  let ended = false;

  type Controller = TransformStreamDefaultController<LanguageModelV4StreamPart>;
  const close = (controller: Controller) => {
    if (open) controller.enqueue({ type: `${open.type}-end`, id: open.id });
    open = undefined;
  };
  const say = (controller: Controller, type: 'text' | 'reasoning', delta: string | null | undefined) => {
    if (!delta) return;
    if (open?.type !== type) {
      close(controller);
      open = { type, id: String(blocks++) };
      controller.enqueue({ type: `${type}-start`, id: open.id });
    }
    controller.enqueue({ type: `${type}-delta`, id: open.id, delta });
  };
  const finish = (
    controller: Controller,
    unified: 'stop' | 'length' | 'tool-calls' | 'error' | 'interrupted',
    chunk?: Exclude<Chunk, { error: string }>,
  ) => {
    ended = true;
    close(controller);
    const input = chunk?.prompt_eval_count ?? undefined;
    const output = chunk?.eval_count ?? undefined;
    controller.enqueue({
      type: 'finish',
      finishReason: { unified, raw: chunk?.done_reason ?? undefined },
      usage: {
        inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: output, text: output, reasoning: undefined },
      },
    });
  };

  return new TransformStream({
    start: (controller) => controller.enqueue({ type: 'stream-start', warnings }),
    transform(line, controller) {
      if (ended) return;
      if ('problem' in line || 'error' in line.chunk) {
        controller.enqueue({
          type: 'error',
          error: 'problem' in line ? line.problem : streamError((line.chunk as { error: string }).error),
        });
        return finish(controller, 'error');
      }
      const { message, done, done_reason } = line.chunk;
      say(controller, 'reasoning', message?.thinking);
      say(controller, 'text', message?.content);
      for (const call of message?.tool_calls ?? []) {
        close(controller);
        calls++;
        // Older servers give calls no id; the SDK needs one that is unique in the conversation.
        const toolCallId = call.id || `call_${crypto.randomUUID()}`;
        controller.enqueue({
          type: 'tool-call',
          toolCallId,
          toolName: call.function.name,
          input: JSON.stringify(call.function.arguments ?? {}),
        });
      }
      if (done) finish(controller, done_reason === 'length' ? 'length' : calls > 0 ? 'tool-calls' : 'stop', line.chunk);
    },
    flush(controller) {
      if (!ended) finish(controller, 'interrupted');
    },
  });
}

/** Ollama's frames carry words only, so the words have to tell which kind it is. */
function streamError(message: string) {
  const statusCode = /unauthorized/i.test(message)
    ? 401
    : /not found/i.test(message)
      ? 404
      : /usage limit/i.test(message)
        ? 402
        : /busy/i.test(message)
          ? 503
          : /longer than the context/i.test(message)
            ? 400
            : 500;
  return createProviderStreamError({ message, statusCode, isRetryable: statusCode >= 500, data: { error: message } });
}
