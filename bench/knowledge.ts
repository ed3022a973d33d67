import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { connectDatabase } from '../server/db/client.ts';
import { mergeBlocks } from '../server/knowledge/index/merge-blocks.ts';
import { createKnowledgeIndexer } from '../server/knowledge/knowledge-indexer.ts';
import { defaultKnowledgeSettings } from '../server/knowledge/knowledge-settings.ts';
import { createKnowledgeSearch, type KnowledgeSearch } from '../server/knowledge/search/knowledge-search.ts';
import { createLogger } from '../server/platform/logger.ts';
import { createRandom } from '../testkit/create-random.ts';
import type { BenchContext } from './bench-context.ts';
import { addCopies, createWords, prepareCopies, type Words, writeDocuments } from './knowledge-fill.ts';
import { formatTable, median, percentile, type Result } from './result.ts';
import { readChildrenMemory, readPostgresCpuSeconds } from './server-process.ts';

/** So many passages are indexed from files; both indexes are made of copies of them. `KNOWLEDGE_PASSAGES` names fewer. */
const indexed = Number(process.env['KNOWLEDGE_PASSAGES'] ?? 12_300);
const copies = { small: 8, large: 81 };
/** So many copies at once keep the log of the database small. */
const copiesAtOnce = 9;
const searches = 200;
const directories = { few: ['few'], all: ['first', 'few', 'more'] };

/** Searches among 100,000 and among a million passages, of those in directories that hold a hundredth, and of all. */
export async function benchKnowledge(context: BenchContext): Promise<Result[]> {
  const dataRoot = join(context.directory, 'searched');
  for (const name of directories.all) await mkdir(join(dataRoot, name), { recursive: true });
  const words = await createWords();
  await writeDocuments(dataRoot, words, indexed);
  const databaseUrl = await context.createDatabase();
  const connection = connectDatabase(databaseUrl);
  context.onEnd(() => connection.close());
  const indexer = createKnowledgeIndexer({ databaseUrl, dataRoot, log: createLogger('silent') });
  context.onEnd(() => indexer.stop());

  let memory = 0;
  const measuring = setInterval(
    () => (memory = Math.max(memory, readChildrenMemory(process.pid, /index-worker/))),
    250,
  );
  const start = performance.now();
  const summary = await indexer.runPass();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(measuring);
  const again = performance.now();
  await indexer.runPass();
  const unchanged = performance.now() - again;

  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  context.onEnd(() => client.end());
  const knowledge = createKnowledgeSearch({
    db: connection.db,
    dataRoot,
    settings: async () => defaultKnowledgeSettings,
  });
  const { rows: backends } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const subject = { client, dataRoot, words, knowledge, backend: backends[0]?.pid ?? 0 };
  await prepareCopies(client);
  const results: Result[] = [
    {
      name: 'indexing text files',
      value: summary.passages / seconds,
      unit: '/s',
      note: `${summary.passages.toLocaleString('en')} passages in ${seconds.toFixed(0)} s`,
    },
    { name: 'memory of the process that indexes them, at most', value: memory, unit: 'MB', target: 400 },
    { name: 'a pass that finds nothing changed', value: unchanged, unit: 'ms', note: `${summary.read} documents` },
  ];
  // Whoever waits, or stops it, sees what there is.
  console.log(formatTable(results));
  for (const [wanted, target] of [
    [{ from: 1, to: copies.small }, 50],
    [{ from: copies.small + 1, to: copies.large }, 200],
  ] as const) {
    const found = await measureSize(subject, wanted, target);
    console.log(formatTable(found));
    results.push(...found);
  }
  const { rows } = await client.query<{ size: string }>(
    `select sum(pg_total_relation_size(oid)) as size from pg_class where relname like 'knowledge_%' and relkind = 'r'`,
  );
  results.push({ name: 'the larger index on disk', value: Number(rows[0]?.size) / 1e6, unit: 'MB' });
  return results;
}

interface Subject {
  client: Client;
  dataRoot: string;
  words: Words;
  knowledge: KnowledgeSearch;
  /** The process of PostgreSQL that serves `client`. */
  backend: number;
}

async function measureSize(
  { client, dataRoot, words, knowledge, backend }: Subject,
  wanted: { from: number; to: number },
  target: number,
): Promise<Result[]> {
  for (let from = wanted.from; from <= wanted.to; from += copiesAtOnce) {
    await addCopies(client, dataRoot, { from, to: Math.min(wanted.to, from + copiesAtOnce - 1) });
  }
  // As the indexer does at the end of a pass.
  await mergeBlocks(client);
  // The embedded server's own upkeep of so many new rows is no part of a search.
  await client.query('vacuum analyze');
  await sleep(1_000);
  const { rows } = await client.query<{ passages: number; blocks: number }>(
    'select sum(passages)::int as passages, count(*)::int as blocks from knowledge_blocks',
  );
  const size = (rows[0]?.passages ?? 0).toLocaleString('en');
  const results: Result[] = [];
  for (const [share, names] of [
    ['1 %', directories.few],
    ['all', directories.all],
  ] as const) {
    const { times, cpuMs } = await timeSearches({ knowledge, words, dataRoot, backend, names });
    results.push(
      { name: `a search of ${share} of ${size} passages, p50`, value: median(times), unit: 'ms', cpuMs },
      {
        name: 'the same, p95',
        value: percentile(times, 0.95),
        unit: 'ms',
        ...(share === '1 %' || target === 50 ? { target } : {}),
      },
    );
  }
  return results;
}

async function timeSearches(subject: {
  knowledge: KnowledgeSearch;
  words: Words;
  dataRoot: string;
  backend: number;
  names: readonly string[];
}): Promise<{ times: number[]; cpuMs: number }> {
  const { knowledge, words, dataRoot, backend, names } = subject;
  const cpuSeconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6 + readPostgresCpuSeconds(backend);
  };
  const random = createRandom(11);
  const roots = names.map((name) => ({
    ...{ virtualPath: `/data/${name}`, anchor: dataRoot, below: [name] },
    linksTo: 'data' as const,
  }));
  const times: number[] = [];
  let before = 0;
  for (let round = -10; round < searches; round += 1) {
    if (round === 0) before = cpuSeconds();
    const query = Array.from({ length: 3 + Math.floor(random() * 6) }, () => words.choose(random)).join(' ');
    const from = performance.now();
    await knowledge.search({ query, roots, limit: 8, userId: 'bench' });
    if (round >= 0) times.push(performance.now() - from);
  }
  return { times, cpuMs: ((cpuSeconds() - before) * 1_000) / searches };
}
