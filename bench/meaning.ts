import { Client } from 'pg';
import { connectDatabase } from '../server/db/client.ts';
import type { BenchContext } from './bench-context.ts';
import { type Paragraph, shareWithin } from './collections.ts';
import { createDoubledSearch, dimensions, measureJoined, model, startEmbeddingDouble } from './joined.ts';
import { makeVectorRows } from './meaning-rows.ts';
import { median, percentile, type Result } from './result.ts';

/** `MEANING_PASSAGES` names fewer for a quick look. */
const passages = Number(process.env['MEANING_PASSAGES'] ?? 500_000);
const searches = 60;

/**
 * Searches by meaning: how long among many passages, whose rows are made in SQL, and what it finds, with a doubled model.
 * The double knows a few synonyms and nothing else: what it finds says that the joining works, not how well a real model finds.
 */
export async function benchMeaning(context: BenchContext): Promise<Result[]> {
  const results = await measureQuality(context);
  return [...(await measureScale(context, await startEmbeddingDouble(context))), ...results];
}

async function measureScale(context: BenchContext, baseUrl: string): Promise<Result[]> {
  const databaseUrl = await context.createDatabase();
  const connection = connectDatabase(databaseUrl);
  context.onEnd(() => connection.close());
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  context.onEnd(() => client.end());
  await makeVectorRows(client, { passages, dimensions, model });
  const semantic = createDoubledSearch(connection, baseUrl);
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

/** Questions in other words than the texts: text alone cannot answer them all. */
async function measureQuality(context: BenchContext): Promise<Result[]> {
  const { byText, joined } = await measureJoined(context, { name: 'in other words', paragraphs: inOtherWords() });
  return [1, 5].map((most): Result => {
    const [value, before] = [shareWithin(joined, most), shareWithin(byText, most)];
    return {
      name: `in other words: found ${most === 1 ? 'first' : `among the first ${most}`}`,
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
