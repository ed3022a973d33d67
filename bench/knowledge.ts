import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { connectDatabase } from '../server/db/client.ts';
import { createKnowledgeIndexer } from '../server/knowledge/knowledge-indexer.ts';
import { defaultKnowledgeSettings } from '../server/knowledge/knowledge-settings.ts';
import { createKnowledgeSearch } from '../server/knowledge/search/knowledge-search.ts';
import { createLogger } from '../server/platform/logger.ts';
import { createRandom } from '../testkit/create-random.ts';
import type { BenchContext } from './bench-context.ts';
import { median, percentile, type Result } from './result.ts';

/** How many passages are indexed from files; `KNOWLEDGE_PASSAGES` names fewer for a quick look. */
const passages = Number(process.env['KNOWLEDGE_PASSAGES'] ?? 100_000);
const passagesPerDocument = 10;
const documentsPerDirectory = 20;
/** The larger index is so many times the one that was made from files. */
const copies = 10;
const searches = 200;

/**
 * Indexes documents and searches them: all of them, and of ten times as many those in directories that hold a hundredth.
 * The larger index is made of copies of the smaller, so that it need not be read from a million files.
 */
export async function benchKnowledge(context: BenchContext): Promise<Result[]> {
  const dataRoot = join(context.directory, 'data');
  const words = createWords();
  await writeDocuments(dataRoot, words);
  const databaseUrl = await context.createDatabase();
  const connection = connectDatabase(databaseUrl);
  context.onEnd(() => connection.close());
  const indexer = createKnowledgeIndexer({ databaseUrl, dataRoot, log: createLogger('silent') });
  context.onEnd(() => indexer.stop());

  const memoryBefore = process.memoryUsage().rss;
  let mostMemory = 0;
  const measuring = setInterval(
    () => (mostMemory = Math.max(mostMemory, process.memoryUsage().rss - memoryBefore)),
    50,
  );
  const start = performance.now();
  const summary = await indexer.runPass();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(measuring);

  const again = performance.now();
  await indexer.runPass();
  const unchanged = performance.now() - again;

  const knowledge = createKnowledgeSearch({
    db: connection.db,
    dataRoot,
    settings: async () => defaultKnowledgeSettings,
  });
  const rootOf = (name: string) => ({
    virtualPath: `/data/${name}`,
    anchor: dataRoot,
    below: [name],
    linksTo: 'data' as const,
  });
  const measureSearches = async (names: string[]) => {
    const random = createRandom(11);
    const times: number[] = [];
    for (let round = -10; round < searches; round += 1) {
      const query = Array.from({ length: 3 + Math.floor(random() * 6) }, () => words.choose(random)).join(' ');
      const from = performance.now();
      await knowledge.search({ query, roots: names.map(rootOf), limit: 8, userId: 'bench' });
      if (round >= 0) times.push(performance.now() - from);
    }
    return times;
  };

  const all = await measureSearches(['first']);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  context.onEnd(() => client.end());
  await multiply(client);
  // The embedded server's own upkeep of so many new rows is no part of a search.
  await client.query('vacuum analyze');
  await sleep(1_000);
  const few = await measureSearches(['few']);
  const whole = await measureSearches(['first', 'few', 'more']);
  const { rows } = await client.query<{ size: string }>(
    `select sum(pg_total_relation_size(oid)) as size from pg_class where relname like 'knowledge_%' and relkind = 'r'`,
  );
  const million = `${(summary.passages * copies).toLocaleString('en')} passages`;
  return [
    {
      name: 'indexing text files',
      value: summary.passages / seconds,
      unit: '/s',
      note: `${summary.passages.toLocaleString('en')} passages in ${seconds.toFixed(0)} s`,
    },
    { name: 'memory that indexing takes, at most', value: mostMemory / 1e6, unit: 'MB', target: 400 },
    { name: 'a pass that finds nothing changed', value: unchanged, unit: 'ms', note: `${summary.read} documents` },
    { name: `a search of ${summary.passages.toLocaleString('en')} passages, p50`, value: median(all), unit: 'ms' },
    { name: 'the same, p95', value: percentile(all, 0.95), unit: 'ms', target: 50 },
    { name: `a search of 1 % of ${million}, p50`, value: median(few), unit: 'ms' },
    { name: 'the same, p95', value: percentile(few, 0.95), unit: 'ms', target: 200 },
    { name: `a search of all ${million}, p95`, value: percentile(whole, 0.95), unit: 'ms' },
    { name: `the index of ${million} on disk`, value: Number(rows[0]?.size) / 1e6, unit: 'MB' },
  ];
}

type Random = () => number;

/** Made-up words, of which few are common and most are rare, as in any language (Zipf's law). */
function createWords() {
  const random = createRandom(7);
  const pick = (from: string) => from[Math.floor(random() * from.length)] ?? '';
  const syllable = () => pick('bdfghklmnprstvwz') + pick('aeiou') + (random() < 0.4 ? pick('lnrst') : '');
  const words = Array.from({ length: 120_000 }, (_, index) =>
    Array.from({ length: 1 + Math.floor(random() * (index < 200 ? 2 : 4)) }, syllable).join(''),
  );
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= words.length; rank += 1) sums.push((sum += 1 / rank));
  return {
    choose(by: Random): string {
      const at = by() * sum;
      let [low, high] = [0, sums.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sums[middle] ?? 0) < at) low = middle + 1;
        else high = middle;
      }
      return words[low] ?? '';
    },
  };
}

/** Nine tenths in `first`; `few` gets its documents when the index is multiplied. */
async function writeDocuments(dataRoot: string, words: ReturnType<typeof createWords>): Promise<void> {
  const random = createRandom(3);
  const documents = Math.round(passages / passagesPerDocument);
  for (const name of ['few', 'more']) await mkdir(join(dataRoot, name), { recursive: true });
  for (let index = 0; index < documents; index += 1) {
    const directory = join(dataRoot, 'first', String(Math.floor(index / documentsPerDirectory)));
    if (index % documentsPerDirectory === 0) await mkdir(directory, { recursive: true });
    const paragraphs = Array.from({ length: passagesPerDocument }, () =>
      Array.from({ length: 150 + Math.floor(random() * 60) }, () => words.choose(random)).join(' '),
    );
    await writeFile(join(directory, `document ${index}.txt`), paragraphs.join('\n\n'));
  }
}

/**
 * Copies the index nine times. Of all documents a hundredth goes to `few`, from every block, which is the hardest case:
 * no block can be left out.
 */
async function multiply(client: Client): Promise<void> {
  await client.query(`insert into knowledge_directories (path, indexed_at)
    select '/data/' || top || '/' || number, now() from unnest(array['few', 'more']) as top, generate_series(1, 5000) as number`);
  await client.query(`create temporary table copied as
    select id, nextval(pg_get_serial_sequence('knowledge_blocks', 'id'))::int as copy, copy_number
    from knowledge_blocks, generate_series(1, ${copies - 1}) as copy_number`);
  await client.query(`insert into knowledge_blocks (id, version, language, passages, buckets, lengths) overriding system value
    select copy, version, language, passages, buckets, lengths from knowledge_blocks join copied using (id)`);
  await client.query(`insert into knowledge_postings select copy, bucket, postings
    from copied join knowledge_postings on block_id = copied.id`);
  await client.query(`create temporary table twins as
    select document.id, nextval(pg_get_serial_sequence('knowledge_documents', 'id')) as twin, copy, copy_number
    from knowledge_documents document join copied on copied.id = block_id`);
  await client.query(`insert into knowledge_documents (id, directory_id, name, size, modified, file, digest, state, block_id,
      first_passage, passages, words, grams, indexed_at) overriding system value
    select twin, directory.id, name || ' ' || copy_number, size, modified, file, digest, state, copy, first_passage, passages,
      words, grams, document.indexed_at
    from twins join knowledge_documents document using (id)
      join knowledge_directories directory on directory.path =
        '/data/' || case when document.id % 90 = copy_number then 'few' else 'more' end || '/' || (1 + document.id % 5000)`);
  await client.query(`insert into knowledge_passages select twin, number, place, heading, content
    from twins join knowledge_passages on document_id = twins.id`);
}
