import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchContext } from './bench-context.ts';
import { readCollection, shareWithin } from './collections.ts';
import { measureJoined } from './joined.ts';
import { percentile, type Result } from './result.ts';

/** What plain BM25 with Snowball stemming reaches on XQuAD, measured once elsewhere. */
const plainBm25: Record<string, [number, number]> = {
  'xquad.de.json': [0.89, 0.971],
  'xquad.en.json': [0.931, 0.987],
};
const shown = 5;

/**
 * How often the paragraph that a question was made from is found first, and among the first five: of each collection in
 * the directory that RETRIEVAL_DIRECTORY names, each paragraph being a document of its own. By text alone, and joined with a
 * ranking by meaning, whose doubled model knows nothing of the questions: it may not make worse what text knows for sure.
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
  const { byText, joined } = await measureJoined(context, { name, paragraphs });
  const [first, among] = plainBm25[name] ?? [];
  const exactly = (ranks: typeof byText, most: number) => shareWithin(ranks, most).toFixed(4);
  const note = `${exactly(byText, 1)} of ${byText.ranks.length} questions on ${paragraphs.length} paragraphs`;
  return [
    {
      name: `${name}: found first`,
      value: shareWithin(byText, 1),
      unit: 'of all',
      ...(first && { target: first }),
      note,
    },
    {
      name: `${name}: among the first ${shown}`,
      value: shareWithin(byText, shown),
      unit: 'of all',
      ...(among && { target: among }),
      note: exactly(byText, shown),
    },
    { name: `${name}: a search, p95`, value: percentile(byText.times, 0.95), unit: 'ms' },
    ...[1, shown].map((most): Result => {
      return {
        name: `${name}: joined with a doubled model, found ${most === 1 ? 'first' : `among the first ${most}`}`,
        ...{ value: shareWithin(joined, most), unit: 'of all', target: shareWithin(byText, most) },
        note: exactly(joined, most),
      };
    }),
  ];
}
