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
    const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '');
    headers.set('content-type', 'text/event-stream');
    headers.delete('content-length');
    const body = isJson ? fromWhole(response, reader) : tidy(response.body, reader);
    return new Response(body, { status, statusText, headers });
  };
}

function asksForStream(url: string, body: unknown): boolean {
  return /:streamGenerateContent\b/.test(url) || (typeof body === 'string' && /"stream":\s*true/.test(body));
}

const done = '[DONE]';
const encoder = new TextEncoder();
const frame = (data: string) => `data: ${data}\n\n`;
const frames = (events: Loose[]) => events.map((event) => frame(JSON.stringify(event))).join('');

function tidy(body: ReadableStream<Uint8Array>, reader: EventReader): ReadableStream<Uint8Array> {
  let isOver = false;
  const end = (isDone: boolean) => {
    if (isOver) return '';
    isOver = true;
    return frames(reader.end(isDone));
  };
  return body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream())
    .pipeThrough(
      new TransformStream<{ data: string; event?: string | undefined }, Uint8Array>({
        transform({ data, event }, controller) {
          const text = data.trim() === done ? end(true) + frame(done) : tidyEvent(data, event);
          if (text) controller.enqueue(encoder.encode(text));
        },
        flush(controller) {
          const text = end(false);
          if (text) controller.enqueue(encoder.encode(text));
        },
      }),
    );

  function tidyEvent(data: string, name: string | undefined): string {
    const parsed = parse(data);
    // An event that names itself may be anything; of one without a name only the adapter can say what is wrong with it.
    if (!isLoose(parsed)) return parsed === undefined && !name && data.trim() ? frame(data) : '';
    return frames(reader.read(name && parsed.type === undefined ? { ...parsed, type: name } : parsed));
  }
}

function fromWhole(response: Response, reader: EventReader): ReadableStream<Uint8Array> {
  const answers = async function* () {
    const text = await response.text();
    const parsed = parse(text);
    if (isLoose(parsed)) yield frames(reader.whole(parsed));
    else if (Array.isArray(parsed)) for (const event of parsed.filter(isLoose)) yield frames(reader.read(event));
    else yield frame(text.replaceAll(/\s*\n\s*/g, ' '));
    yield frames(reader.end(true)) + frame(done);
  };
  const source = answers();
  const texts = new ReadableStream<string>({
    async pull(controller) {
      const { done: isOver, value } = await source.next();
      if (isOver) controller.close();
      else controller.enqueue(value);
    },
  });
  return texts.pipeThrough(new TextEncoderStream() as unknown as TransformStream<string, Uint8Array>);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
