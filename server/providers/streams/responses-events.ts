import { errorOf, type EventReader } from './event-reader.ts';
import { argumentsTextOf, countOf, isLoose, type Loose, looseListOf, looseOf, textOf } from './loose.ts';
import { createResponseItems, encrypted, type Item, type Kind, phaseOf } from './response-items.ts';

// https://platform.openai.com/docs/api-reference/responses-streaming

export function createResponsesReader(): EventReader {
  const items = createResponseItems();
  let hasEnded = false;

  function close(item: Item, given: Loose): Loose[] {
    if (item.isDone) return [];
    const events = item.kind === 'message' ? say(item, rest(item, contentOf(given.content))) : [];
    if (item.kind === 'function_call') {
      item.text = argumentsTextOf(given.arguments) || item.text;
      item.name = textOf(given.name) || item.name;
    }
    item.isDone = true;
    return [...events, { type: 'response.output_item.done', output_index: item.index, item: endedForm(item, given) }];
  }

  function closeOf(event: Loose, given: Loose): Loose[] {
    const kind = textOf(given.type) as Kind;
    const known = items.find({ ...event, item_id: given.id }, kind);
    if (known) return close(known, given);
    const begun = items.add(countOf(event.output_index), given);
    return begun ? [...begun.events, ...close(begun.item, given)] : [];
  }

  function finish(type: string, response: Loose): Loose[] {
    const events: Loose[] = [];
    for (const given of looseListOf(response.output)) {
      const id = textOf(given.id);
      const callId = textOf(given.call_id);
      const kind = textOf(given.type);
      const known =
        items.all.find((item) => (id && item.id === id) || (callId && item.callId === callId)) ??
        (id ? undefined : items.all.find((item) => item.kind === kind && !item.isDone));
      // Under another id than while it was streamed it is still the same text.
      const isSaid = kind === 'message' && items.all.some((item) => item.kind === 'message' && item.text !== '');
      if (known) events.push(...close(known, given));
      else if (!isSaid) events.push(...closeOf({}, given));
    }
    for (const item of items.all) if (!item.isDone) events.push(...close(item, {}));
    hasEnded = true;
    const details = looseOf(response.incomplete_details);
    const usage = isLoose(response.usage) ? { usage: tidyUsage(response.usage) } : {};
    if (type === 'response.failed') {
      const error = errorOf({ error: response.error ?? { message: 'The response failed.' } });
      const failed = { error: { code: error?.code ?? null, message: error?.message ?? '' }, ...usage };
      return [...events, { type, sequence_number: 0, response: failed }];
    }
    const reason = textOf(details.reason) === 'content_filter' ? 'content_filter' : 'max_output_tokens';
    const incomplete_details = type === 'response.incomplete' ? { reason } : null;
    return [...events, { type, response: { incomplete_details, ...usage } }];
  }

  function read(event: Loose): Loose[] {
    const type = textOf(event.type);
    if (type === 'error' || type === '') {
      const error = errorOf(event);
      if (!error) return [];
      const { message, code = null } = error;
      return [{ type: 'error', sequence_number: 0, error: { type: error.type ?? 'error', code, message } }];
    }
    switch (type) {
      case 'response.created':
      case 'response.in_progress': {
        const { id, created_at, model } = looseOf(event.response);
        return [{ type, response: { id: textOf(id), created_at: countOf(created_at) ?? 0, model: textOf(model) } }];
      }
      case 'response.output_item.added':
        return items.add(countOf(event.output_index), looseOf(event.item))?.events ?? [];
      case 'response.output_item.done':
        return closeOf(event, looseOf(event.item));
      case 'response.output_text.delta':
      case 'response.refusal.delta': {
        const opened = items.open(event, 'message');
        return opened ? [...opened.events, ...say(opened.item, textOf(event.delta))] : [];
      }
      case 'response.output_text.done':
      case 'response.content_part.done': {
        const whole = textOf(event.text) || textOf(looseOf(event.part).text);
        if (whole === '' || looseOf(event.part).type === 'reasoning_text') return [];
        const opened = items.open(event, 'message');
        return opened ? [...opened.events, ...say(opened.item, rest(opened.item, whole))] : [];
      }
      case 'response.function_call_arguments.delta':
      case 'response.function_call_arguments.done': {
        const item = items.find(event, 'function_call');
        if (!item) return [];
        const delta = argumentsTextOf(event.delta);
        item.text = argumentsTextOf(event.arguments) || item.text + delta;
        return delta ? [{ type, item_id: item.id, output_index: item.index, delta }] : [];
      }
      case 'response.reasoning_summary_part.added':
      case 'response.reasoning_summary_part.done':
      case 'response.reasoning_summary_text.delta': {
        const opened = items.open(event, 'reasoning');
        if (!opened) return [];
        const place = { item_id: opened.item.id, output_index: opened.item.index };
        const told = { type, ...place, summary_index: countOf(event.summary_index) ?? 0 };
        return [...opened.events, { ...told, ...(event.delta !== undefined && { delta: textOf(event.delta) }) }];
      }
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return finish(type, looseOf(event.response));
      default:
        return [];
    }
  }

  return {
    read,
    join(before, next) {
      const isGrowth = before.type === 'response.output_text.delta' && next.type === before.type;
      if (!isGrowth || before.output_index !== next.output_index) return undefined;
      return { ...next, delta: textOf(before.delta) + textOf(next.delta) };
    },
    end(isDone) {
      if (hasEnded || !isDone || items.all.length === 0) return [];
      return finish('response.completed', {});
    },
    whole(answer) {
      const error = errorOf(answer);
      if (error) return read({ type: 'error', error: answer.error });
      const status = textOf(answer.status);
      const type = status === 'incomplete' || status === 'failed' ? `response.${status}` : 'response.completed';
      return [...read({ type: 'response.created', response: answer }), ...finish(type, answer)];
    },
  };
}

function say(item: Item, delta: string): Loose[] {
  if (delta === '' || item.isDone) return [];
  item.text += delta;
  return [{ type: 'response.output_text.delta', item_id: item.id, output_index: item.index, delta }];
}

/** What of a whole text was not streamed. */
const rest = (item: Item, whole: string) => (whole.startsWith(item.text) ? whole.slice(item.text.length) : '');

function endedForm({ kind, id, callId, name, text }: Item, given: Loose): Loose {
  if (kind === 'function_call') {
    return { type: kind, id, call_id: callId, name, arguments: text || '{}', status: 'completed' };
  }
  return kind === 'reasoning' ? { type: kind, id, ...encrypted(given) } : { type: kind, id, ...phaseOf(given) };
}

function contentOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return looseListOf(content)
    .map((part) => (part.type === 'output_text' || part.type === 'text' ? textOf(part.text) : textOf(part.refusal)))
    .join('');
}

function tidyUsage(usage: Loose): Loose {
  const cached = looseOf(usage.input_tokens_details);
  return {
    input_tokens: countOf(usage.input_tokens) ?? 0,
    input_tokens_details: {
      cached_tokens: countOf(cached.cached_tokens) ?? 0,
      ...(countOf(cached.cache_write_tokens) !== undefined && {
        cache_write_tokens: countOf(cached.cache_write_tokens),
      }),
    },
    output_tokens: countOf(usage.output_tokens) ?? 0,
    output_tokens_details: { reasoning_tokens: countOf(looseOf(usage.output_tokens_details).reasoning_tokens) ?? 0 },
  };
}
