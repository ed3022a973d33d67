import { describe, expect, onTestFinished, test } from 'vitest';
import { type DoubleKind, startModelDouble } from '../../../testkit/model-double.ts';
import { credentialFor, rootsFor } from '../../../test/provider-roots.ts';
import { priceEmbedding } from '../prices.ts';
import { createEmbeddingModel } from './create-embedding-model.ts';
import { listEmbeddingModels } from './list-embedding-models.ts';

const signal = new AbortController().signal;

type Provider = Extract<DoubleKind, 'ollama-local' | 'openai' | 'google'>;

async function open(provider: Provider, id: string, dimensions = 64) {
  const double = await startModelDouble({ kind: provider, models: [{ id, chat: false, dimensions }] });
  onTestFinished(() => double.close());
  const credential = credentialFor(provider, double.url, 'sk-key');
  const model = createEmbeddingModel(`${provider}/${id}`, credential, rootsFor(double.url));
  return { double, model, credential, roots: rootsFor(double.url) };
}

describe.each(['ollama-local', 'openai', 'google'] as const)('%s', (provider) => {
  test('gives vectors of length 1, in the order of the texts, and counts tokens', async () => {
    const { model } = await open(provider, 'some-embed');
    const { vectors, tokens } = await model.embed(['lobsters', 'holidays', 'vacation'], 'document', signal);
    expect(vectors.map((vector) => vector.length)).toEqual([64, 64, 64]);
    const cosine = (one = 0, other = 0) =>
      vectors[one]?.reduce((sum, value, index) => sum + value * (vectors[other]?.[index] ?? 0), 0) ?? 0;
    expect(cosine(1, 1)).toBeCloseTo(1, 5);
    expect(cosine(1, 2)).toBeGreaterThan(cosine(0, 1) + 0.3);
    expect(tokens).toBeGreaterThan(3);
    const [alone] = (await model.embed(['lobsters'], 'document', signal)).vectors;
    expect(alone).toEqual(vectors[0]);
  });

  test('says a refusal as a sentence without secrets, and does not follow a redirect', async () => {
    const { double, model } = await open(provider, 'some-embed');
    double.respondToEmbeddings([{ error: 'rate-limit', retryAfter: 7 }]);
    await expect(model.embed(['a'], 'query', signal)).rejects.toMatchObject({
      ...{ name: 'ProviderError', code: 'rate_limited', isRetryable: true, retryAfterMs: 7_000 },
    });
    double.respondToEmbeddings([{ redirect: 'http://127.0.0.1:9/elsewhere' }]);
    await expect(model.embed(['a'], 'query', signal)).rejects.toMatchObject({ code: 'provider_unavailable' });
    double.respondToEmbeddings([{ refuse: 200, body: { nothing: 'of use' } }]);
    await expect(model.embed(['a'], 'query', signal)).rejects.toMatchObject({ name: 'ProviderError' });
  });

  test('lists the models that make vectors, and no others', async () => {
    const { double, credential, roots } = await open(provider, 'some-embed');
    double.models.push({ id: 'a-chat-model', tools: true });
    expect(await listEmbeddingModels(provider, credential, roots)).toEqual(['some-embed']);
  });
});

test('too few vectors, or of several sizes, are no answer', async () => {
  const { double, model } = await open('ollama-local', 'some-embed');
  const refused = expect.objectContaining({ name: 'ProviderError' });
  for (const embeddings of [[[1, 2]], [[1, 2], [1]], [[], []]]) {
    double.respondToEmbeddings([{ refuse: 200, body: { embeddings } }]);
    await expect(model.embed(['a', 'b'], 'document', signal)).rejects.toEqual(refused);
  }
});

test('long vectors are cut where their beginning is one, and only there', async () => {
  const sizeOf = async (provider: Provider, id: string, dimensions: number) => {
    const { model } = await open(provider, id, dimensions);
    const [vector] = (await model.embed(['lobsters'], 'document', signal)).vectors;
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
    return vector?.length;
  };
  expect(await sizeOf('openai', 'text-embedding-3-large', 3_072)).toBe(1_024);
  expect(await sizeOf('google', 'gemini-embedding-001', 3_072)).toBe(1_024);
  expect(await sizeOf('openai', 'text-embedding-ada-002', 1_536)).toBe(1_536);
});

test('questions and texts are told apart in the way each model knows', async () => {
  const sent = async (provider: Provider, id: string) => {
    const { double, model } = await open(provider, id);
    await model.embed(['q'], 'query', signal);
    await model.embed(['t'], 'document', signal);
    return double.requests.map(({ embedding }) => [embedding?.texts[0], embedding?.taskType ?? '']);
  };
  expect(await sent('ollama-local', 'nomic-embed-text:latest')).toEqual([
    ['search_query: q', ''],
    ['search_document: t', ''],
  ]);
  expect(await sent('ollama-local', 'bge-m3:latest')).toEqual([
    ['q', ''],
    ['t', ''],
  ]);
  expect(await sent('google', 'gemini-embedding-001')).toEqual([
    ['q', 'RETRIEVAL_QUERY'],
    ['t', 'RETRIEVAL_DOCUMENT'],
  ]);
  expect(await sent('google', 'gemini-embedding-2')).toEqual([
    ['q', ''],
    ['t', ''],
  ]);
});

test('prices what OpenAI and Google publish, and nothing else', () => {
  const at = new Date('2026-11-29');
  expect(priceEmbedding('openai/text-embedding-3-small', 1_000_000, at)).toBeCloseTo(0.02);
  expect(priceEmbedding('google/gemini-embedding-001', 1_000_000, at)).toBeCloseTo(0.15);
  expect(priceEmbedding('openai/an-embedding-of-nobody', 1_000_000, at)).toBeNull();
  expect(priceEmbedding('ollama-local/nomic-embed-text', 1_000_000, at)).toBeNull();
});
