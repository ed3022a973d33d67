import { createParser } from 'eventsource-parser';
import type { EventReader } from './event-reader.ts';
import { isLoose, type Loose } from './loose.ts';
import { type GiveWay, readText, type TextTransform } from './read-text.ts';

type Fetch = typeof globalThis.fetch;

/** A `fetch` whose event streams come as the adapter expects them, whatever else the peer puts in. */
export function tolerantFetch(
  fetch: Fetch,
  createReader: (url: string) => EventReader,
  giveWay: GiveWay | undefined,
): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (!response.ok || !response.body || !asksForStream(url, init?.body)) return response;
    const { status, statusText } = response;
    const headers = new Headers(response.headers);
    headers.set('content-type', 'text/event-stream');
    headers.delete('content-length');
    const events = readText(response.body, createByForm(createReader(url)), giveWay);
    return new Response(events, { status, statusText, headers });
  };
}

function asksForStream(url: string, body: unknown): boolean {
  return /:streamGenerateContent\b/.test(url) || (typeof body === 'string' && /"stream":\s*true/.test(body));
}

const done = '[DONE]';
const encoder = new TextEncoder();
const encode = (text: string) => (text === '' ? [] : [encoder.encode(text)]);
const frame = (data: string) => `data: ${data}\n\n`;
const frames = (events: Loose[]) => events.map((event) => frame(JSON.stringify(event))).join('');

interface Tidier {
  push(text: string): string;
  end(): string;
}

/** By what comes, whatever the peer calls it: events, or one JSON that is the whole answer. */
function createByForm(reader: EventReader): TextTransform<Uint8Array> {
  let begin = '';
  let tidier: Tidier | undefined;

  function push(text: string): string {
    if (tidier) return tidier.push(text);
    begin += text;
    // Blank lines before it say nothing.
    if (begin.trim() === '') return '';
    tidier = /^\s*[[{]/.test(begin) ? createWholeTidier(reader) : createEventTidier(reader);
    return tidier.push(begin);
  }

  return {
    push: (text) => encode(push(text)),
    end: () => encode((tidier ??= createEventTidier(reader)).end()),
  };
}

function createEventTidier(reader: EventReader): Tidier {
  let isOver = false;
  /** The last event, when nobody can read it: what follows says whether it matters. */
  let unreadable = '';
  let written = '';
  /** Not written yet: what follows may be growth of the same text. */
  let last: Loose | undefined;

  const parser = createParser({ onEvent: ({ data, event }) => tidy(data, event) });

  function write(text: string): void {
    if (last) written += frame(JSON.stringify(last));
    last = undefined;
    written += text;
  }

  function writeEvents(events: Loose[]): void {
    for (const event of events) {
      const joined = last && reader.join(last, event);
      if (!joined) write('');
      last = joined ?? event;
    }
  }

  function end(isDone: boolean): void {
    if (isOver) return;
    isOver = true;
    if (!isDone) write(unreadable);
    writeEvents(reader.end(isDone));
  }

  function tidy(data: string, name: string | undefined): void {
    if (data.trim() === done) {
      end(true);
      return write(frame(done));
    }
    const events = eventsIn(data);
    if (events) {
      unreadable = '';
      for (const event of events)
        writeEvents(reader.read(name && event.type === undefined ? { ...event, type: name } : event));
      return;
    }
    // An event that names itself may be anything; of one without a name only the adapter can say what is wrong with it.
    if (name === 'error' && data.trim()) return writeEvents(reader.read({ type: name, error: data.trim() }));
    if (name || !data.trim() || parse(data) !== undefined) return;
    const text = frame(data.replaceAll(/(?<!\s)\s*\n\s*/g, ' '));
    // A damaged one costs the answer only where the answer ends with it.
    if (/^\s*[[{]/.test(data)) unreadable = text;
    else write(text);
  }

  function take(): string {
    write('');
    const text = written;
    written = '';
    return text;
  }

  return {
    push(text) {
      parser.feed(text);
      return take();
    },
    end() {
      end(false);
      return take();
    },
  };
}

/**
 * What one event holds: an object, or, from servers that write too few blank lines or tear an event, several; undefined for what is
 * none.
 */
function eventsIn(data: string): Loose[] | undefined {
  const whole = parse(data);
  if (whole !== undefined) return isLoose(whole) ? [whole] : undefined;
  const torn = /data:\s*(\{.*)$/s.exec(data)?.[1];
  const pieces = (torn ?? data).split(/(?<=\})\s*(?:\n|(?=\{"))/).map(parse);
  return pieces.every(isLoose) ? pieces : undefined;
}

function createWholeTidier(reader: EventReader): Tidier {
  let text = '';
  return {
    push(piece) {
      text += piece;
      return '';
    },
    end() {
      const parsed = parse(text);
      const events = Array.isArray(parsed) ? parsed.filter(isLoose) : eventsIn(text);
      const answer = isLoose(parsed)
        ? frames(reader.whole(parsed))
        : events
          ? frames(events.flatMap((event) => reader.read(event)))
          : frame(text.replaceAll(/(?<!\s)\s*\n\s*/g, ' '));
      return answer + frames(reader.end(true)) + frame(done);
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
