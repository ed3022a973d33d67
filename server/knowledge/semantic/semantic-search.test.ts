import { describe, expect, test } from 'vitest';
import { nobodyId } from '../../../contract/nobody.ts';
import { auditRows, query } from '../../../test/test-database.ts';
import { type EmbeddingProvider, embeddingModels, setSemanticScene } from '../../../test/knowledge/semantic-scene.ts';

const synonym = 'vacation';

test('is off at the beginning, and nothing is sent to anybody', async () => {
  const scene = await setSemanticScene();
  await scene.connect('openai');
  await scene.connect('ollama-local');
  expect(await scene.status()).toMatchObject({ model: null, state: 'off', answering: null });
  await scene.pass();
  expect(await scene.find(synonym)).toEqual([]);
  for (const provider of ['openai', 'ollama-local', 'google'] as const) expect(scene.sent(provider)).toEqual([]);
  expect(await scene.count('knowledge_vectors')).toBe(0);
});

describe.each(Object.entries(embeddingModels) as [EmbeddingProvider, string][])(
  'with a model of %s',
  (provider, model) => {
    test('what means the same is found, by no other provider, and what it cost is counted', async () => {
      const scene = await setSemanticScene();
      for (const each of ['openai', 'google', 'ollama-local'] as const) await scene.connect(each);
      expect(await scene.find(synonym)).toEqual([]);
      const { body } = await scene.admin.request('GET', '/api/knowledge/embedding-models');
      expect(body.models).toContainEqual(
        expect.objectContaining({ id: model, provider, host: new URL(scene.doubles[provider].url).host }),
      );
      const chosen = await scene.choose(model);
      expect(chosen).toMatchObject({ status: 200, body: { model, state: 'embedding', answering: null, embedded: 0 } });
      // No document has left before the choice, and none by it.
      expect(scene.sent(provider).join()).toMatch(/^(search_query: )?Pinchy$/);
      expect(await scene.find(synonym)).toEqual([]);

      expect(await scene.pass()).toMatchObject({ hadLock: true, embedded: 3, problem: undefined });
      expect(await scene.status()).toMatchObject({
        state: 'ready',
        answering: model,
        passages: 3,
        embedded: 3,
        refused: 0,
      });
      expect(await scene.find(synonym)).toEqual(['/data/hr/holidays.md']);
      expect(await scene.find('Trains')).toEqual(['/data/hr/travel.md']);
      for (const other of ['openai', 'google', 'ollama-local'] as const) {
        if (other !== provider) expect(scene.sent(other)).toEqual([]);
      }
      expect(await auditRows(scene.server.databaseUrl, 'settings.semantic_search_updated')).toMatchObject([
        { actor_id: scene.admin.id, detail: { from: null, to: model } },
      ]);
      const usage = (await scene.admin.request('GET', '/api/usage/summary')).body;
      expect(usage.agents).toMatchObject([{ agentId: nobodyId, agentName: 'Search by meaning', deleted: false }]);
      expect(Number(usage.totals.system.inputTokens)).toBeGreaterThan(100);
      if (provider === 'ollama-local') expect(usage.totals.system.cost).toBeNull();
      else expect(Number(usage.totals.system.cost)).toBeGreaterThan(0);

      // An own price, of a dollar a token, goes before that: for what is asked, and for documents that come.
      const own = { model, inputPerMillion: '1000000', outputPerMillion: '0', validFrom: '2020-01-01T00:00:00Z' };
      expect((await scene.admin.request('PUT', '/api/settings/prices', { prices: [own] })).status).toBe(200);
      const [last] = await query<{ id: number }>(scene.server.databaseUrl, 'select max(id) as id from usage_records');
      const since = () =>
        query<{ isOwn: boolean }>(
          scene.server.databaseUrl,
          'select cost = input_tokens and cost > 0 as "isOwn" from usage_records where id > $1',
          [last?.id],
        );
      await scene.find('Tickets for buses');
      await expect.poll(since, { timeout: 30_000 }).toEqual([{ isOwn: true }]);
      scene.write({ '/data/hr/buses.md': '# Buses\n\nBuses are paid for by the driver.' });
      expect(await scene.pass()).toMatchObject({ problem: undefined });
      await expect.poll(async () => (await since()).length, { timeout: 30_000 }).toBeGreaterThan(1);
      expect(await since()).not.toContainEqual({ isOwn: false });
    });
  },
);

test('finds nothing outside the grant, also not by meaning, and what is taken away is gone at once', async () => {
  const scene = await setSemanticScene();
  await scene.connect('ollama-local');
  await scene.choose(embeddingModels['ollama-local']);
  await scene.pass();
  const change = (paths: string[]) =>
    scene.admin.request('PATCH', `/api/agents/${scene.agentId}`, { pluginConfig: { allowed_paths: paths } });
  // The board's text is nearer to the question than any that may be read.
  const question = 'When are vacations of members in August';
  await change(['/data/hr', '/data/board']);
  expect((await scene.find(question))[0]).toBe('/data/board/bonus.md');
  expect(await scene.find(synonym)).toEqual(expect.arrayContaining(['/data/board/bonus.md', '/data/hr/holidays.md']));
  expect(await scene.find(synonym, { path: '/data/hr' })).toEqual(['/data/hr/holidays.md']);
  await change(['/data/hr']);
  expect(await scene.find(synonym)).toEqual(['/data/hr/holidays.md']);
  expect(await scene.find(question)).not.toContain('/data/board/bonus.md');
  await change(['/data/board']);
  expect(await scene.find(synonym)).toEqual(['/data/board/bonus.md']);
});

test('what may not be seen takes no place of what may', async () => {
  const nearer = Array.from({ length: 260 }, (_, index) => [`/data/board/${index}.txt`, `Vacation ${index}`]);
  const scene = await setSemanticScene(Object.fromEntries(nearer));
  await scene.connect('ollama-local');
  await scene.choose(embeddingModels['ollama-local']);
  expect(await scene.pass()).toMatchObject({ embedded: 263 });
  expect(await scene.find(synonym)).toEqual(['/data/hr/holidays.md']);
});

test('what has nothing to do with the question is not found', async () => {
  const scene = await setSemanticScene();
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  await scene.pass();
  expect(await scene.find('zeppelin')).toEqual([]);
});

test('numbers and codes are found as before, whatever is near them in meaning', async () => {
  const scene = await setSemanticScene(
    Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `/data/hr/order ${index}.txt`,
        `Purchase order KX-${4_700 + index} of a laptop, with delivery in May.`,
      ]),
    ),
  );
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  await scene.pass();
  expect((await scene.find('KX-4711'))[0]).toBe('/data/hr/order 11.txt');
  expect((await scene.find('which computer came with KX-4723'))[0]).toBe('/data/hr/order 23.txt');
});

test('a document that changed is found by its new meaning; one that was only read anew is not sent again', async () => {
  const scene = await setSemanticScene();
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  await scene.pass();
  const before = scene.sent('openai').length;
  await scene.admin.request('POST', '/api/knowledge/reindex', {});
  await scene.server.services.knowledge.indexer.runPass();
  expect(await scene.pass()).toMatchObject({ problem: undefined });
  expect(scene.sent('openai')).toHaveLength(before);
  expect(await scene.find(synonym)).toEqual(['/data/hr/holidays.md']);

  scene.write({
    '/data/hr/holidays.md': '# Wages\n\nSalaries are paid on the first of a month.',
    '/data/hr/copy.md': 'x',
  });
  await scene.pass();
  expect(scene.sent('openai').slice(before)).toHaveLength(2 + 1);
  expect(await scene.find(synonym)).toEqual([]);
  expect(await scene.find('payroll')).toEqual(['/data/hr/holidays.md']);
});

test('switching off removes every vector, is recorded, and nothing is sent any more', async () => {
  const scene = await setSemanticScene();
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  await scene.pass();
  expect((await scene.choose(null)).body).toMatchObject({ model: null, state: 'off' });
  for (const table of ['knowledge_vectors', 'knowledge_embeddings', 'knowledge_embedding_models']) {
    expect(await scene.count(table)).toBe(0);
  }
  const sent = scene.sent('openai').length;
  scene.write({ '/data/hr/new.md': 'Something new.' });
  await scene.pass();
  expect(await scene.find('a new search')).toEqual(['/data/hr/new.md']);
  expect(scene.sent('openai')).toHaveLength(sent);
  expect(await auditRows(scene.server.databaseUrl, 'settings.semantic_search_updated')).toHaveLength(2);
});

test('refuses what is no model, what is not connected and what the provider refuses, and stores nothing', async () => {
  const scene = await setSemanticScene();
  await scene.connect('openai');
  expect((await scene.choose('anthropic/claude-sonnet-4-5')).status).toBe(400);
  expect((await scene.choose('nonsense')).status).toBe(400);
  expect((await scene.choose(embeddingModels.google)).body.error).toContain('Google is not connected');
  const unknown = await scene.choose('openai/text-embedding-none');
  expect([unknown.status, unknown.body.code]).toEqual([unknown.status, 'provider_rejected']);
  expect(unknown.body.error).toContain('text-embedding-none');
  expect(await scene.status()).toMatchObject({ model: null, state: 'off' });
  const direct = await scene.admin.request('POST', '/api/settings', { key: 'semantic_search', value: 'openai/x' });
  expect(direct.status).toBe(400);
});

test('usage of a search is counted too', async () => {
  const scene = await setSemanticScene();
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  await scene.pass();
  const records = async () =>
    (await query<{ input_tokens: string }>(scene.server.databaseUrl, 'select input_tokens from usage_records')).length;
  const before = await records();
  await scene.find(synonym);
  await expect.poll(records).toBe(before + 1);
  // The same question is not asked again.
  await scene.find(synonym);
  expect(await records()).toBe(before + 1);
});
