import {
  InvalidResponseDataError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4Content,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4StreamPart,
  type SharedV4Warning,
} from '@ai-sdk/provider';
import { createJsonErrorResponseHandler, postJsonToApi, type FetchFunction } from '@ai-sdk/provider-utils';
import * as z from 'zod';
import { contextLengthFor } from './context-length.ts';
import { convertPrompt } from './convert-prompt.ts';
import type { GiveWay } from '../streams/read-text.ts';
import { createChunkTransform, createLinesHandler } from './read-stream.ts';

export interface OllamaModelOptions {
  /** Without `/api`. */
  baseUrl: string;
  modelId: string;
  headers: Record<string, string>;
  fetch: FetchFunction;
  giveWay?: GiveWay | undefined;
  /** True where the context is chosen per request, as a local Ollama's must be; the cloud always gives the model's own. */
  choosesContext: boolean;
  /** The model's own context window, in tokens. */
  contextWindow?: number | null | undefined;
}

const failedResponseHandler = createJsonErrorResponseHandler({
  errorSchema: z.object({ error: z.string() }),
  errorToMessage: ({ error }) => error,
});

/**
 * A model behind Ollama's own `POST /api/chat`, for the AI SDK. Why not a package: docs/decisions/ollama-adapter.md.
 * https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export function createOllamaLanguageModel(options: OllamaModelOptions): LanguageModelV4 {
  const doStream: LanguageModelV4['doStream'] = async (call) => {
    const warnings: SharedV4Warning[] = [];
    const body = requestBody(options, call, warnings);
    const { value, responseHeaders } = await postJsonToApi({
      url: `${options.baseUrl}/api/chat`,
      headers: { ...options.headers, ...call.headers },
      body,
      failedResponseHandler,
      successfulResponseHandler: createLinesHandler(options.giveWay),
      ...(call.abortSignal ? { abortSignal: call.abortSignal } : {}),
      fetch: options.fetch,
    });
    return {
      stream: value.pipeThrough(createChunkTransform(warnings)),
      request: { body },
      response: { headers: responseHeaders ?? {} },
    };
  };

  return {
    specificationVersion: 'v4',
    provider: 'ollama.chat',
    modelId: options.modelId,
    supportedUrls: {},
    doStream,
    doGenerate: async (call) => collect(await doStream(call)),
  };
}

function requestBody(
  { modelId, choosesContext, contextWindow }: OllamaModelOptions,
  call: LanguageModelV4CallOptions,
  warnings: SharedV4Warning[],
) {
  const messages = convertPrompt(call.prompt);
  // Ollama cannot be told which tool to use, only be given none.
  const tools =
    call.toolChoice?.type === 'none'
      ? undefined
      : call.tools
          ?.filter((tool) => tool.type === 'function')
          .map(({ name, description, inputSchema }) => ({
            type: 'function',
            function: { name, description: description ?? '', parameters: inputSchema },
          }));
  if (call.toolChoice && (call.toolChoice.type === 'required' || call.toolChoice.type === 'tool')) {
    warnings.push({ type: 'unsupported', feature: 'toolChoice' });
  }
  const format = call.responseFormat?.type === 'json' ? (call.responseFormat.schema ?? 'json') : undefined;
  const settings = {
    num_predict: call.maxOutputTokens,
    temperature: call.temperature,
    top_p: call.topP,
    top_k: call.topK,
    seed: call.seed,
    stop: call.stopSequences,
    presence_penalty: call.presencePenalty,
    frequency_penalty: call.frequencyPenalty,
    num_ctx: choosesContext
      ? contextLengthFor(messages, tools, { maxOutputTokens: call.maxOutputTokens, limit: contextWindow })
      : undefined,
  };
  return {
    model: modelId,
    messages,
    stream: true,
    // An error instead of an answer to half of the conversation.
    truncate: false,
    shift: false,
    ...(tools && tools.length > 0 ? { tools } : {}),
    ...(format ? { format } : {}),
    ...thinkOf(call.reasoning),
    options: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
  };
}

/** Ollama knows three levels and none. */
function thinkOf(reasoning: LanguageModelV4CallOptions['reasoning']): { think?: false | 'low' | 'medium' | 'high' } {
  if (reasoning === undefined || reasoning === 'provider-default') return {};
  if (reasoning === 'none') return { think: false };
  if (reasoning === 'minimal' || reasoning === 'low') return { think: 'low' };
  return { think: reasoning === 'medium' ? 'medium' : 'high' };
}

/** One whole answer out of a stream, for the calls that want it at once. */
async function collect({
  stream,
  request,
  response,
}: Awaited<ReturnType<LanguageModelV4['doStream']>>): Promise<LanguageModelV4GenerateResult> {
  const content: LanguageModelV4Content[] = [];
  let finish: Extract<LanguageModelV4StreamPart, { type: 'finish' }> | undefined;
  let warnings: SharedV4Warning[] = [];
  for await (const part of stream as unknown as AsyncIterable<LanguageModelV4StreamPart>) {
    if (part.type === 'stream-start') warnings = part.warnings;
    else if (part.type === 'text-start') content.push({ type: 'text', text: '' });
    else if (part.type === 'reasoning-start') content.push({ type: 'reasoning', text: '' });
    else if (part.type === 'text-delta' || part.type === 'reasoning-delta')
      (content.at(-1) as { text: string }).text += part.delta;
    else if (part.type === 'tool-call') content.push(part);
    else if (part.type === 'error') throw part.error;
    else if (part.type === 'finish') finish = part;
  }
  if (!finish) throw new InvalidResponseDataError({ data: undefined, message: 'The answer broke off.' });
  return {
    content,
    finishReason: finish.finishReason,
    usage: finish.usage,
    warnings,
    ...(request ? { request } : {}),
    ...(response ? { response } : {}),
  };
}
