import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxDocumentBytes } from '../../contract/limits.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { addDocuments, type FormDocument } from '../documents-form.ts';
import { auditRows, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  mkdirSync(join(server.dataRoot, 'hr'));
});
afterAll(() => server.close());

const onDisk = (path: string) => join(server.dataRoot, path);
const add = (directory: string, documents: FormDocument[], options: { replace?: boolean } = {}) =>
  addDocuments(server, admin, { directory, documents, ...options });
const list = async (directory: string, more = '') =>
  (await admin.request('GET', `/api/knowledge/documents?directory=${encodeURIComponent(directory)}${more}`)).body;
const remove = (path: string) => admin.request('DELETE', `/api/knowledge/documents?path=${encodeURIComponent(path)}`);

describe('adding documents', () => {
  test('puts them to the byte where agents read, with an entry of each in the trail', async () => {
    const content = Buffer.from('Grüße\r\n\0\x01'.repeat(50_000));
    const answer = await add('/data/hr', [
      { filename: 'Urlaub & Größe.bin', content },
      { filename: 'leer.txt', content: '' },
    ]);
    expect(answer).toEqual({
      status: 201,
      body: {
        documents: [
          { path: '/data/hr/Urlaub & Größe.bin', size: content.length },
          { path: '/data/hr/leer.txt', size: 0 },
        ],
      },
    });
    expect(readFileSync(onDisk('hr/Urlaub & Größe.bin')).equals(content)).toBe(true);
    const rows = (await auditRows(server.databaseUrl, 'document.created')).slice(-2);
    expect(rows).toMatchObject([
      { actor_id: admin.id, detail: { size: content.length } },
      { actor_id: admin.id, detail: { size: 0 } },
    ]);
    const entries = (await admin.request('GET', '/api/audit?eventType=document.created')).body.entries;
    expect(entries.map(({ detail }: { detail: { path: string } }) => detail.path)).toContain('/data/hr/leer.txt');
    expect(readdirSync(onDisk('hr')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('keeps the directories of a dropped folder, in /data itself too', async () => {
    expect((await add('/data/hr', [{ filename: '2026/Q1/plan.md' }, { filename: '2026/Q2/plan.md' }])).body).toEqual({
      documents: [
        { path: '/data/hr/2026/Q1/plan.md', size: 1 },
        { path: '/data/hr/2026/Q2/plan.md', size: 1 },
      ],
    });
    expect((await add('/data', [{ filename: 'sales/prices.csv' }])).status).toBe(201);
    expect(existsSync(onDisk('sales/prices.csv'))).toBe(true);
    const loose = await add('/data', [{ filename: 'loose.txt' }]);
    expect(loose).toMatchObject({ status: 400, body: { error: expect.stringContaining('below /data/') } });
  });

  test('a name that is taken is 409, and replaced only when that is asked for', async () => {
    await add('/data/hr', [{ filename: 'handbook.md', content: 'first' }]);
    const taken = await add('/data/hr', [{ filename: 'fresh.md' }, { filename: 'handbook.md', content: 'second' }]);
    expect(taken).toMatchObject({
      status: 409,
      body: { code: 'already_exists', error: expect.stringContaining('/data/hr/handbook.md') },
    });
    expect(readFileSync(onDisk('hr/handbook.md'), 'utf8')).toBe('first');
    expect(existsSync(onDisk('hr/fresh.md'))).toBe(false);
    expect((await add('/data/hr', [{ filename: 'handbook.md', content: 'x' }], { replace: false })).status).toBe(409);
    const replaced = await add('/data/hr', [{ filename: 'handbook.md', content: 'second' }], { replace: true });
    expect(replaced.status).toBe(201);
    expect(readFileSync(onDisk('hr/handbook.md'), 'utf8')).toBe('second');
    const row = (await auditRows(server.databaseUrl, 'document.created')).at(-1);
    expect(row).toMatchObject({ detail: { size: 6, replacedSize: 5 } });
    expect(readdirSync(onDisk('hr')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('what cannot be recorded is not kept, and what it replaced comes back', async () => {
    await add('/data/hr', [{ filename: 'kept.md', content: 'before' }]);
    const allow = await refuseAuditEvent(server.databaseUrl, 'document.created');
    const documents = [{ filename: 'kept.md', content: 'after' }, { filename: 'new/folder/lost.md' }];
    expect((await add('/data/hr', documents, { replace: true })).status).toBe(500);
    await allow();
    expect(readFileSync(onDisk('hr/kept.md'), 'utf8')).toBe('before');
    expect(existsSync(onDisk('hr/new'))).toBe(false);
    expect(readdirSync(onDisk('hr')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('what is no form, no document or too much is refused with nothing kept', async () => {
    const before = await list('/data/hr');
    const json = await admin.request('POST', '/api/knowledge/documents?directory=/data/hr', {});
    expect(json.status).toBe(415);
    expect(await add('/data/hr', [])).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((await add('/data/none', [{ filename: 'a.txt' }])).status).toBe(404);
    const large = { filename: 'large.bin', content: Buffer.alloc(maxDocumentBytes + 1) };
    expect(await add('/data/hr', [large])).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large', error: expect.stringContaining('100 MiB') },
    });
    const many = Array.from({ length: 501 }, (_, index) => ({ filename: `many-${index}.txt` }));
    expect(await add('/data/hr', many)).toMatchObject({
      status: 413,
      body: { error: expect.stringContaining('500 documents') },
    });
    expect(await list('/data/hr')).toEqual(before);
    expect(readdirSync(onDisk('hr')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('a quota', () => {
  test('for all documents together is 507 beyond it, and what is removed gives its room back', async () => {
    const small = await createTestApp({ environment: { DOCUMENTS_MIB: '2' } });
    try {
      const owner = await createAdmin(small.app);
      mkdirSync(join(small.dataRoot, 'hr'));
      writeFileSync(join(small.dataRoot, 'hr/there.bin'), Buffer.alloc(1024 ** 2));
      const put = (filename: string, mebibytes: number, replace = false) =>
        addDocuments(small, owner, {
          directory: '/data/hr',
          documents: [{ filename, content: Buffer.alloc(mebibytes * 1024 ** 2) }],
          replace,
        });
      expect((await put('a.bin', 0.8)).status).toBe(201);
      const full = await put('b.bin', 0.3);
      expect(full).toMatchObject({
        status: 507,
        body: { code: 'storage_full', error: expect.stringContaining('2 MiB') },
      });
      const sent = await Promise.all(Array.from({ length: 8 }, (_, index) => put(`c${index}.bin`, 0.15)));
      expect(sent.map(({ status }) => status).filter((status) => status === 201).length).toBeLessThanOrEqual(1);
      await owner.request('DELETE', '/api/knowledge/documents?path=/data/hr/there.bin');
      expect((await put('b.bin', 0.6)).status).toBe(201);
      const total = readdirSync(join(small.dataRoot, 'hr')).reduce(
        (sum, name) => sum + statSync(join(small.dataRoot, 'hr', name)).size,
        0,
      );
      expect(total).toBeLessThanOrEqual(2 * 1024 ** 2);
    } finally {
      await small.close();
    }
  });
});

describe('looking into a directory', () => {
  test('tells its directories and documents, page by page, without hidden ones and links', async () => {
    mkdirSync(onDisk('shelf/box 10'), { recursive: true });
    mkdirSync(onDisk('shelf/box 2'));
    mkdirSync(onDisk('shelf/.hidden'));
    for (const name of ['b 10.txt', 'b 2.txt', 'a.txt', '.secret']) writeFileSync(onDisk(`shelf/${name}`), 'four');
    expect(await list('/data/shelf')).toEqual({
      path: '/data/shelf',
      writable: true,
      directories: [
        { path: '/data/shelf/box 2', name: 'box 2' },
        { path: '/data/shelf/box 10', name: 'box 10' },
      ],
      documents: ['a.txt', 'b 2.txt', 'b 10.txt'].map((name) => ({
        path: `/data/shelf/${name}`,
        name,
        size: 4,
        modifiedAt: expect.any(String),
      })),
      total: 3,
      isComplete: true,
    });
    expect(await list('/data/shelf', '&page=2&limit=2')).toMatchObject({
      documents: [{ name: 'b 10.txt' }],
      total: 3,
    });
    expect((await list('/data')).directories).toContainEqual({ path: '/data/shelf', name: 'shelf' });
  });
});

describe('removing a document', () => {
  test('takes it away, with an entry; once more it is 404', async () => {
    await add('/data/hr', [{ filename: 'Grüße.txt', content: 'old' }]);
    expect((await remove(`/data/hr/${'Grüße'.normalize('NFD')}.txt`)).status).toBe(200);
    expect(existsSync(onDisk('hr/Grüße.txt'))).toBe(false);
    expect((await auditRows(server.databaseUrl, 'document.deleted')).at(-1)).toMatchObject({ detail: { size: 3 } });
    expect((await remove('/data/hr/Grüße.txt')).status).toBe(404);
    expect((await remove('/data/hr')).status).toBe(409);
    expect((await remove('/data')).status).toBe(400);
  });

  test('what cannot be recorded stays', async () => {
    await add('/data/hr', [{ filename: 'stays.txt', content: 'still here' }]);
    const allow = await refuseAuditEvent(server.databaseUrl, 'document.deleted');
    expect((await remove('/data/hr/stays.txt')).status).toBe(500);
    await allow();
    expect(readFileSync(onDisk('hr/stays.txt'), 'utf8')).toBe('still here');
  });
});

describe('directories', () => {
  const make = (path: string) => admin.request('POST', '/api/data-directories', { path });
  const drop = (path: string, contents?: boolean) =>
    admin.request('DELETE', '/api/data-directories', { path, ...(contents !== undefined && { contents }) });

  test('are made in one that is there, can be granted at once, and are recorded', async () => {
    expect(await make('/data/legal')).toMatchObject({ status: 201, body: { path: '/data/legal', name: 'legal' } });
    expect((await make('/data/legal/Verträge 2026')).status).toBe(201);
    expect((await make('/data/legal')).body.code).toBe('already_exists');
    expect((await make('/data/none/below')).status).toBe(404);
    expect((await make('/data')).status).toBe(400);
    expect((await admin.request('GET', '/api/data-directories?path=/data/legal')).body).toEqual({
      directories: [{ path: '/data/legal/Verträge 2026', name: 'Verträge 2026' }],
    });
    const agent = await admin.request('POST', '/api/agents', {
      name: 'Lawyer',
      templateId: 'knowledge-base',
      pluginConfig: { allowed_paths: ['/data/legal/Verträge 2026'] },
    });
    expect(agent.status).toBe(201);
    expect(await auditRows(server.databaseUrl, 'directory.created')).toHaveLength(2);
  });

  test('go when they are empty; with what they hold only when that is asked for', async () => {
    await make('/data/going');
    await add('/data/going', [{ filename: 'deep/er/a.txt' }, { filename: 'b.txt' }]);
    expect(await drop('/data/going')).toMatchObject({
      status: 409,
      body: { code: 'conflict', error: expect.stringContaining('not empty') },
    });
    expect((await drop('/data/going', false)).status).toBe(409);
    const allow = await refuseAuditEvent(server.databaseUrl, 'directory.deleted');
    expect((await drop('/data/going', true)).status).toBe(500);
    await allow();
    expect(existsSync(onDisk('going/deep/er/a.txt'))).toBe(true);
    expect((await drop('/data/going', true)).status).toBe(200);
    expect(readdirSync(server.dataRoot).filter((name) => name === 'going' || name.startsWith('.'))).toEqual([]);
    expect((await auditRows(server.databaseUrl, 'directory.deleted')).at(-1)).toMatchObject({
      detail: { documents: 2 },
    });
    expect((await drop('/data/going')).status).toBe(404);
    await make('/data/empty');
    expect((await drop('/data/empty')).status).toBe(200);
    expect(existsSync(onDisk('empty'))).toBe(false);
  });

  test('below the first level are listed one level at a time; what is not there is 404', async () => {
    const level = async (path: string) =>
      (await admin.request('GET', `/api/data-directories?path=${encodeURIComponent(path)}`)).body.directories;
    expect(await level('/data/hr')).toEqual([{ path: '/data/hr/2026', name: '2026' }]);
    expect(await level('/data/hr/2026')).toEqual([
      { path: '/data/hr/2026/Q1', name: 'Q1' },
      { path: '/data/hr/2026/Q2', name: 'Q2' },
    ]);
    for (const path of ['/data/none', '/etc', '/data/../etc', '/data/hr/leer.txt'])
      expect((await admin.request('GET', `/api/data-directories?path=${path}`)).status, path).toBe(404);
  });
});

describe('where Pinchy may not write', () => {
  // The owner of everything writes everywhere.
  test.skipIf(process.getuid?.() === 0)('it is said in words', async () => {
    mkdirSync(onDisk('locked'));
    chmodSync(onDisk('locked'), 0o500);
    expect(await list('/data/locked')).toMatchObject({ writable: false });
    const refused = await add('/data/locked', [{ filename: 'a.txt' }]);
    expect(refused).toMatchObject({
      status: 409,
      body: { error: expect.stringContaining('may not write to /data/locked') },
    });
    expect((await admin.request('POST', '/api/data-directories', { path: '/data/locked/x' })).status).toBe(409);
  });

  test('without a directory for documents there is nothing, and why is said', async () => {
    const bare = await createTestApp({ environment: { DATA_ROOT: join(server.home, '../no-such-root') } });
    try {
      const owner = await createAdmin(bare.app);
      const listed = await owner.request('GET', '/api/knowledge/documents');
      expect(listed).toMatchObject({
        status: 200,
        body: { path: '/data', writable: false, directories: [], total: 0 },
      });
      const made = await owner.request('POST', '/api/data-directories', { path: '/data/hr' });
      expect(made).toMatchObject({ status: 409, body: { error: expect.stringContaining('DATA_ROOT') } });
    } finally {
      await bare.close();
    }
  });
});

test('members add, see and remove nothing', async () => {
  const member = await createMember(server.app, admin);
  const added = await addDocuments(server, member, { directory: '/data/hr', documents: [{ filename: 'mine.txt' }] });
  expect(added.status).toBe(403);
  expect(existsSync(onDisk('hr/mine.txt'))).toBe(false);
  expect((await member.request('GET', '/api/knowledge/documents')).status).toBe(403);
});
