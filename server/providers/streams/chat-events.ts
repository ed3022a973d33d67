import { errorOf, type EventReader } from './event-reader.ts';
import { argumentsTextOf, countOf, isLoose, type Loose, looseListOf, looseOf, textOf } from './loose.ts';

// https://platform.openai.com/docs/api-reference/chat-streaming, and what proxies and local servers make of it.

interface Call {
  index: number;
  id: string;
}

export function createChatReader(): EventReader {
  /** The calls so far, and which of them a given index means now: some give every call the index 0. */
  const calls: Call[] = [];
  const current = new Map<number, Call>();
  let hasText = false;
  let hasEnded = false;
  let isBroken = false;
  let id = '';
  let model = '';

  const chunk = (delta: Loose, more: Loose = {}): Loose => ({
    id,
    model,
    choices: [{ index: 0, delta, finish_reason: null, ...more }],
  });

  function say(content: unknown): Loose[] {
    const text = contentOf(content);
    if (text === '') return [];
    hasText = true;
    return [chunk({ content: text })];
  }

  function callDelta(delta: Loose, place: number): Loose {
    const given = countOf(delta.index) ?? place;
    const called = looseOf(delta.function);
    const callId = textOf(delta.id);
    let call = current.get(given);
    const isNew = !call || (callId !== '' && callId !== call.id && textOf(called.name) !== '');
    if (!call || isNew) {
      call = { index: calls.length, id: callId || `call_${crypto.randomUUID().replaceAll('-', '')}` };
      calls.push(call);
      current.set(given, call);
    }
    const part = argumentsTextOf(called.arguments);
    return isNew
      ? { index: call.index, id: call.id, type: 'function', function: { name: textOf(called.name), arguments: part } }
      : { index: call.index, function: { arguments: part } };
  }

  function callsOf(delta: Loose): Loose[] {
    const listed = looseListOf(delta.tool_calls);
    const old = isLoose(delta.function_call) ? [{ function: delta.function_call }] : [];
    const parts = (listed.length > 0 ? listed : old).map((call, place) => callDelta(call, place));
    // One a chunk, as the adapter joins them.
    return parts.map((part) => chunk({ tool_calls: [part] }));
  }

  function readChoice(choice: Loose): Loose[] {
    const delta = looseOf(choice.delta);
    const message = looseOf(choice.message);
    const events = [...say(delta.content), ...say(delta.refusal), ...callsOf(delta)];
    // Not shown, but a sign of life.
    if (events.length === 0 && (delta.reasoning_content ?? delta.reasoning)) events.push(chunk({}));
    // Some give the whole at the end, in the form of an answer that is no stream, or in that of plain completions.
    if (!hasText) events.push(...say(message.content), ...say(message.refusal), ...say(choice.text));
    if (calls.length === 0) events.push(...callsOf(message));
    const reason = textOf(choice.finish_reason);
    if (brokenReason.test(reason)) isBroken = true;
    else if (reason) {
      hasEnded = true;
      events.push(chunk({}, { finish_reason: finishReasonOf(reason) }));
    }
    return events;
  }

  return {
    read(event) {
      const error = errorOf(event);
      if (error) return [{ error: { message: error.message, type: error.type ?? null, code: error.code ?? null } }];
      id ||= textOf(event.id);
      model ||= textOf(event.model);
      const [choice] = looseListOf(event.choices);
      const events = choice ? readChoice(choice) : [];
      if (isLoose(event.usage)) events.push({ id, model, choices: [], usage: tidyUsage(event.usage) });
      return events;
    },
    join(before, next) {
      const [one, other] = [growthOf(before), growthOf(next)];
      return one === undefined || other === undefined ? undefined : chunk({ content: one + other });
    },
    end(isDone) {
      if (hasEnded || isBroken || !isDone || (!hasText && calls.length === 0)) return [];
      return [chunk({}, { finish_reason: calls.length > 0 ? 'tool_calls' : 'stop' })];
    },
    whole(answer) {
      return this.read(answer);
    },
  };
}

/** The text of a chunk in our form that has nothing else. */
function growthOf({ choices }: Loose): string | undefined {
  const [choice] = looseListOf(choices);
  const { content } = looseOf(choice?.delta);
  return choice?.finish_reason === null && typeof content === 'string' ? content : undefined;
}

/** Text, or the parts of one. */
function contentOf(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content);
  return looseListOf(content)
    .map((part) => (part.type === 'text' || part.type === 'output_text' ? textOf(part.text) : ''))
    .join('');
}

/** What no whole answer ends with: the answer is left without an end, as is one whose connection broke. */
const brokenReason =
  /^(error|failed|abort(ed)?|cancell?ed|interrupted|timeout|network_error|insufficient_system_resource|engine_overloaded|malformed_function_call|unexpected_tool_call|function_call_filter: ?malformed_function_call)$/i;

/** The names that proxies give to what OpenAI calls `length` and `content_filter`. */
function finishReasonOf(reason: string): string {
  const name = reason.toLowerCase();
  if (/^(length|max_tokens|max_output_tokens|model_length|model_context_window_exceeded|truncated)$/.test(name))
    return 'length';
  if (/filter|^(safety|sensitive|refusal|prohibited_content|recitation|blocklist|spii)$/.test(name))
    return 'content_filter';
  return name;
}

function tidyUsage(usage: Loose): Loose {
  const details = looseOf(usage.prompt_tokens_details);
  return {
    prompt_tokens: countOf(usage.prompt_tokens) ?? countOf(usage.input_tokens) ?? null,
    completion_tokens: countOf(usage.completion_tokens) ?? countOf(usage.output_tokens) ?? null,
    total_tokens: countOf(usage.total_tokens) ?? null,
    prompt_tokens_details: {
      // LiteLLM and DeepSeek say it beside the details.
      cached_tokens:
        countOf(details.cached_tokens) ??
        countOf(usage.cache_read_input_tokens) ??
        countOf(usage.prompt_cache_hit_tokens) ??
        null,
      cache_write_tokens: countOf(details.cache_write_tokens) ?? null,
    },
  };
}
