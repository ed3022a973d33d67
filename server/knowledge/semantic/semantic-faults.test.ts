import { expect, test } from 'vitest';
import { query } from '../../../test/test-database.ts';
import { embeddingModels, type SemanticScene, setSemanticScene } from '../../../test/knowledge/semantic-scene.ts';

const synonym = 'vacation';
const many = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [`/data/hr/note ${index}.txt`, `Note number ${index} about lobsters.`]),
);

async function setReady(added: Record<string, string> = {}): Promise<SemanticScene> {
  const scene = await setSemanticScene(added);
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  await scene.pass();
  return scene;
}

test('a provider that hangs costs a search no more than its time limit, and text answers', async () => {
  const scene = await setReady();
  scene.doubles.openai.respondToEmbeddings([{ hang: true }]);
  const start = performance.now();
  expect(await scene.find('Trains in second class')).toEqual(['/data/hr/travel.md']);
  expect(performance.now() - start).toBeLessThan(5_000);
  // Those who ask next do not wait at all.
  const sent = scene.sent('openai').length;
  expect(await scene.find('second class trains')).toEqual(['/data/hr/travel.md']);
  expect(scene.sent('openai')).toHaveLength(sent);
});

test('a provider that is gone, or fails, leaves text', async () => {
  const scene = await setReady();
  scene.doubles.openai.respondToEmbeddings([{ error: 'server' }]);
  expect(await scene.find('Trains are booked')).toEqual(['/data/hr/travel.md']);
  expect(await scene.status()).toMatchObject({ state: 'ready' });
});

test('when the provider is removed, search goes on by text, and the page can tell', async () => {
  const scene = await setReady();
  const removed = await scene.admin.request('DELETE', '/api/settings/providers?provider=openai');
  expect(removed.status).toBe(200);
  const sent = scene.sent('openai').length;
  expect(await scene.find(synonym)).toEqual([]);
  expect(await scene.find('Trains')).toEqual(['/data/hr/travel.md']);
  scene.write({ '/data/hr/new.md': 'Something new.' });
  await scene.pass();
  expect(scene.sent('openai')).toHaveLength(sent);
  expect(await scene.status()).toMatchObject({ state: 'disconnected', answering: null, host: null });
  await scene.connect('openai');
  await scene.pass();
  expect(await scene.status()).toMatchObject({ state: 'ready', answering: embeddingModels.openai, embedded: 4 });
});

test('a kill in the middle loses nothing, and what was embedded is not sent again', async () => {
  const scene = await setSemanticScene(many);
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  const { embedder } = scene.server.services.knowledge;
  let requests = 0;
  // Two requests about how vectors lie, one of passages, then a kill.
  scene.doubles.openai.respondToEmbeddings(() => ((requests += 1) > 3 ? [{ hang: true }] : null));
  const killed = embedder.runPass();
  killed.catch(() => undefined);
  await expect.poll(() => requests, { timeout: 30_000 }).toBe(4);
  embedder.restart();
  await expect(killed).rejects.toThrow('Another model was chosen.');
  const stored = await scene.count('knowledge_vectors');
  expect(stored).toBe(32);
  expect(await scene.status()).toMatchObject({ state: 'embedding', embedded: 32, passages: 43, answering: null });

  scene.doubles.openai.respondToEmbeddings(null);
  const sentBefore = scene.sent('openai').length;
  expect(await scene.pass()).toMatchObject({ embedded: 43 - 32 });
  expect(scene.sent('openai').slice(sentBefore)).toHaveLength(43 - 32);
  expect(await scene.status()).toMatchObject({ state: 'ready', embedded: 43 });
  const usage = await query<{ tokens: string }>(
    scene.server.databaseUrl,
    'select sum(input_tokens) as tokens from usage_records',
  );
  expect(Number(usage[0]?.tokens)).toBeGreaterThan(0);
});

test('while another model is chosen the one before answers, then it is gone', async () => {
  const scene = await setReady(many);
  await scene.connect('ollama-local');
  const [former, next] = [embeddingModels.openai, embeddingModels['ollama-local']];
  expect((await scene.choose(next)).body).toMatchObject({ model: next, state: 'embedding', answering: former });
  const { embedder } = scene.server.services.knowledge;
  let requests = 0;
  scene.doubles['ollama-local'].respondToEmbeddings(() => ((requests += 1) > 3 ? [{ hang: true }] : null));
  const pass = embedder.runPass();
  pass.catch(() => undefined);
  await expect.poll(() => requests, { timeout: 30_000 }).toBe(4);
  expect(await scene.status()).toMatchObject({ state: 'embedding', answering: former });
  const asked = scene.sent('openai').length;
  expect(await scene.find(synonym)).toEqual(['/data/hr/holidays.md']);
  // The question went to the one that answers; no document goes there any more.
  expect(scene.sent('openai').slice(asked)).toEqual([synonym]);
  embedder.restart();
  scene.doubles['ollama-local'].respondToEmbeddings(null);
  await scene.pass();
  expect(await scene.status()).toMatchObject({ model: next, state: 'ready', answering: next, embedded: 43 });
  expect(await scene.count('knowledge_vectors')).toBe(43);
  expect(await scene.count('knowledge_embedding_models')).toBe(1);
  const later = scene.sent('openai').length;
  expect(await scene.find(synonym)).toEqual(['/data/hr/holidays.md']);
  expect(scene.sent('openai')).toHaveLength(later);
});

test('what a provider refuses is told as a sentence, and goes on once it can', async () => {
  const scene = await setSemanticScene();
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  scene.doubles.openai.respondToEmbeddings([{ error: 'quota' }]);
  expect(await scene.pass()).toMatchObject({ embedded: 0, problem: expect.stringContaining('out of credit') });
  expect(await scene.status()).toMatchObject({ state: 'failed', problem: expect.stringContaining('out of credit') });
  expect(await scene.find('Trains')).toEqual(['/data/hr/travel.md']);
  let busy = 0;
  scene.doubles.openai.respondToEmbeddings(() => ((busy += 1) === 1 ? [{ error: 'rate-limit' }] : null));
  // One that is only busy is asked again in the same pass.
  expect(await scene.pass()).toMatchObject({ embedded: 3, problem: undefined });
  expect(await scene.status()).toMatchObject({ state: 'ready', problem: null });
});

test('a single text that the model will not take keeps no other from being found', async () => {
  const scene = await setSemanticScene({ '/data/hr/odd.md': 'This one is POISON for the model.' });
  await scene.connect('openai');
  await scene.choose(embeddingModels.openai);
  scene.doubles.openai.respondToEmbeddings(({ texts }) =>
    texts.some((text) => text.includes('POISON')) ? [{ error: 'context-too-long' }] : null,
  );
  expect(await scene.pass()).toMatchObject({ embedded: 4, problem: undefined });
  expect(await scene.status()).toMatchObject({ state: 'ready', embedded: 4, refused: 1 });
  expect(await scene.find(synonym)).toEqual(['/data/hr/holidays.md']);
  expect(await scene.find('poison')).toContain('/data/hr/odd.md');
  // It is not asked for again and again.
  const sent = scene.sent('openai').length;
  await scene.pass();
  expect(scene.sent('openai')).toHaveLength(sent);
});
