import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { connectDatabase } from '../server/db/client.ts';
import { createKnowledgeIndexer } from '../server/knowledge/knowledge-indexer.ts';
import { defaultKnowledgeSettings } from '../server/knowledge/knowledge-settings.ts';
import { createKnowledgeSearch, type KnowledgeSearch } from '../server/knowledge/search/knowledge-search.ts';
import { createLogger } from '../server/platform/logger.ts';
import type { BenchContext } from './bench-context.ts';
import { percentile, type Result } from './result.ts';

/** Questions with the paragraphs that answer them, in the form of SQuAD. They are not part of Pinchy. */
const collectionSchema = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(z.object({ context: z.string(), qas: z.array(z.object({ question: z.string() })) })),
    }),
  ),
});

/** What plain BM25 with Snowball stemming reaches on XQuAD, measured once elsewhere. */
const plainBm25: Record<string, [number, number]> = {
  'xquad.de.json': [0.89, 0.971],
  'xquad.en.json': [0.931, 0.987],
};
const shown = 5;

/**
 * How often the paragraph that a question was made from is found first, and among the first five: of each collection in
 * the directory that RETRIEVAL_DIRECTORY names, each paragraph being a document of its own.
 */
export async function benchRetrieval(context: BenchContext): Promise<Result[]> {
  const directory = process.env['RETRIEVAL_DIRECTORY'];
  if (!directory) throw new Error('RETRIEVAL_DIRECTORY must name a directory with collections such as xquad.de.json.');
  const files = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const results: Result[] = [];
  for (const file of files) results.push(...(await measureCollection(context, join(directory, file), file)));
  return results;
}

async function measureCollection(context: BenchContext, path: string, name: string): Promise<Result[]> {
  const paragraphs = await readCollection(path);
  const dataRoot = join(context.directory, name);
  await writeParagraphs(dataRoot, paragraphs);
  const databaseUrl = await context.createDatabase();
  const connection = connectDatabase(databaseUrl);
  context.onEnd(() => connection.close());
  const indexer = createKnowledgeIndexer({ databaseUrl, dataRoot, log: createLogger('silent') });
  context.onEnd(() => indexer.stop());
  await indexer.runPass();
  const knowledge = createKnowledgeSearch({
    db: connection.db,
    dataRoot,
    settings: async () => defaultKnowledgeSettings,
  });
  const { ranks, times } = await rankQuestions(knowledge, dataRoot, paragraphs);
  const share = (most: number) => ranks.filter((rank) => rank <= most).length / ranks.length;
  const exactly = (most: number) => share(most).toFixed(4);
  const [first, among] = plainBm25[name] ?? [];
  const note = `${exactly(1)} of ${ranks.length} questions on ${paragraphs.length} paragraphs`;
  return [
    { name: `${name}: found first`, value: share(1), unit: 'of all', ...(first && { target: first }), note },
    {
      name: `${name}: among the first ${shown}`,
      value: share(shown),
      unit: 'of all',
      ...(among && { target: among }),
      note: exactly(shown),
    },
    { name: `${name}: a search, p95`, value: percentile(times, 0.95), unit: 'ms' },
  ];
}

export type Paragraph = z.infer<typeof collectionSchema>['data'][number]['paragraphs'][number];

export async function readCollection(path: string): Promise<Paragraph[]> {
  const { data } = collectionSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return data.flatMap((article) => article.paragraphs);
}

/** Each paragraph as a document of its own. */
export async function writeParagraphs(dataRoot: string, paragraphs: Paragraph[]): Promise<void> {
  await mkdir(join(dataRoot, 'texts'), { recursive: true });
  await Promise.all(
    paragraphs.map((paragraph, index) => writeFile(join(dataRoot, 'texts', `${index}.txt`), paragraph.context)),
  );
}

/** At which place each question finds its paragraph, Infinity beyond twenty, and how long it takes, in milliseconds. */
export async function rankQuestions(
  knowledge: KnowledgeSearch,
  dataRoot: string,
  paragraphs: Paragraph[],
): Promise<{ ranks: number[]; times: number[] }> {
  const root = { virtualPath: '/data/texts', anchor: dataRoot, below: ['texts'], linksTo: 'data' as const };
  const ranks: number[] = [];
  const times: number[] = [];
  for (const [index, { qas }] of paragraphs.entries()) {
    for (const { question } of qas) {
      const start = performance.now();
      const { passages } = await knowledge.search({ query: question, roots: [root], limit: 20, userId: 'bench' });
      times.push(performance.now() - start);
      const found = [...new Set(passages.map((passage) => passage.path))].indexOf(`/data/texts/${index}.txt`);
      ranks.push(found < 0 ? Infinity : found + 1);
    }
  }
  return { ranks, times };
}
