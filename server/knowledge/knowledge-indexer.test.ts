import { renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { setKnowledgeScene } from '../../test/knowledge/knowledge-scene.ts';
import { query } from '../../test/test-database.ts';
import { pdfWithPages } from '../../test/files/file-fixtures.ts';

const waiting = { timeout: 30_000, interval: 20 };

test('reads only what is new or changed, and forgets what is gone', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr/a.txt': 'Lobsters are fed on Mondays.',
    '/data/hr/b.txt': 'Crabs are fed on Tuesdays.',
  });
  expect(await scene.indexer.runPass()).toMatchObject({ hadLock: true, read: 2, passages: 2 });
  expect(await scene.indexer.runPass()).toMatchObject({ read: 0 });
  scene.write({ '/data/hr/a.txt': 'Lobsters are fed on Sundays now.', '/data/hr/c.txt': 'Shrimps feed themselves.' });
  rmSync(scene.onDisk('/data/hr/b.txt'));
  expect(await scene.indexer.runPass()).toMatchObject({ read: 2 });
  expect((await scene.search('lobsters')).passages[0]?.text).toContain('Sundays');
  expect((await scene.search('lobsters Mondays')).passages[0]?.text).not.toContain('Mondays');
  expect(await scene.paths('crabs')).toEqual([]);
  expect(await scene.paths('shrimps')).toEqual(['/data/hr/c.txt']);
});

test('a file that was only touched is not read again', async () => {
  const scene = await setKnowledgeScene({ '/data/hr/a.txt': 'Lobsters are fed on Mondays.' });
  await scene.indexer.runPass();
  utimesSync(scene.onDisk('/data/hr/a.txt'), new Date(), new Date(Date.now() + 5_000));
  expect(await scene.indexer.runPass()).toMatchObject({ read: 0 });
  expect(await scene.paths('lobsters')).toEqual(['/data/hr/a.txt']);
});

test('a renamed file, or one in a renamed directory, keeps what was read of it', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr/old/a.pdf': pdfWithPages(['Lobsters are fed on Mondays.']),
    '/data/hr/b.txt': 'Crabs are fed on Tuesdays.',
  });
  await scene.indexer.runPass();
  const ids = () => query(scene.databaseUrl, 'select id from knowledge_documents order by id');
  const before = await ids();
  renameSync(scene.onDisk('/data/hr/old'), scene.onDisk('/data/hr/new'));
  renameSync(scene.onDisk('/data/hr/b.txt'), scene.onDisk('/data/hr/new/crustaceans.txt'));
  expect(await scene.indexer.runPass()).toMatchObject({ read: 0 });
  expect(await ids()).toEqual(before);
  expect(await scene.paths('lobsters')).toEqual(['/data/hr/new/a.pdf']);
  expect(await scene.paths('crustaceans')).toEqual(['/data/hr/new/crustaceans.txt']);
});

test('says what cannot be read and why, and reads it once it can be', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr/broken.pdf': '%PDF-1.4 and nothing else',
    '/data/hr/program.bin': Buffer.from([0, 1, 2, 3, 0, 0, 7]),
    '/data/hr/scan.pdf': pdfWithPages(['']),
    '/data/hr/good.txt': 'Lobsters.',
  });
  expect(await scene.indexer.runPass()).toMatchObject({ unreadable: 3 });
  const rows = await query(
    scene.databaseUrl,
    `select name, code, reason from knowledge_documents where state = 'unreadable' order by name`,
  );
  expect(rows).toEqual([
    { name: 'broken.pdf', code: 'damaged', reason: expect.stringMatching(/save it again/) },
    { name: 'program.bin', code: 'unsupported', reason: expect.any(String) },
    { name: 'scan.pdf', code: 'no_text', reason: expect.stringMatching(/scan/) },
  ]);
  expect(await scene.search('lobsters')).toMatchObject({ unreadable: 3, pending: 0 });
  scene.write({ '/data/hr/broken.pdf': pdfWithPages(['Crabs are fed on Tuesdays.']) });
  await scene.indexer.runPass();
  expect(await scene.paths('crabs')).toEqual(['/data/hr/broken.pdf']);
});

test('a file is read as what it is, whatever its name says: a text that is called a PDF is a text', async () => {
  const scene = await setKnowledgeScene({ '/data/hr/minutes.pdf': 'Lobsters are fed on Mondays.\n' });
  expect(await scene.indexer.runPass()).toMatchObject({ read: 1 });
  expect(await scene.search('lobsters')).toMatchObject({ unreadable: 0, pending: 0 });
  expect(await scene.paths('lobsters')).toEqual(['/data/hr/minutes.pdf']);
});

test('goes on after its process was killed, and two never index at once', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`/data/hr/${index}.txt`, `Document ${index} is about lobsters.`]),
  );
  const scene = await setKnowledgeScene(files);
  const running = scene.indexer.runPass();
  running.catch(() => undefined);
  const backend = await vi.waitFor(async () => {
    const rows = await query<{ pid: number }>(
      scene.databaseUrl,
      `select pid from pg_stat_activity where application_name = 'pinchy index' and datname = current_database()`,
    );
    const known = await query(scene.databaseUrl, 'select 1 from knowledge_documents limit 1');
    expect([rows.length, known.length]).toEqual([1, 1]);
    return rows[0]?.pid;
  }, waiting);
  expect(await scene.indexer.runPass()).toMatchObject({ hadLock: false });
  await query(scene.databaseUrl, 'select pg_terminate_backend($1)', [backend]);
  await expect(running).rejects.toThrow();
  await vi.waitFor(async () => expect(await scene.indexer.runPass()).toMatchObject({ hadLock: true }), waiting);
  const rows = await query(
    scene.databaseUrl,
    `select count(*)::int as count from knowledge_documents where state = 'indexed'`,
  );
  expect(rows).toEqual([{ count: 200 }]);
  expect((await scene.search('document 77 lobsters')).passages[0]?.path).toBe('/data/hr/77.txt');
}, 120_000);

test('many small blocks become one, and what is left over goes', async () => {
  const scene = await setKnowledgeScene();
  for (let round = 0; round < 12; round += 1) {
    scene.write({ [`/data/hr/${round}.txt`]: `The report of round ${round} names lobsters and their friends.` });
    await scene.indexer.runPass();
  }
  const blocks = await query(scene.databaseUrl, 'select 1 from knowledge_blocks');
  expect(blocks.length).toBeLessThan(9);
  expect((await scene.search('lobsters', { limit: 20 })).passages).toHaveLength(12);
  const orphans = await query(
    scene.databaseUrl,
    'select 1 from knowledge_postings where block_id not in (select block_id from knowledge_documents)',
  );
  expect(orphans).toEqual([]);
}, 120_000);

test('notices by itself what changes below the data root', async () => {
  const scene = await setKnowledgeScene({ '/data/hr/a.txt': 'Lobsters are fed on Mondays.' });
  scene.indexer.start();
  const finds = (words: string, path: string) =>
    vi.waitFor(async () => expect(await scene.paths(words)).toEqual([path]), { timeout: 30_000, interval: 250 });
  await finds('lobsters', '/data/hr/a.txt');
  scene.write({ '/data/hr/deep/er/b.txt': 'Crabs are fed on Tuesdays.' });
  await finds('crabs', '/data/hr/deep/er/b.txt');
  writeFileSync(scene.onDisk('/data/hr/deep/er/b.txt'), 'Shrimps feed themselves.');
  await finds('shrimps', '/data/hr/deep/er/b.txt');
}, 120_000);

test('indexes no links and nothing hidden, and forgets nothing because the disk is away', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr/a.txt': 'Lobsters are fed on Mondays.',
    '/data/hr/.hidden.txt': 'Hidden lobsters.',
    '/data/hr/.git/config.txt': 'Hidden lobsters.',
    '/data/secret/b.txt': 'Secret lobsters.',
  });
  symlinkSync('/etc', scene.onDisk('/data/hr/etc'));
  symlinkSync(scene.onDisk('/data/secret/b.txt'), scene.onDisk('/data/hr/b.txt'));
  expect(await scene.indexer.runPass()).toMatchObject({ read: 2 });
  renameSync(scene.dataRoot, `${scene.dataRoot}.away`);
  await scene.indexer.runPass();
  expect((await scene.search('lobsters')).passages).toEqual([]);
  renameSync(`${scene.dataRoot}.away`, scene.dataRoot);
  expect(await scene.indexer.runPass()).toMatchObject({ read: 0 });
  expect(await scene.paths('lobsters')).toEqual(['/data/hr/a.txt']);
});
