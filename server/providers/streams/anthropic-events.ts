import { errorOf, type EventReader } from './event-reader.ts';
import { argumentsTextOf, countOf, isLoose, type Loose, looseListOf, looseOf, textOf } from './loose.ts';

// https://platform.claude.com/docs/en/build-with-claude/streaming

type Kind = 'text' | 'thinking' | 'redacted_thinking' | 'tool_use' | 'unknown';
const kinds: ReadonlySet<string> = new Set<Kind>(['text', 'thinking', 'redacted_thinking', 'tool_use']);

export function createAnthropicReader(): EventReader {
  const blocks = new Map<number, Kind>();
  let last = -1;
  let hasStopReason = false;
  let isStopped = false;
  let isBroken = false;

  function start(index: number, block: Loose): Loose[] {
    const kind = kinds.has(textOf(block.type)) ? (block.type as Kind) : 'unknown';
    blocks.set(index, kind);
    last = index;
    const begin = (content_block: Loose) => ({ type: 'content_block_start', index, content_block });
    switch (kind) {
      case 'text':
        return [begin({ type: 'text', text: '' }), ...grow(index, { type: 'text_delta', text: block.text })];
      case 'thinking':
        return [
          begin({ type: 'thinking', thinking: '' }),
          ...grow(index, { type: 'thinking_delta', thinking: block.thinking }),
          ...grow(index, { type: 'signature_delta', signature: block.signature }),
        ];
      case 'redacted_thinking':
        return [begin({ type: 'redacted_thinking', data: textOf(block.data) })];
      case 'tool_use': {
        const { input } = block;
        const isGiven = isLoose(input) ? Object.keys(input).length > 0 : argumentsTextOf(input) !== '';
        const id = textOf(block.id) || `toolu_${crypto.randomUUID().replaceAll('-', '')}`;
        return [
          begin({ type: 'tool_use', id, name: textOf(block.name), input: {} }),
          ...(isGiven ? grow(index, { type: 'input_json_delta', partial_json: input }) : []),
        ];
      }
      default:
        return [];
    }
  }

  function grow(index: number, delta: Loose): Loose[] {
    const known = tidyDelta(delta);
    return known ? [{ type: 'content_block_delta', index, delta: known }] : [];
  }

  function open(index: number, delta: Loose): Loose[] {
    if (blocks.has(index)) return [];
    const type = delta.type === 'text_delta' ? 'text' : delta.type === 'thinking_delta' ? 'thinking' : 'unknown';
    return start(index, { type });
  }

  return {
    read(event) {
      const error = errorOf(event);
      if (error) return [{ type: 'error', error: { type: error.type ?? 'api_error', message: error.message } }];
      const index = countOf(event.index) ?? Math.max(last, 0);
      switch (event.type) {
        case 'message_start':
          return [{ type: 'message_start', message: tidyMessage(looseOf(event.message)) }];
        case 'content_block_start':
          return start(countOf(event.index) ?? last + 1, looseOf(event.content_block));
        case 'content_block_delta': {
          const delta = looseOf(event.delta);
          const begun = open(index, delta);
          return blocks.get(index) === 'unknown' ? begun : [...begun, ...grow(index, delta)];
        }
        case 'content_block_stop':
          return (blocks.get(index) ?? 'unknown') === 'unknown' ? [] : [{ type: 'content_block_stop', index }];
        case 'message_delta': {
          const reason = stopReasonOf(textOf(looseOf(event.delta).stop_reason));
          isBroken ||= reason === 'error';
          hasStopReason ||= reason !== '' && !isBroken;
          return [messageDelta(isBroken ? '' : reason, looseOf(event.usage))];
        }
        case 'message_stop': {
          if (isBroken) return [];
          // It came to its end, also where the event that says why got lost.
          const missing = hasStopReason ? [] : [messageDelta('end_turn', {})];
          hasStopReason = isStopped = true;
          return [...missing, { type: 'message_stop' }];
        }
        default:
          return [];
      }
    },
    join(before, next) {
      const isGrowth = before.type === 'content_block_delta' && next.type === before.type;
      if (!isGrowth || before.index !== next.index) return undefined;
      const [one, other] = [looseOf(before.delta), looseOf(next.delta)];
      const field = one.type === 'text_delta' ? 'text' : one.type === 'thinking_delta' ? 'thinking' : undefined;
      if (field === undefined || other.type !== one.type) return undefined;
      return { ...next, delta: { ...other, [field]: textOf(one[field]) + textOf(other[field]) } };
    },
    end: () => (hasStopReason && !isStopped ? [{ type: 'message_stop' }] : []),
    whole(answer) {
      const error = errorOf(answer);
      if (error || answer.type === 'error') return this.read(answer);
      hasStopReason = true;
      const content = looseListOf(answer.content).flatMap((block, index) => [
        ...start(index, block),
        ...this.read({ type: 'content_block_stop', index }),
      ]);
      return [
        { type: 'message_start', message: tidyMessage(answer) },
        ...content,
        messageDelta(stopReasonOf(textOf(answer.stop_reason)) || 'end_turn', looseOf(answer.usage)),
      ];
    },
  };
}

/** In Anthropic's words what proxies call by others'; an answer that was paused is not whole. `error`: it ended as none does. */
function stopReasonOf(reason: string): string {
  if (/^(length|max_output_tokens|model_length|pause_turn)$/.test(reason)) return 'max_tokens';
  if (/^(content_filter(ed)?|guardrail_intervened|safety|sensitive)$/.test(reason)) return 'refusal';
  if (/^(error|abort(ed)?|cancell?ed|malformed_(tool_use|model_output))$/.test(reason)) return 'error';
  return reason === 'stop' ? 'end_turn' : reason === 'tool_calls' ? 'tool_use' : reason;
}

function tidyDelta(delta: Loose): Loose | undefined {
  const filled = (key: string, text: string) => (text === '' ? undefined : { type: delta.type, [key]: text });
  switch (delta.type) {
    case 'text_delta':
      return filled('text', textOf(delta.text));
    case 'thinking_delta':
      return filled('thinking', textOf(delta.thinking));
    case 'signature_delta':
      return filled('signature', textOf(delta.signature));
    case 'input_json_delta':
      return filled('partial_json', argumentsTextOf(delta.partial_json));
    default:
      return undefined;
  }
}

function tidyMessage({ id, model, usage }: Loose): Loose {
  return { id: textOf(id), model: textOf(model), role: 'assistant', usage: tidyUsage(looseOf(usage)) };
}

function messageDelta(stopReason: unknown, usage: Loose): Loose {
  const { input_tokens, ...rest } = tidyUsage(usage);
  const read = countOf(usage.input_tokens) === undefined ? {} : { input_tokens };
  const output_tokens = countOf(usage.output_tokens) ?? 0;
  return {
    type: 'message_delta',
    delta: { stop_reason: textOf(stopReason) || null, stop_sequence: null },
    usage: { ...rest, ...read, output_tokens },
  };
}

function tidyUsage(usage: Loose): Loose {
  const cached = Object.fromEntries(
    ['cache_creation_input_tokens', 'cache_read_input_tokens'].flatMap((key) => {
      const count = countOf(usage[key]);
      return count === undefined ? [] : [[key, count]];
    }),
  );
  return { input_tokens: countOf(usage.input_tokens) ?? 0, ...cached };
}
