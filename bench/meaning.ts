import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { connectDatabase, type DatabaseConnection } from '../server/db/client.ts';
import { createEmbedder } from '../server/knowledge/embedder.ts';
import { createKnowledgeIndexer } from '../server/knowledge/knowledge-indexer.ts';
import { defaultKnowledgeSettings } from '../server/knowledge/knowledge-settings.ts';
import { createKnowledgeSearch } from '../server/knowledge/search/knowledge-search.ts';
import { createSemanticSearch, type SemanticSearch } from '../server/knowledge/semantic/semantic-search.ts';
import { createLogger } from '../server/platform/logger.ts';
import { createEmbeddingModel } from '../server/providers/embeddings/create-embedding-model.ts';
import { startModelDouble } from '../testkit/model-double.ts';
import type { BenchContext } from './bench-context.ts';
import { makeVectorRows } from './meaning-rows.ts';
import { median, percentile, type Result } from './result.ts';
import { type Paragraph, rankQuestions, readCollection, writeParagraphs } from './retrieval.ts';

/** `MEANING_PASSAGES` names fewer for a quick look. */
const passages = Number(process.env['MEANING_PASSAGES'] ?? 500_000);
const dimensions = 1_024;
const searches = 60;
// One without words in front of texts, which mean something to a trained model only.
const model = 'ollama-local/bge-m3:latest';
const log = createLogger('silent');

/**
 * Searches by meaning: how long among many passages, whose rows are made in SQL, and what it finds, with a doubled model.
 * The double knows a few synonyms and nothing else: what it finds says that the joining works, not how well a real model finds.
 */
export async function benchMeaning(context: BenchContext): Promise<Result[]> {
  const double = await startModelDouble({
    kind: 'ollama-local',
    models: [{ id: 'bge-m3:latest', chat: false, dimensions }],
  });
  context.onEnd(() => double.close());
  const results = await measureQuality(context, double.url);
  return [...(await measureScale(context, double.url)), ...results];
}

/** No request leaves for any other place than the double. */
const rootsOf = (url: string) => ({
  ...{ anthropicBaseUrl: url, openaiBaseUrl: url, googleBaseUrl: url, ollamaCloudBaseUrl: url },
});

function createSearch({ db }: DatabaseConnection, baseUrl: string): SemanticSearch {
  const openModel = async (id: string) => createEmbeddingModel(id, { baseUrl }, rootsOf(baseUrl));
  // Where everything is measured on two cores, the double may take its time.
  const limits = { waitMs: 60_000, restMs: 0 };
  return createSemanticSearch({ db, log, limits, openModel, isOn: async () => true, recordUsage: async () => {} });
}

async function measureScale(context: BenchContext, baseUrl: string): Promise<Result[]> {
  const databaseUrl = await context.createDatabase();
  const connection = connectDatabase(databaseUrl);
  context.onEnd(() => connection.close());
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  context.onEnd(() => client.end());
  await makeVectorRows(client, { passages, dimensions, model });
  const semantic = createSearch(connection, baseUrl);
  context.onEnd(async () => semantic.stop());

  const measure = async (directories: string[]) => {
    const times: number[] = [];
    let found = 0;
    for (let round = -5; round < searches; round += 1) {
      const query = `question number ${round} about ${directories.length} things`;
      const start = performance.now();
      const ranked = await semantic.rank({ query }, { directories, within: undefined });
      if (round >= 0) times.push(performance.now() - start);
      found += ranked?.length ?? 0;
    }
    // A search that quietly finds nothing would be very fast.
    if (found === 0) throw new Error('No passage was found by meaning.');
    return times;
  };
  const few = await measure(['/data/few']);
  const all = await measure(['/data/few', '/data/more']);
  const bare = await measureBareScan(client);
  const { rows } = await client.query<{ bits: string; vectors: string }>(
    `select pg_total_relation_size('knowledge_vectors') as bits, pg_total_relation_size('knowledge_embeddings') as vectors`,
  );
  const count = passages.toLocaleString('en');
  const note = `${dimensions} numbers each, the query's own vector from the double`;
  return [
    { name: `by meaning among 1 % of ${count} passages, p50`, value: median(few), unit: 'ms' },
    { name: 'the same, p95', value: percentile(few, 0.95), unit: 'ms', note },
    {
      name: `by meaning among all ${count} passages, p50`,
      ...{ value: median(all), unit: 'ms', baseline: median(bare) },
      note: 'the baseline compares all signs in one statement, without permissions, and nothing else',
    },
    { name: 'the same, p95', value: percentile(all, 0.95), unit: 'ms', baseline: percentile(bare, 0.95), note },
    { name: 'signs that each search reads, on disk', value: Number(rows[0]?.bits) / 1e6, unit: 'MB' },
    { name: 'full vectors, on disk', value: Number(rows[0]?.vectors) / 1e6, unit: 'MB' },
  ];
}

async function measureBareScan(client: Client): Promise<number[]> {
  const bits = '01'.repeat(dimensions / 2);
  const times: number[] = [];
  for (let round = -2; round < searches / 3; round += 1) {
    const start = performance.now();
    await client.query(
      'select document_id, number from knowledge_vectors order by bit_count(bits # $1::varbit) limit 240',
      [bits],
    );
    if (round >= 0) times.push(performance.now() - start);
  }
  return times;
}

/** The collections of `RETRIEVAL_DIRECTORY`, where it is given, and questions in other words than the texts. */
async function measureQuality(context: BenchContext, baseUrl: string): Promise<Result[]> {
  const directory = process.env['RETRIEVAL_DIRECTORY'];
  const files = directory ? (await readdir(directory)).filter((name) => name.endsWith('.json')).sort() : [];
  const results = await measureCollection(context, { name: 'in other words', paragraphs: inOtherWords(), baseUrl });
  for (const name of files) {
    const paragraphs = await readCollection(join(directory ?? '', name));
    results.push(...(await measureCollection(context, { name, paragraphs, baseUrl })));
  }
  return results;
}

async function measureCollection(
  context: BenchContext,
  { name, paragraphs, baseUrl }: { name: string; paragraphs: Paragraph[]; baseUrl: string },
): Promise<Result[]> {
  const dataRoot = join(context.directory, name);
  await writeParagraphs(dataRoot, paragraphs);
  const databaseUrl = await context.createDatabase();
  const connection = connectDatabase(databaseUrl);
  context.onEnd(() => connection.close());
  const indexer = createKnowledgeIndexer({ databaseUrl, dataRoot, log });
  context.onEnd(() => indexer.stop());
  await indexer.runPass();
  const findTarget = async () => ({ model, credential: { baseUrl } });
  const embedder = createEmbedder({ databaseUrl, roots: rootsOf(baseUrl), findTarget, log });
  context.onEnd(() => embedder.stop());
  const { problem } = await embedder.runPass();
  if (problem !== undefined) throw new Error(problem);
  const semantic = createSearch(connection, baseUrl);
  context.onEnd(async () => semantic.stop());
  const rest = { db: connection.db, dataRoot, settings: async () => defaultKnowledgeSettings };
  const byText = await rankQuestions(createKnowledgeSearch(rest), dataRoot, paragraphs);
  const both = await rankQuestions(createKnowledgeSearch({ ...rest, semantic }), dataRoot, paragraphs);
  const share = ({ ranks }: typeof both, most: number) => ranks.filter((rank) => rank <= most).length / ranks.length;
  return [1, 5].map((most): Result => {
    const [value, before] = [share(both, most), share(byText, most)];
    return {
      name: `${name}: found ${most === 1 ? 'first' : `among the first ${most}`}`,
      ...{ value, unit: 'of all', target: before },
      note: `${value.toFixed(4)}; by text alone ${before.toFixed(4)}; a doubled model`,
    };
  });
}

/** Each question says with one word of a pair what its text says with the other. */
function inOtherWords(): Paragraph[] {
  const pairs = [
    ['holidays', 'vacation'],
    ['salary', 'wages'],
    ['dismissal', 'termination'],
    ['automobile', 'vehicle'],
    ['physician', 'doctor'],
    ['sickness', 'illness'],
    ['purchase', 'procurement'],
    ['children', 'kids'],
  ];
  const places = ['Vienna', 'Graz', 'Linz', 'Salzburg', 'Innsbruck', 'Villach', 'Wels', 'Dornbirn'];
  return pairs.flatMap(([said, asked]) =>
    places.map((place) => ({
      context: `The office in ${place} has rules of its own about ${said}. They are reviewed each spring by its manager.`,
      qas: [{ question: `${asked} ${place}` }],
    })),
  );
}
