import { join } from 'node:path';
import { connectDatabase, type OpenDatabase } from '../server/db/client.ts';
import { createEmbedder } from '../server/knowledge/embedder.ts';
import { createKnowledgeIndexer } from '../server/knowledge/knowledge-indexer.ts';
import { defaultKnowledgeSettings } from '../server/knowledge/knowledge-settings.ts';
import { createKnowledgeSearch } from '../server/knowledge/search/knowledge-search.ts';
import { createSemanticSearch, type SemanticSearch } from '../server/knowledge/semantic/semantic-search.ts';
import { createLogger } from '../server/platform/logger.ts';
import { createEmbeddingModel } from '../server/providers/embeddings/create-embedding-model.ts';
import { startModelDouble } from '../testkit/model-double.ts';
import type { BenchContext } from './bench-context.ts';
import { type Paragraph, type Ranks, rankQuestions, writeParagraphs } from './collections.ts';

// One without words in front of texts, which mean something to a trained model only.
export const model = 'ollama-local/bge-m3:latest';
export const dimensions = 1_024;
const log = createLogger('silent');

/** A provider whose model knows a few synonyms and nothing else. Returns its address. */
export async function startEmbeddingDouble(context: BenchContext): Promise<string> {
  const models = [{ id: 'bge-m3:latest', chat: false, dimensions }];
  const double = await startModelDouble({ kind: 'ollama-local', models });
  context.onEnd(() => double.close());
  return double.url;
}

/** No request leaves for any other place than the double. */
const rootsOf = (url: string) => ({
  ...{ anthropicBaseUrl: url, openaiBaseUrl: url, googleBaseUrl: url, ollamaCloudBaseUrl: url },
});

export function createDoubledSearch({ db }: OpenDatabase, baseUrl: string): SemanticSearch {
  const openModel = async (id: string) => createEmbeddingModel(id, { baseUrl }, rootsOf(baseUrl));
  // Where everything is measured on two cores, the double may take its time.
  const limits = { waitMs: 60_000, restMs: 0 };
  return createSemanticSearch({ db, log, limits, openModel, isOn: async () => true, recordUsage: async () => {} });
}

/** Indexes paragraphs and asks their questions, by text alone and joined with a doubled model. */
export async function measureJoined(
  context: BenchContext,
  { name, paragraphs }: { name: string; paragraphs: Paragraph[] },
): Promise<{ byText: Ranks; joined: Ranks }> {
  const baseUrl = await startEmbeddingDouble(context);
  const dataRoot = join(context.directory, name);
  await writeParagraphs(dataRoot, paragraphs);
  const databaseUrl = await context.createDatabase();
  const connection = connectDatabase(databaseUrl);
  context.onEnd(() => connection.close());
  const indexer = createKnowledgeIndexer({ databaseUrl, dataRoot, log });
  context.onEnd(() => indexer.stop());
  await indexer.runPass();
  const findTarget = async () => ({ model, credential: { baseUrl }, dollarsPerMillion: null });
  const embedder = createEmbedder({ databaseUrl, roots: rootsOf(baseUrl), findTarget, log });
  context.onEnd(() => embedder.stop());
  const { problem } = await embedder.runPass();
  if (problem !== undefined) throw new Error(problem);
  const semantic = createDoubledSearch(connection, baseUrl);
  context.onEnd(async () => semantic.stop());
  const rest = { db: connection.db, dataRoot, settings: async () => defaultKnowledgeSettings };
  return {
    byText: await rankQuestions(createKnowledgeSearch(rest), dataRoot, paragraphs),
    joined: await rankQuestions(createKnowledgeSearch({ ...rest, semantic }), dataRoot, paragraphs),
  };
}
