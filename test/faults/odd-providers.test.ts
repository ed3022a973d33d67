import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createLanguageModel } from '../../server/providers/create-model.ts';
import { providerIds, type ProviderId } from '../../server/providers/provider.ts';
import { credentialFor, rootsFor } from '../provider-roots.ts';
import { closeDoubles, collect, startRun, textsOf } from '../native-run.ts';

// Real: the built-in runtime, the AI SDK and its parsers. Doubled: a provider whose answers are none.

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await closeDoubles();
});

async function runAgainst(provider: ProviderId, answer: (response: ServerResponse) => void, silenceMs = 1_000) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    answer(response);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { start, modelId } = await startRun(provider, {
    retry: { tries: 1 },
    silence: { firstByte: silenceMs, thinking: silenceMs, betweenChunks: silenceMs },
  });
  const resolved = {
    model: createLanguageModel(modelId, credentialFor(provider, url, 'key'), rootsFor(url)),
    provider,
    contextWindow: null,
    maxOutput: null,
    vision: false,
    toolUse: true,
  };
  const events = await collect(start({}, undefined, async () => resolved));
  expect(asked).toBe(1);
  return events;
}

/** Writes for as long as somebody reads. */
function endlessly(response: ServerResponse, piece: string): void {
  if (response.destroyed) return;
  if (response.write(piece)) setImmediate(endlessly, response, piece);
  else response.once('drain', () => endlessly(response, piece));
}

const oddities: [string, (response: ServerResponse) => void][] = [
  ['never sends headers', () => {}],
  ['sends headers and nothing more', (response) => response.writeHead(200).flushHeaders()],
  ['answers with a web page', (response) => response.setHeader('content-type', 'text/html').end('<h1>Hello</h1>')],
  ['sends an empty body', (response) => response.end()],
  ['sends bytes that are no text', (response) => response.end(Buffer.alloc(5_000, 0xfe))],
  ['never ends one line', (response) => endlessly(response.writeHead(200), 'x'.repeat(65_536))],
  [
    'never stops sending lines that say nothing',
    (response) => endlessly(response.writeHead(200), ': \n\n'.repeat(20_000)),
  ],
  ['sends one chunk of 8 MiB that is nothing', (response) => response.end('x'.repeat(8 * 1_024 * 1_024))],
];

test.each(providerIds.flatMap((provider) => oddities.map(([title, answer]) => ({ provider, title, answer }))))(
  '$provider $title: the answer ends with a retryable error in words',
  async ({ provider, answer }) => {
    const events = await runAgainst(provider, answer);
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'provider_unavailable', retryable: true });
    expect(events.filter(({ type }) => type === 'finish')).toEqual([]);
  },
  60_000,
);

test.each(providerIds)(
  '%s never ends one line, and nobody loses patience: it is stopped before it fills the memory',
  async (provider) => {
    let sent = 0;
    const piece = 'x'.repeat(262_144);
    const events = await runAgainst(
      provider,
      (response) => {
        const { write } = response;
        response.write = ((text: string) => ((sent += text.length), write.call(response, text, 'latin1'))) as never;
        endlessly(response.writeHead(200, { 'content-type': 'text/event-stream' }), piece);
      },
      60_000,
    );
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'provider_unavailable' });
    expect(sent).toBeGreaterThan(10 * 1_024 ** 2);
    expect(sent).toBeLessThan(100 * 1_024 ** 2);
  },
  60_000,
);

test('ollama-local never stops talking: what was said is kept, and the answer ends in words', async () => {
  const line = `${JSON.stringify({ message: { role: 'assistant', content: 'on and on '.repeat(1_000) }, done: false })}\n`;
  const events = await runAgainst('ollama-local', (response) => endlessly(response.writeHead(200), line));
  expect(events.at(-1)).toMatchObject({ type: 'error', code: 'provider_unavailable' });
  const said = textsOf(events).length;
  expect(said).toBeGreaterThan(900_000);
  expect(said).toBeLessThan(1_200_000);
}, 60_000);
