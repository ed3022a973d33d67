import { randomUUID } from 'node:crypto';
import { openAiError } from './openai-errors.ts';
import type { NormalisedMessage, NormalisedRequest } from './script.ts';
import { isRecord, records, stringOf, type Encoder } from './wire.ts';

// The wire format is that of https://platform.openai.com/docs/api-reference/chat and /chat-streaming.

/** The first rule of Chat Completions that a request breaks. */
export function problemOfChatCompletions(
  body: Record<string, unknown>,
): { message: string; param: string } | undefined {
  const messages = records(body.messages);
  if (messages.length === 0)
    return { message: "Invalid 'messages': empty array. Expected an array with minimum length 1.", param: 'messages' };
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    const param = `messages.[${index}].role`;
    if (message.role === 'tool') {
      const id = String(message.tool_call_id);
      if (!open.includes(id)) {
        return {
          message:
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          param,
        };
      }
      open = open.filter((call) => call !== id);
      continue;
    }
    if (open.length > 0) return { message: unanswered(open), param };
    open = records(message.tool_calls).map((call) => String(call.id));
  }
  return open.length > 0 ? { message: unanswered(open), param: 'messages' } : undefined;
}

function unanswered(ids: string[]): string {
  return `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids.join(', ')}`;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return records(content)
    .filter((part) => part.type === 'text')
    .map((part) => stringOf(part.text))
    .join('\n');
}

export function normaliseChatCompletions(body: Record<string, unknown>): NormalisedRequest {
  const system: string[] = [];
  const messages: NormalisedMessage[] = [];
  for (const message of records(body.messages)) {
    const text = textOf(message.content);
    if (message.role === 'system' || message.role === 'developer') system.push(text);
    else if (message.role === 'tool')
      messages.push({ role: 'tool', text: '', toolResults: [{ id: String(message.tool_call_id), text }] });
    else {
      const images = records(message.content)
        .map((part) => part.image_url)
        .filter(isRecord)
        .map((image) => stringOf(image.url));
      const toolCalls = records(message.tool_calls).map((call) => {
        const called = isRecord(call.function) ? call.function : {};
        return {
          id: String(call.id),
          name: String(called.name),
          input: JSON.parse(stringOf(called.arguments) || '{}') as unknown,
        };
      });
      messages.push({
        role: message.role === 'assistant' ? 'assistant' : 'user',
        text,
        ...(toolCalls.length > 0 ? { toolCalls } : {}),
        ...(images.length > 0 ? { images } : {}),
      });
    }
  }
  const limit = body.max_completion_tokens ?? body.max_tokens;
  return {
    model: String(body.model),
    system: system.join('\n'),
    messages,
    tools: records(body.tools).map((tool) => String(isRecord(tool.function) ? tool.function.name : '')),
    maxOutputTokens: limit === undefined ? undefined : Number(limit),
    raw: body,
  };
}

export function createChatCompletionsEncoder(body: Record<string, unknown>): Encoder {
  const id = `chatcmpl-${randomUUID()}`;
  const created = Math.floor(Date.now() / 1000);
  const includeUsage = isRecord(body.stream_options) && body.stream_options.include_usage === true;
  let toolIndex = -1;
  const frame = (choices: unknown[], more: Record<string, unknown> = {}) =>
    `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model: body.model, choices, ...(includeUsage ? { usage: null } : {}), ...more })}\n\n`;
  const delta = (value: Record<string, unknown>) =>
    frame([{ index: 0, delta: value, logprobs: null, finish_reason: null }]);

  return {
    contentType: 'text/event-stream; charset=utf-8',
    start: () => delta({ role: 'assistant', content: '', refusal: null }),
    text: (content) => delta({ content }),
    thinking: () => '', // Chat Completions never shows reasoning.
    toolCall({ id: callId, name, input }) {
      const json = JSON.stringify(input ?? {});
      const middle = Math.ceil(json.length / 2);
      const index = ++toolIndex;
      return (
        delta({ tool_calls: [{ index, id: callId, type: 'function', function: { name, arguments: '' } }] }) +
        [json.slice(0, middle), json.slice(middle)]
          .map((part) => delta({ tool_calls: [{ index, function: { arguments: part } }] }))
          .join('')
      );
    },
    finish({ usage, reason }) {
      const finish_reason = {
        stop: 'stop',
        'tool-calls': 'tool_calls',
        length: 'length',
        'content-filter': 'content_filter',
      }[reason];
      const prompt_tokens = usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
      const final = {
        prompt_tokens,
        completion_tokens: usage.output,
        total_tokens: prompt_tokens + usage.output,
        prompt_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
        completion_tokens_details: { reasoning_tokens: 0 },
      };
      return (
        frame([{ index: 0, delta: {}, logprobs: null, finish_reason }]) +
        (includeUsage ? frame([], { usage: final }) : '') +
        'data: [DONE]\n\n'
      );
    },
    error(kind) {
      const { status: _status, ...error } = openAiError(kind);
      return `data: ${JSON.stringify({ error })}\n\n`;
    },
  };
}
