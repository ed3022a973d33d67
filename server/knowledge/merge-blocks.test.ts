import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { query } from '../../test/test-database.ts';
import { setKnowledgeScene } from '../../test/knowledge/knowledge-scene.ts';

const animals = ['lobster', 'crab', 'shrimp', 'krill', 'barnacle'];
const textOf = (number: number) =>
  Array.from(
    { length: 3 },
    (_, part) => `Part ${part} of report ${number} tells of the ${animals[number % 5]} and of item N${number}x${part}.`,
  ).join('\n\n');

async function searched(scene: Awaited<ReturnType<typeof setKnowledgeScene>>) {
  const queries = ['lobster report', 'N17x1', 'barnacles', 'report of the krill'];
  return Promise.all(queries.map(async (words) => (await scene.search(words, { limit: 20 })).passages));
}

test('joined blocks answer as the index of a single pass does, and hold nothing of what is gone', async () => {
  const joined = await setKnowledgeScene();
  for (let round = 0; round < 20; round += 1) {
    joined.write({ [`/data/hr/${round}.txt`]: textOf(round), [`/data/secret/${round}.txt`]: textOf(round + 100) });
    await joined.indexer.runPass();
  }
  for (const gone of [3, 8, 13]) rmSync(joined.onDisk(`/data/hr/${gone}.txt`));
  await joined.indexer.runPass();
  const files = Array.from({ length: 20 }, (_, number) => number).filter((number) => ![3, 8, 13].includes(number));
  const single = await setKnowledgeScene(
    Object.fromEntries(files.flatMap((number) => [[`/data/hr/${number}.txt`, textOf(number)]])),
  );
  await single.indexer.runPass();
  const byText = (found: Awaited<ReturnType<typeof searched>>) =>
    found.map((passages) => passages.map(({ path, place, score }) => `${path} ${place} ${score}`).sort());
  expect(byText(await searched(joined))).toEqual(byText(await searched(single)));
  expect((await query(joined.databaseUrl, 'select 1 from knowledge_blocks')).length).toBeLessThan(10);
}, 180_000);

test('what is added up by directory and block is what the documents say, whatever becomes of them', async () => {
  const scene = await setKnowledgeScene();
  const counted = () =>
    query(
      scene.databaseUrl,
      `select directory_id, block_id, count(*)::int as documents, sum(passages)::int as passages, sum(words)::int as words,
        sum(grams)::int as grams from knowledge_documents where block_id is not null and passages > 0
        group by directory_id, block_id order by 1, 2`,
    );
  const kept = () =>
    query(
      scene.databaseUrl,
      `select directory_id, block_id, documents, passages, words::int, grams::int from knowledge_statistics order by 1, 2`,
    );
  for (let round = 0; round < 9; round += 1) {
    scene.write({ [`/data/hr/${round}.txt`]: textOf(round), [`/data/hr/below/${round}.txt`]: textOf(round + 50) });
    await scene.indexer.runPass();
    expect(await kept()).toEqual(await counted());
  }
  scene.write({ '/data/hr/1.txt': 'Other words.' });
  rmSync(scene.onDisk('/data/hr/below'), { recursive: true });
  await scene.indexer.runPass();
  expect(await kept()).toEqual(await counted());
  expect((await kept()).length).toBeGreaterThan(0);
  rmSync(scene.onDisk('/data/hr'), { recursive: true });
  await scene.indexer.runPass();
  expect(await kept()).toEqual([]);
}, 180_000);
