import { randomUUID } from 'node:crypto';
import type { DoubleUsage } from './script.ts';
import type { Encoder } from './wire.ts';

// What the services answer to requests that do not ask for a stream: one JSON object.

interface WholeAnswer {
  model: string;
  text: string;
  thinking: string;
  calls: { id: string; name: string; input: unknown }[];
  usage: DoubleUsage;
  /** All tokens of the prompt, cached or not. */
  promptTokens: number;
  reason: 'stop' | 'tool-calls' | 'length' | 'content-filter';
}

/** Collects the steps and writes one object at the end. */
export function createWholeEncoder(model: string, build: (answer: WholeAnswer) => Record<string, unknown>): Encoder {
  const answer = { model, text: '', thinking: '', calls: [] as WholeAnswer['calls'] };
  return {
    contentType: 'application/json',
    start: () => '',
    text: (delta) => ((answer.text += delta), ''),
    thinking: (delta) => ((answer.thinking += delta), ''),
    toolCall: (call) => (answer.calls.push(call), ''),
    finish: ({ usage, reason }) => {
      const promptTokens = usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
      return JSON.stringify(build({ ...answer, usage, promptTokens, reason }));
    },
    error: () => '',
  };
}

export function anthropicMessage({
  model,
  text,
  thinking,
  calls,
  usage,
  reason,
}: WholeAnswer): Record<string, unknown> {
  return {
    id: `msg_${randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [
      ...(thinking ? [{ type: 'thinking', thinking, signature: 'c2lnbmF0dXJl' }] : []),
      ...(text ? [{ type: 'text', text }] : []),
      ...calls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input: input ?? {} })),
    ],
    stop_reason: { stop: 'end_turn', 'tool-calls': 'tool_use', length: 'max_tokens', 'content-filter': 'refusal' }[
      reason
    ],
    stop_sequence: null,
    usage: {
      input_tokens: usage.input,
      output_tokens: usage.output,
      cache_creation_input_tokens: usage.cacheWrite ?? 0,
      cache_read_input_tokens: usage.cacheRead ?? 0,
    },
  };
}

export function openAiResponse({
  model,
  text,
  calls,
  usage,
  promptTokens,
  reason,
}: WholeAnswer): Record<string, unknown> {
  const isWhole = reason === 'stop' || reason === 'tool-calls';
  const content = [{ type: 'output_text', text, annotations: [] }];
  return {
    id: `resp_${randomUUID()}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    model,
    status: isWhole ? 'completed' : 'incomplete',
    incomplete_details: isWhole ? null : { reason: reason === 'length' ? 'max_output_tokens' : 'content_filter' },
    output: [
      ...(text
        ? [{ id: `msg_${randomUUID()}`, type: 'message', status: 'completed', role: 'assistant', content }]
        : []),
      ...calls.map(({ id, name, input }) => ({
        id: `fc_${randomUUID()}`,
        type: 'function_call',
        call_id: id,
        name,
        arguments: JSON.stringify(input ?? {}),
        status: 'completed',
      })),
    ],
    usage: {
      input_tokens: promptTokens,
      input_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: promptTokens + usage.output,
    },
  };
}

export function chatCompletion({
  model,
  text,
  calls,
  usage,
  promptTokens,
  reason,
}: WholeAnswer): Record<string, unknown> {
  const tool_calls = calls.map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(input ?? {}) },
  }));
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text || null,
          refusal: null,
          ...(tool_calls.length > 0 ? { tool_calls } : {}),
        },
        logprobs: null,
        finish_reason: {
          stop: 'stop',
          'tool-calls': 'tool_calls',
          length: 'length',
          'content-filter': 'content_filter',
        }[reason],
      },
    ],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: usage.output,
      total_tokens: promptTokens + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
    },
  };
}

export function googleContent({
  model,
  text,
  thinking,
  calls,
  usage,
  promptTokens,
  reason,
}: WholeAnswer): Record<string, unknown> {
  const parts = [
    ...(thinking ? [{ text: thinking, thought: true }] : []),
    ...(text ? [{ text }] : []),
    ...calls.map(({ name, input }) => ({
      functionCall: { name, args: input ?? {} },
      thoughtSignature: 'c2lnbmF0dXJl',
    })),
  ];
  const finishReason = { stop: 'STOP', 'tool-calls': 'STOP', length: 'MAX_TOKENS', 'content-filter': 'SAFETY' }[reason];
  return {
    candidates: [{ content: { parts, role: 'model' }, finishReason, index: 0 }],
    usageMetadata: {
      promptTokenCount: promptTokens,
      candidatesTokenCount: usage.output,
      totalTokenCount: promptTokens + usage.output,
      ...(usage.cacheRead ? { cachedContentTokenCount: usage.cacheRead } : {}),
    },
    modelVersion: model,
    responseId: randomUUID(),
  };
}

export function ollamaChat({
  model,
  text,
  thinking,
  calls,
  usage,
  promptTokens,
  reason,
}: WholeAnswer): Record<string, unknown> {
  const tool_calls = calls.map(({ id, name, input }, index) => ({
    id,
    function: { index, name, arguments: input ?? {} },
  }));
  return {
    model,
    created_at: new Date().toISOString(),
    message: {
      role: 'assistant',
      content: text,
      ...(thinking ? { thinking } : {}),
      ...(tool_calls.length > 0 ? { tool_calls } : {}),
    },
    done: true,
    done_reason: reason === 'length' ? 'length' : 'stop',
    total_duration: 1_500_000_000,
    prompt_eval_count: promptTokens,
    eval_count: usage.output,
  };
}
