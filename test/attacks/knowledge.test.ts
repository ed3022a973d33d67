import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setKnowledgeScene } from '../knowledge/knowledge-scene.ts';
import { query } from '../test-database.ts';

// What an agent may not read must not show in its search: not as text, path, count or score.

const secret = { '/data/board/salaries.txt': 'The salary of the lobster keeper is a secret number: 4711.' };

test('neither text, nor count, nor score tells what lies outside of the grant', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr/pets.txt': 'The lobster keeper feeds all of the lobsters in the evening.',
  });
  await scene.indexer.runPass();
  const before = await scene.search('lobster keeper salary');
  expect(before.passages).toHaveLength(1);
  const more = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `/data/board/${index}.txt`,
      `This is the lobster salary number ${index}, which is one of the many for the lobsters.`,
    ]),
  );
  scene.write({ ...secret, ...more, '/data/board/broken.pdf': '%PDF-1.4 nothing' });
  await scene.indexer.runPass();
  // New documents of others stand in other blocks of the index; once joined, in the same.
  expect(await scene.search('lobster keeper salary')).toEqual(before);
  await query(scene.databaseUrl, `update knowledge_documents set state = 'stale'`);
  await scene.indexer.runPass();
  const shared = await query(
    scene.databaseUrl,
    `select block_id from knowledge_documents where block_id is not null group by 1
      having count(distinct directory_id) > 1`,
  );
  expect(shared).toHaveLength(1);
  expect(await scene.search('lobster keeper salary')).toEqual(before);
  expect((await scene.search('4711')).passages).toEqual([]);
});

test('a directory whose name begins like a granted one is another', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr-board/a.txt': 'Lobsters of the board.',
    '/data/hr/a.txt': 'Lobsters of everybody.',
    '/data/hr%/b.txt': 'Lobsters with a sign.',
    '/data/h_/b.txt': 'Lobsters with a line.',
  });
  await scene.indexer.runPass();
  expect(await scene.paths('lobsters')).toEqual(['/data/hr/a.txt']);
  for (const allowed of ['/data/h_', '/data/hr%']) {
    expect(await scene.paths('lobsters', { allowed: [allowed] })).toEqual([`${allowed}/b.txt`]);
  }
  for (const allowed of ['/data', '/data/', '/data/.', '/data/hr/../..', '/', 'hr', '/data/hr\0', '/data/*']) {
    expect(await scene.paths('lobsters', { allowed: [allowed] })).toEqual([]);
  }
});

test('what is hidden, deleted or swapped for a link since it was indexed shows no more, before any new look', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr/a/one.txt': 'Lobster one.',
    '/data/hr/b/two.txt': 'Lobster two.',
    '/data/hr/c/three.txt': 'Lobster three.',
    '/data/hr/d/four.txt': 'Lobster four.',
    ...secret,
  });
  await scene.indexer.runPass();
  expect(await scene.paths('lobster')).toHaveLength(4);
  rmSync(scene.onDisk('/data/hr/a/one.txt'));
  renameSync(scene.onDisk('/data/hr/b'), scene.onDisk('/data/hr/.b'));
  rmSync(scene.onDisk('/data/hr/c/three.txt'));
  symlinkSync(scene.onDisk('/data/board/salaries.txt'), scene.onDisk('/data/hr/c/three.txt'));
  rmSync(scene.onDisk('/data/hr/d'), { recursive: true });
  mkdirSync(join(scene.dataRoot, '..', 'outside'));
  writeFileSync(join(scene.dataRoot, '..', 'outside', 'four.txt'), 'Lobster four.');
  symlinkSync(join(scene.dataRoot, '..', 'outside'), scene.onDisk('/data/hr/d'));
  expect(await scene.paths('lobster')).toEqual([]);
  await scene.indexer.runPass();
  expect((await scene.search('lobster')).passages).toEqual([]);
});

test('a granted link shows what it leads to below /data, under its own name, and nothing when it leads elsewhere', async () => {
  const scene = await setKnowledgeScene({ '/data/all/hr/a.txt': 'Lobster one.', ...secret });
  symlinkSync(scene.onDisk('/data/all/hr'), scene.onDisk('/data/people'));
  await scene.indexer.runPass();
  const allowed = ['/data/people'];
  expect(await scene.paths('lobster', { allowed })).toEqual(['/data/people/a.txt']);
  expect(await scene.paths('lobster', { allowed, within: ['a.txt'] })).toEqual(['/data/people/a.txt']);
  for (const target of ['/etc', scene.dataRoot, join(scene.dataRoot, '..')]) {
    rmSync(scene.onDisk('/data/people'));
    symlinkSync(target, scene.onDisk('/data/people'));
    expect(await scene.paths('lobster', { allowed })).toEqual([]);
  }
});

test('strange names, huge and broken texts neither stop the index nor break what it says', async () => {
  const strange = 'a\tb\\n\\.\'"%_\u202e';
  const scene = await setKnowledgeScene({
    [`/data/hr/${strange}.txt`]: 'Lobsters in a strange place.',
    '/data/hr/long.txt': `lobster${'x'.repeat(3_000_000)}`,
    '/data/hr/words.txt': Array.from({ length: 60_000 }, (_, index) => `w${index.toString(36)}`).join(' '),
    '/data/hr/half.txt': Buffer.from('Lobsters \xff\xfe \xd8', 'latin1'),
    '/data/hr/empty.txt': '',
    '/data/hr/lines.txt': '\n'.repeat(200_000),
  });
  expect(await scene.indexer.runPass()).toMatchObject({ hadLock: true });
  expect(await scene.paths('strange place')).toEqual([`/data/hr/${strange}.txt`]);
  expect(await scene.paths('w5yc')).toEqual(['/data/hr/words.txt']);
  for (const words of [
    "'); drop table users; --",
    '\\',
    '%',
    '~',
    '~lobs',
    '((((',
    '\ud800',
    'ﷺ'.repeat(400),
    '𝕷𝖔𝖇𝖘𝖙𝖊𝖗𝖘',
  ]) {
    expect(Array.isArray((await scene.search(words)).passages)).toBe(true);
  }
});
