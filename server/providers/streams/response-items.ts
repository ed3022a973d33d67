import { countOf, type Loose, textOf } from './loose.ts';

export type Kind = 'message' | 'reasoning' | 'function_call';

export interface Item {
  index: number;
  kind: Kind;
  id: string;
  callId: string;
  name: string;
  /** Of a message its text, of a call its arguments. */
  text: string;
  isDone: boolean;
}

type Begun = { item: Item; events: Loose[] } | undefined;

/** The items of one response in the order in which they began, found by their place or id. */
export function createResponseItems() {
  const all: Item[] = [];
  const byPlace = new Map<number, Item>();
  const ignored = new Set<number>();

  function find(event: Loose, kind: Kind): Item | undefined {
    const place = countOf(event.output_index);
    const id = textOf(event.item_id);
    const found =
      (place === undefined ? undefined : byPlace.get(place)) ?? (id ? all.find((item) => item.id === id) : undefined);
    if (found) return found.kind === kind ? found : undefined;
    if (place !== undefined && ignored.has(place)) return undefined;
    return place === undefined && !id ? all.findLast((item) => item.kind === kind && !item.isDone) : undefined;
  }

  function add(place: number | undefined, given: Loose): Begun {
    const kind = textOf(given.type);
    if (kind !== 'message' && kind !== 'reasoning' && kind !== 'function_call') {
      if (place !== undefined) ignored.add(place);
      return undefined;
    }
    const index = all.length;
    const item: Item = {
      index,
      kind,
      id: textOf(given.id) || `item_${index}_${crypto.randomUUID().slice(0, 8)}`,
      callId: textOf(given.call_id) || textOf(given.id) || `call_${crypto.randomUUID().replaceAll('-', '')}`,
      name: textOf(given.name),
      text: '',
      isDone: false,
    };
    all.push(item);
    if (place !== undefined) byPlace.set(place, item);
    return {
      item,
      events: [{ type: 'response.output_item.added', output_index: index, item: begunForm(item, given) }],
    };
  }

  /** The item that an event is about; begun here when its beginning was missed. */
  function open(event: Loose, kind: Kind): Begun {
    const found = find(event, kind);
    if (found) return { item: found, events: [] };
    const place = countOf(event.output_index);
    if (place !== undefined && (ignored.has(place) || byPlace.has(place))) return undefined;
    return add(place, { type: kind, id: event.item_id });
  }

  return { all, find, add, open };
}

function begunForm({ kind, id, callId, name }: Item, given: Loose): Loose {
  if (kind === 'function_call') {
    return { type: kind, id, call_id: callId, name, arguments: '', status: 'in_progress' };
  }
  return kind === 'reasoning' ? { type: kind, id, ...encrypted(given) } : { type: kind, id, ...phaseOf(given) };
}

/** Which has to come back with the message. */
export const phaseOf = ({ phase }: Loose) => (phase === 'commentary' || phase === 'final_answer' ? { phase } : {});

export const encrypted = ({ encrypted_content }: Loose) =>
  textOf(encrypted_content) ? { encrypted_content: textOf(encrypted_content) } : {};
