import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { KnowledgeSearch } from '../server/knowledge/search/knowledge-search.ts';

/** `RETRIEVAL_QUESTIONS=4` asks every fourth only, for a quick look. */
const askEvery = Number(process.env['RETRIEVAL_QUESTIONS'] ?? 1);

/** Questions with the paragraphs that answer them, in the form of SQuAD. They are not part of Pinchy. */
const collectionSchema = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(z.object({ context: z.string(), qas: z.array(z.object({ question: z.string() })) })),
    }),
  ),
});

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

export interface Ranks {
  /** At which place each question finds its paragraph, Infinity beyond twenty. */
  ranks: number[];
  /** How long each search takes, in milliseconds. */
  times: number[];
}

/** Asks the questions of a collection. */
export async function rankQuestions(
  knowledge: KnowledgeSearch,
  dataRoot: string,
  paragraphs: Paragraph[],
): Promise<Ranks> {
  const root = { virtualPath: '/data/texts', anchor: dataRoot, below: ['texts'], linksTo: 'data' as const };
  const ranks: number[] = [];
  const times: number[] = [];
  let asked = 0;
  for (const [index, { qas }] of paragraphs.entries()) {
    for (const { question } of qas) {
      if (asked++ % askEvery > 0) continue;
      const start = performance.now();
      const { passages } = await knowledge.search({ query: question, roots: [root], limit: 20, userId: 'bench' });
      times.push(performance.now() - start);
      const found = [...new Set(passages.map((passage) => passage.path))].indexOf(`/data/texts/${index}.txt`);
      ranks.push(found < 0 ? Infinity : found + 1);
    }
  }
  return { ranks, times };
}

export const shareWithin = ({ ranks }: Ranks, most: number): number =>
  ranks.filter((rank) => rank <= most).length / ranks.length;
