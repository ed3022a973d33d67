type Random = () => number;
import { isRecord } from './wire.ts';

// What proxies and newer versions do to a stream that is still a whole answer.

/** One event of a stream: the JSON, and the name in front of it where there is one. */
export interface RecordedEvent {
  name?: string;
  /** The text `[DONE]`, or JSON. */
  data: unknown;
}

export type Framing = 'sse' | 'lines';

export function parseRecording(text: string, framing: Framing): RecordedEvent[] {
  const parse = (data: string): unknown => (data === '[DONE]' ? data : JSON.parse(data));
  if (framing === 'lines') {
    return text
      .split('\n')
      .filter(Boolean)
      .map((data) => ({ data: parse(data) }));
  }
  return text
    .split(/\r?\n\r?\n/)
    .filter((block) => block.trim())
    .map((block) => {
      const name = /^event: ([^\r\n]*)/m.exec(block)?.[1];
      const data = parse(/^data: ([^\r\n]*)/m.exec(block)?.[1] ?? '');
      return name === undefined ? { data } : { name, data };
    });
}

export function writeRecording(events: readonly RecordedEvent[], framing: Framing, random: Random): string {
  const dataOf = ({ data }: RecordedEvent) => (typeof data === 'string' ? data : JSON.stringify(data));
  if (framing === 'lines') return events.map((event) => `${dataOf(event)}\n`).join(random() < 0.2 ? '\n' : '');
  const end = random() < 0.3 ? '\r\n' : '\n';
  return events
    .map((event) => {
      const comment = random() < 0.1 ? `: keep-alive${end}${end}` : '';
      const name = event.name && random() < 0.8 ? `event: ${event.name}${end}` : '';
      return `${comment}${name}data:${random() < 0.8 ? ' ' : ''}${dataOf(event)}${end}${end}`;
    })
    .join('');
}

/** What a mutation must leave alone, because the answer itself is in it. */
export interface Grammar {
  /** Names of fields that hold the answer or say what an event is. */
  essential: ReadonlySet<string>;
  /** Events that a newer version may put between any two. */
  unknown: (random: Random) => RecordedEvent[];
}

/** A few changes, each of a kind that may not matter. */
export function mutate(events: readonly RecordedEvent[], grammar: Grammar, random: Random): RecordedEvent[] {
  let mutated = structuredClone(events) as RecordedEvent[];
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change++) {
    const kind = Math.floor(random() * 4);
    if (kind === 0) {
      const at = Math.floor(random() * mutated.length);
      mutated = [...mutated.slice(0, at), ...grammar.unknown(random), ...mutated.slice(at)];
    } else {
      for (const { data } of mutated) {
        visit(data, (owner, key) => {
          const value = owner[key];
          if (kind === 1 && random() < 0.1) owner[`x_${key}`] = { new: [1, null, 'two'] };
          if (kind === 2 && typeof value === 'number' && random() < 0.5) owner[key] = String(value);
          const isLeaf = !isRecord(value) && !Array.isArray(value);
          if (kind === 3 && isLeaf && !grammar.essential.has(key) && random() < 0.3) owner[key] = null;
        });
      }
    }
  }
  return mutated;
}

function visit(value: unknown, see: (owner: Record<string, unknown>, key: string) => void): void {
  if (Array.isArray(value)) for (const member of value) visit(member, see);
  else if (isRecord(value)) {
    for (const [key, member] of Object.entries(value)) {
      // The arguments of a call are the model's, not the wire's.
      if (['input', 'args', 'arguments'].includes(key)) continue;
      visit(member, see);
      see(value, key);
    }
  }
}
