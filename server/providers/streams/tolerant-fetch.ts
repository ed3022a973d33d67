import { EventSourceParserStream } from '@ai-sdk/provider-utils';
import type { EventReader } from './event-reader.ts';
import { isLoose, type Loose } from './loose.ts';

type Fetch = typeof globalThis.fetch;

/** A `fetch` whose event streams come as the adapter expects them, whatever else the peer puts in. */
export function tolerantFetch(fetch: Fetch, createReader: (url: string) => EventReader): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (!response.ok || !response.body || !asksForStream(url, init?.body)) return response;
    const { status, statusText } = response;
    const headers = new Headers(response.headers);
    const reader = createReader(url);
    headers.set('content-type', 'text/event-stream');
    headers.delete('content-length');
    const texts = response.body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>);
    return new Response(byForm(texts, reader), { status, statusText, headers });
  };
}

function asksForStream(url: string, body: unknown): boolean {
  return /:streamGenerateContent\b/.test(url) || (typeof body === 'string' && /"stream":\s*true/.test(body));
}

const done = '[DONE]';
const encoder = new TextEncoder();
const frame = (data: string) => `data: ${data}\n\n`;
const frames = (events: Loose[]) => events.map((event) => frame(JSON.stringify(event))).join('');

/** By what comes, whatever the peer calls it: events, or one JSON that is the whole answer. */
function byForm(texts: ReadableStream<string>, reader: EventReader): ReadableStream<Uint8Array> {
  const source = texts.getReader();
  let answer: ReadableStreamDefaultReader<string> | undefined;

  async function open(): Promise<ReadableStreamDefaultReader<string>> {
    let begin = '';
    // Blank lines before it say nothing.
    while (begin.trim() === '') {
      const { done: isOver, value } = await source.read();
      if (isOver) break;
      begin = value;
    }
    const rest = new ReadableStream<string>({
      start: (controller) => controller.enqueue(begin),
      async pull(controller) {
        const { done: isOver, value } = await source.read();
        if (isOver) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => source.cancel(reason),
    });
    return (/^\s*[[{]/.test(begin) ? fromWhole(rest, reader) : tidy(rest, reader)).getReader();
  }

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      answer ??= await open();
      const { done: isOver, value } = await answer.read();
      if (isOver) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: (reason) => (answer ?? source).cancel(reason),
  });
}

function tidy(texts: ReadableStream<string>, reader: EventReader): ReadableStream<string> {
  let isOver = false;
  /** The last event, when nobody can read it: what follows says whether it matters. */
  let unreadable = '';
  const end = (isDone: boolean) => {
    if (isOver) return '';
    isOver = true;
    return (isDone ? '' : unreadable) + frames(reader.end(isDone));
  };
  return texts.pipeThrough(new EventSourceParserStream()).pipeThrough(
    new TransformStream<{ data: string; event?: string | undefined }, string>({
      transform({ data, event }, controller) {
        const text = data.trim() === done ? end(true) + frame(done) : tidyEvent(data, event);
        if (text) controller.enqueue(text);
      },
      flush(controller) {
        const text = end(false);
        if (text) controller.enqueue(text);
      },
    }),
  );

  function tidyEvent(data: string, name: string | undefined): string {
    const events = eventsIn(data);
    if (events) {
      unreadable = '';
      return frames(
        events.flatMap((event) => reader.read(name && event.type === undefined ? { ...event, type: name } : event)),
      );
    }
    // An event that names itself may be anything; of one without a name only the adapter can say what is wrong with it.
    if (name === 'error' && data.trim()) return frames(reader.read({ type: name, error: data.trim() }));
    if (name || !data.trim() || parse(data) !== undefined) return '';
    const text = frame(data.replaceAll(/(?<!\s)\s*\n\s*/g, ' '));
    if (!/^\s*[[{]/.test(data)) return text;
    // A damaged one costs the answer only where the answer ends with it.
    unreadable = text;
    return '';
  }
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

function fromWhole(texts: ReadableStream<string>, reader: EventReader): ReadableStream<string> {
  const whole = texts.getReader();
  const answers = async function* () {
    let text = '';
    for (let piece = await whole.read(); !piece.done; piece = await whole.read()) text += piece.value;
    const parsed = parse(text);
    const events = Array.isArray(parsed) ? parsed.filter(isLoose) : eventsIn(text);
    if (isLoose(parsed)) yield frames(reader.whole(parsed));
    else if (events) for (const event of events) yield frames(reader.read(event));
    else yield frame(text.replaceAll(/(?<!\s)\s*\n\s*/g, ' '));
    yield frames(reader.end(true)) + frame(done);
  };
  const source = answers();
  return new ReadableStream<string>({
    async pull(controller) {
      const { done: isOver, value } = await source.next();
      if (isOver) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => whole.cancel(reason),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
