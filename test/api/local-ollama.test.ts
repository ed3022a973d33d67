import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type DoubleModel, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createMember, createTestApp } from '../create-test-app.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function startOllama(models?: DoubleModel[]) {
  const double = await startModelDouble({ kind: 'ollama-local', ...(models && { models }) });
  closing.push(() => double.close());
  return double;
}

/** Something else that listens where Ollama usually does. */
async function startOther(answer: (path: string) => { status: number; body: string } | 'silence') {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    const said = answer(request.url ?? '');
    if (said !== 'silence') response.writeHead(said.status, { location: '/elsewhere' }).end(said.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(async () => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

async function startApp(urls: string[]) {
  const server = await createTestApp({ environment: { OLLAMA_LOCAL_URLS: urls.join(',') } });
  closing.push(() => server.close());
  const admin = await createAdmin(server.app);
  const look = async () => (await admin.request('GET', '/api/providers/local-ollama')).body;
  return { server, admin, look };
}

const nowhere = 'http://127.0.0.1:9';

test('a running Ollama is found where it answers, with the models that chat, and one call connects it', async () => {
  const ollama = await startOllama();
  const { admin, look } = await startApp([nowhere, ollama.url]);
  const found = await look();
  expect(found).toEqual({ found: true, baseUrl: ollama.url, models: expect.any(Number) });
  const saved = await admin.request('POST', '/api/setup/provider', {
    provider: 'ollama-local',
    baseUrl: found.baseUrl,
  });
  expect(saved.status).toBe(200);
  const { models } = (await admin.request('GET', '/api/providers/models')).body;
  expect(models).toHaveLength(found.models);
  expect(found.models).toBeGreaterThan(0);
});

test('one with models goes before one without, and one without is still told of', async () => {
  const [empty, full] = [await startOllama([]), await startOllama()];
  expect(await (await startApp([empty.url, full.url])).look()).toMatchObject({ baseUrl: full.url });
  expect(await (await startApp([nowhere, empty.url])).look()).toEqual({ found: true, baseUrl: empty.url, models: 0 });
});

test('nothing is found where nothing listens, something else does, a redirect leads away, or nobody answers', async () => {
  const other = await startOther(() => ({ status: 404, body: '{"error":"no such model"}' }));
  const redirect = await startOther(() => ({ status: 302, body: '' }));
  const silent = await startOther(() => 'silence');
  const { look } = await startApp([nowhere, other.url, redirect.url, silent.url]);
  const began = Date.now();
  expect(await look()).toEqual({ found: false, baseUrl: null, models: 0 });
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(redirect.paths).not.toContain('/elsewhere');
});

test('a member, and a stranger, make nobody look', async () => {
  const ollama = await startOllama();
  const { server, admin } = await startApp([ollama.url]);
  const member = await createMember(server.app, admin);
  expect((await member.request('GET', '/api/providers/local-ollama')).status).toBe(403);
  expect((await server.app.inject('/api/providers/local-ollama')).statusCode).toBe(401);
  expect(ollama.requests).toEqual([]);
});
