import {
  EmptyResponseBodyError,
  JSONParseError,
  type LanguageModelV4StreamPart,
  type SharedV4Warning,
} from '@ai-sdk/provider';
import { createProviderStreamError, type ResponseHandler } from '@ai-sdk/provider-utils';
import { saysTooLong } from '../too-long.ts';
import { errorOf } from '../streams/event-reader.ts';
import { type GiveWay, readText, type TextTransform } from '../streams/read-text.ts';
import { argumentsOf, countOf, isLoose, type Loose, looseListOf, looseOf, textOf } from '../streams/loose.ts';

interface Chunk {
  error?: string;
  thinking: string;
  content: string;
  calls: { id: string; name: string; input: unknown }[];
  isDone: boolean;
  reason: string;
  inputTokens: number | undefined;
  outputTokens: number | undefined;
}

/** A line of the answer, or the error that reading it was. */
type Line = { chunk: Chunk } | { problem: unknown };

/** Against a peer that never ends its line. */
const maxLineLength = 16 * 1024 * 1024;

export function createLinesHandler(giveWay: GiveWay | undefined): ResponseHandler<ReadableStream<Line>> {
  return async ({ response }) => {
    if (!response.body) throw new EmptyResponseBodyError();
    const value = readText(response.body as ReadableStream<Uint8Array>, createLineTransform(), giveWay);
    return { value, responseHeaders: Object.fromEntries(response.headers) };
  };
}

function createLineTransform(): TextTransform<Line> {
  let rest = '';
  return {
    push(text) {
      // Only what is new is searched: a long line comes in many pieces.
      const lines = text.split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      if (rest.length > maxLineLength)
        throw new JSONParseError({ text: rest.slice(0, 200), cause: new Error('a line without an end') });
      return joinGrowth(lines.filter((line) => line.trim()).map(parseLine));
    },
    end: () => (rest.trim() ? [parseLine(rest)] : []),
  };
}

/** Lines that follow each other and only go on with the same text become one. */
function joinGrowth(lines: Line[]): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const kind = growthOf(line);
    if (last && kind && growthOf(last) === kind && 'chunk' in last && 'chunk' in line) {
      last.chunk[kind] += line.chunk[kind];
    } else joined.push(line);
  }
  return joined;
}

/** What a line that has nothing else goes on with. */
function growthOf(line: Line): 'content' | 'thinking' | undefined {
  if (!('chunk' in line)) return undefined;
  const { content, thinking, error, calls, isDone } = line.chunk;
  if (error || calls.length > 0 || isDone || (content === '') === (thinking === '')) return undefined;
  return content === '' ? 'thinking' : 'content';
}

function parseLine(line: string): Line {
  try {
    const parsed: unknown = JSON.parse(line);
    if (!isLoose(parsed)) throw new TypeError('A line that is no object.');
    return { chunk: chunkOf(parsed) };
  } catch (cause) {
    return { problem: new JSONParseError({ text: line.slice(0, 200), cause }) };
  }
}

/** What is known of a line; all else in it, and a line of nothing else, is passed over. */
function chunkOf(line: Loose): Chunk {
  const message = looseOf(line.message);
  const error = errorOf(line);
  return {
    ...(error && { error: error.message }),
    thinking: textOf(message.thinking),
    content: textOf(message.content),
    calls: looseListOf(message.tool_calls).map((call) => {
      const { name, arguments: input } = looseOf(call.function);
      return { id: textOf(call.id), name: textOf(name), input: argumentsOf(input) };
    }),
    // Some servers end with the reason only.
    isDone: line.done === true || line.done === 'true' || (line.done === undefined && textOf(line.done_reason) !== ''),
    reason: textOf(line.done_reason),
    inputTokens: countOf(line.prompt_eval_count),
    outputTokens: countOf(line.eval_count),
  };
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
  const say = (controller: Controller, type: 'text' | 'reasoning', delta: string) => {
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
    chunk?: Chunk,
  ) => {
    ended = true;
    close(controller);
    const input = chunk?.inputTokens;
    const output = chunk?.outputTokens;
    controller.enqueue({
      type: 'finish',
      finishReason: { unified, raw: chunk?.reason || undefined },
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
      const problem = 'problem' in line ? line.problem : line.chunk.error && streamError(line.chunk.error);
      if ('problem' in line || problem) {
        controller.enqueue({ type: 'error', error: problem });
        return finish(controller, 'error');
      }
      const { chunk } = line;
      say(controller, 'reasoning', chunk.thinking);
      say(controller, 'text', chunk.content);
      for (const { id, name, input } of chunk.calls) {
        close(controller);
        calls++;
        // Older servers give calls no id.
        const toolCallId = id || `call_${crypto.randomUUID()}`;
        controller.enqueue({
          type: 'tool-call',
          toolCallId,
          toolName: name,
          input: typeof input === 'string' ? input : JSON.stringify(input),
        });
      }
      if (!chunk.isDone) return;
      finish(controller, chunk.reason === 'length' ? 'length' : calls > 0 ? 'tool-calls' : 'stop', chunk);
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
          : saysTooLong(message)
            ? 400
            : 500;
  return createProviderStreamError({ message, statusCode, isRetryable: statusCode >= 500, data: { error: message } });
}
