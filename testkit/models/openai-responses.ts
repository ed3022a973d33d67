import { randomUUID } from 'node:crypto';
import { openAiError } from './openai-errors.ts';
import type { NormalisedMessage, NormalisedRequest } from './script.ts';
import { records, sse, stringOf, type Encoder } from './wire.ts';

// The wire format is that of https://platform.openai.com/docs/api-reference/responses and /responses-streaming.

/** The first rule of the Responses API that a request breaks. */
export function problemOfResponses(body: Record<string, unknown>): { message: string; param: string } | undefined {
  if (body.input === undefined) return { message: "Missing required parameter: 'input'.", param: 'input' };
  if (typeof body.input === 'string') return undefined;
  const calls = new Set<string>();
  const answered = new Set<string>();
  for (const item of records(body.input)) {
    if (item.type === 'item_reference') {
      return {
        message: `Item with id '${String(item.id)}' not found. Items are not persisted when \`store\` is set to false.`,
        param: 'input',
      };
    }
    if (item.type === 'function_call') calls.add(String(item.call_id));
    if (item.type === 'function_call_output') {
      const id = String(item.call_id);
      if (!calls.has(id))
        return { message: `No tool call found for function call output with call_id ${id}.`, param: 'input' };
      answered.add(id);
    }
  }
  const open = [...calls].find((id) => !answered.has(id));
  if (open) return { message: `No tool output found for function call ${open}.`, param: 'input' };
  const badTool = records(body.tools).find(
    (tool) => tool.type === 'function' && !/^[a-zA-Z0-9_-]{1,64}$/.test(String(tool.name)),
  );
  if (badTool)
    return {
      message: `Invalid 'tools[0].name': string does not match pattern '^[a-zA-Z0-9_-]+$'.`,
      param: 'tools[0].name',
    };
  return undefined;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return records(content)
    .filter((part) => typeof part.text === 'string')
    .map((part) => stringOf(part.text))
    .join('\n');
}

function imagesOf(content: unknown): string[] {
  return records(content)
    .filter((part) => part.type === 'input_image')
    .map((part) => stringOf(part.image_url));
}

export function normaliseResponses(body: Record<string, unknown>): NormalisedRequest {
  const system: string[] = body.instructions ? [stringOf(body.instructions)] : [];
  const messages: NormalisedMessage[] = [];
  const items = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : records(body.input);
  for (const item of items as Record<string, unknown>[]) {
    if (item.role === 'system' || item.role === 'developer') system.push(textOf(item.content));
    else if (item.role === 'user' || item.role === 'assistant') {
      const images = imagesOf(item.content);
      messages.push({ role: item.role, text: textOf(item.content), ...(images.length > 0 ? { images } : {}) });
    } else if (item.type === 'function_call') {
      const call = {
        id: String(item.call_id),
        name: String(item.name),
        input: JSON.parse(stringOf(item.arguments) || '{}') as unknown,
      };
      const last = messages.at(-1);
      if (last?.role === 'assistant') last.toolCalls = [...(last.toolCalls ?? []), call];
      else messages.push({ role: 'assistant', text: '', toolCalls: [call] });
    } else if (item.type === 'function_call_output') {
      const images = imagesOf(item.output);
      messages.push({
        role: 'tool',
        text: '',
        toolResults: [{ id: String(item.call_id), text: textOf(item.output) }],
        ...(images.length > 0 ? { images } : {}),
      });
    }
  }
  return {
    model: String(body.model),
    system: system.join('\n'),
    messages,
    tools: records(body.tools).map((tool) => String(tool.name)),
    maxOutputTokens: body.max_output_tokens === undefined ? undefined : Number(body.max_output_tokens),
    raw: body,
  };
}

export function createResponsesEncoder(body: Record<string, unknown>): Encoder {
  const id = `resp_${randomUUID().replaceAll('-', '')}`;
  const response = {
    id,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    model: String(body.model),
    status: 'in_progress',
    output: [],
    usage: null,
  };
  let sequence = 0;
  let outputIndex = -1;
  let message: { id: string; text: string } | undefined;
  const emit = (type: string, value: Record<string, unknown>) => sse({ type, sequence_number: sequence++, ...value });

  const closeMessage = () => {
    if (!message) return '';
    const { id: item_id, text } = message;
    message = undefined;
    const part = { type: 'output_text', text, annotations: [] };
    const place = { item_id, output_index: outputIndex, content_index: 0 };
    return (
      emit('response.output_text.done', { ...place, text, logprobs: [] }) +
      emit('response.content_part.done', { ...place, part }) +
      emit('response.output_item.done', {
        output_index: outputIndex,
        item: { id: item_id, type: 'message', status: 'completed', role: 'assistant', content: [part] },
      })
    );
  };

  return {
    contentType: 'text/event-stream; charset=utf-8',
    start: () => emit('response.created', { response }) + emit('response.in_progress', { response }),
    text(delta) {
      let head = '';
      if (!message) {
        message = { id: `msg_${randomUUID().replaceAll('-', '')}`, text: '' };
        outputIndex++;
        const place = { item_id: message.id, output_index: outputIndex, content_index: 0 };
        head =
          emit('response.output_item.added', {
            output_index: outputIndex,
            item: { id: message.id, type: 'message', status: 'in_progress', role: 'assistant', content: [] },
          }) +
          emit('response.content_part.added', { ...place, part: { type: 'output_text', text: '', annotations: [] } });
      }
      message.text += delta;
      const place = { item_id: message.id, output_index: outputIndex, content_index: 0 };
      return head + emit('response.output_text.delta', { ...place, delta, logprobs: [] });
    },
    thinking(delta) {
      const head = closeMessage();
      const item_id = `rs_${randomUUID().replaceAll('-', '')}`;
      outputIndex++;
      const place = { item_id, output_index: outputIndex, summary_index: 0 };
      const summary = [{ type: 'summary_text', text: delta }];
      return (
        head +
        emit('response.output_item.added', {
          output_index: outputIndex,
          item: { id: item_id, type: 'reasoning', summary: [] },
        }) +
        emit('response.reasoning_summary_part.added', { ...place, part: { type: 'summary_text', text: '' } }) +
        emit('response.reasoning_summary_text.delta', { ...place, delta }) +
        emit('response.reasoning_summary_text.done', { ...place, text: delta }) +
        emit('response.reasoning_summary_part.done', { ...place, part: summary[0] }) +
        emit('response.output_item.done', {
          output_index: outputIndex,
          item: { id: item_id, type: 'reasoning', summary, encrypted_content: 'ZW5jcnlwdGVk' },
        })
      );
    },
    toolCall({ id: call_id, name, input }) {
      const head = closeMessage();
      const item_id = `fc_${randomUUID().replaceAll('-', '')}`;
      const json = JSON.stringify(input ?? {});
      const middle = Math.ceil(json.length / 2);
      outputIndex++;
      const item = { id: item_id, type: 'function_call', call_id, name };
      return (
        head +
        emit('response.output_item.added', {
          output_index: outputIndex,
          item: { ...item, status: 'in_progress', arguments: '' },
        }) +
        [json.slice(0, middle), json.slice(middle)]
          .map((delta) => emit('response.function_call_arguments.delta', { item_id, output_index: outputIndex, delta }))
          .join('') +
        emit('response.function_call_arguments.done', { item_id, output_index: outputIndex, arguments: json }) +
        emit('response.output_item.done', {
          output_index: outputIndex,
          item: { ...item, status: 'completed', arguments: json },
        })
      );
    },
    finish({ usage, reason }) {
      const input_tokens = usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
      const final = {
        input_tokens,
        input_tokens_details: {
          cached_tokens: usage.cacheRead ?? 0,
          ...(usage.cacheWrite ? { cache_write_tokens: usage.cacheWrite } : {}),
        },
        output_tokens: usage.output,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: input_tokens + usage.output,
      };
      const head = closeMessage();
      if (reason === 'length' || reason === 'content-filter') {
        const incomplete_details = { reason: reason === 'length' ? 'max_output_tokens' : 'content_filter' };
        return (
          head +
          emit('response.incomplete', {
            response: { ...response, status: 'incomplete', incomplete_details, usage: final },
          })
        );
      }
      return head + emit('response.completed', { response: { ...response, status: 'completed', usage: final } });
    },
    error(kind) {
      const { code, message: text, param } = openAiError(kind);
      return (
        emit('error', { code, message: text, param }) +
        emit('response.failed', {
          response: { ...response, status: 'failed', error: { code: code ?? 'server_error', message: text } },
        })
      );
    },
  };
}
