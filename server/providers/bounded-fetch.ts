/** What an answer may have: the longest that models write, 128,000 tokens at 400 bytes of wire format each, and some. */
const maxBytes = 64 * 1024 ** 2;

type Fetch = typeof globalThis.fetch;

/** A `fetch` whose answers break off when they grow beyond any that is meant: a stream without an end fills the memory. */
export function boundedFetch(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.body) return response;
    const { status, statusText, headers } = response;
    return new Response(boundStream(response.body), { status, statusText, headers });
  };
}

function boundStream(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        bytes += value.byteLength;
        if (bytes <= maxBytes) return controller.enqueue(value);
        const error = new Error('The provider’s answer does not end.');
        void reader.cancel(error).catch(() => undefined);
        throw error;
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
