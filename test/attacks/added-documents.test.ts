import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepLeftovers } from '../../server/features/documents/walk-documents.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { addDocuments, formOf, formType } from '../documents-form.ts';
import { auditRows, query } from '../test-database.ts';
import { startProcessBeside } from '../server-process.ts';

// Real: the server, its files, and a second process of it. An admin, or whoever can change the directories on the server, is hostile.

let server: TestApp;
let origin: string;
let admin: TestUser;
let outside: string;
beforeAll(async () => {
  server = await createTestApp();
  origin = await server.listen();
  admin = await createAdmin(server.app);
  outside = join(server.home, '../outside');
  mkdirSync(outside);
});
afterAll(() => server.close());

const onDisk = (path: string) => join(server.dataRoot, path);
const add = (directory: string, filename: string, content = 'planted', replace?: boolean) =>
  addDocuments(server, admin, {
    directory,
    documents: [{ filename, content }],
    ...(replace !== undefined && { replace }),
  });
const remove = (path: string) => admin.request('DELETE', `/api/knowledge/documents?path=${encodeURIComponent(path)}`);

/** Everything on the disk of the test but what the server keeps for itself. */
const everything = () =>
  [...readdirSync(server.dataRoot, { recursive: true }), ...readdirSync(outside, { recursive: true })]
    .map(String)
    .sort();

beforeEach(() => {
  mkdirSync(onDisk('hr/2026'), { recursive: true });
});

describe('paths that climb', () => {
  test.each([
    ['/data/hr', '../finance/planted.txt'],
    ['/data/hr', '2026/../../../outside/planted.txt'],
    ['/data/hr', '/etc/planted.txt'],
    ['/data/hr', '..'],
    ['/data/hr', 'a/./planted.txt'],
    ['/data/../outside', 'planted.txt'],
    ['/data/hr/../../outside', 'planted.txt'],
    ['/data/hr/../hr', 'planted.txt'],
    ['/etc', 'planted.txt'],
    ['data/hr', 'planted.txt'],
    ['/data/.hidden', 'planted.txt'],
    ['/data/hr\0/x', 'planted.txt'],
    ['//data//..//..//outside', 'planted.txt'],
  ])('%j and %j add nothing', async (directory, filename) => {
    const before = everything();
    const { status, body } = await add(directory, filename);
    expect(status, JSON.stringify(body)).toBe(400);
    expect(JSON.stringify(body)).not.toContain(server.home);
    expect(everything()).toEqual(before);
  });

  test('remove and make nothing', async () => {
    writeFileSync(join(outside, 'victim.txt'), 'x');
    const before = everything();
    for (const path of [
      '/data/../outside/victim.txt',
      '/data/hr/../../outside/victim.txt',
      '/etc/passwd',
      '..',
      '/data/.x',
    ]) {
      expect((await remove(path)).status, path).toBe(400);
      expect((await admin.request('POST', '/api/data-directories', { path })).status, path).toBe(400);
      expect((await admin.request('DELETE', '/api/data-directories', { path, contents: true })).status, path).toBe(400);
    }
    expect(everything()).toEqual(before);
  });
});

describe('links', () => {
  test('are not followed, whether they leave or stay, and are not replaced or removed', async () => {
    writeFileSync(join(outside, 'victim.txt'), 'untouched');
    writeFileSync(onDisk('hr/own.txt'), 'untouched');
    symlinkSync(outside, onDisk('hr/leaves'));
    symlinkSync('2026', onDisk('hr/stays'));
    symlinkSync(join(outside, 'victim.txt'), onDisk('hr/link.txt'));
    symlinkSync(join(outside, 'not-there.txt'), onDisk('hr/dangling.txt'));
    const before = everything();
    for (const [directory, filename] of [
      ['/data/hr/leaves', 'planted.txt'],
      ['/data/hr/stays', 'planted.txt'],
      ['/data/hr', 'leaves/planted.txt'],
      ['/data/hr', 'LEAVES/planted.txt'],
      ['/data/hr', 'link.txt'],
      ['/data/hr', 'dangling.txt'],
    ] as const) {
      const { status, body } = await add(directory, filename, 'planted', true);
      expect(status, `${directory} ${filename}: ${JSON.stringify(body)}`).toBe(409);
      expect(body.error).toContain('is a link');
      expect(JSON.stringify(body)).not.toContain(server.home);
    }
    for (const path of ['/data/hr/leaves/victim.txt', '/data/hr/link.txt', '/data/hr/leaves', '/data/hr/dangling.txt'])
      expect((await remove(path)).status, path).toBe(409);
    for (const path of ['/data/hr/leaves', '/data/hr/leaves/x', '/data/hr/stays'])
      expect((await admin.request('DELETE', '/api/data-directories', { path, contents: true })).status, path).toBe(409);
    expect((await admin.request('POST', '/api/data-directories', { path: '/data/hr/leaves/x' })).status).toBe(409);
    expect((await admin.request('GET', '/api/knowledge/documents?directory=/data/hr/leaves')).status).toBe(409);
    expect(everything()).toEqual(before);
    expect(readFileSync(join(outside, 'victim.txt'), 'utf8')).toBe('untouched');
  });

  test('in a directory that goes with its contents go themselves, not what they lead to', async () => {
    mkdirSync(onDisk('going/deep'), { recursive: true });
    writeFileSync(join(outside, 'kept.txt'), 'kept');
    symlinkSync(outside, onDisk('going/deep/leaves'));
    expect(
      (await admin.request('DELETE', '/api/data-directories', { path: '/data/going', contents: true })).status,
    ).toBe(200);
    expect(existsSync(onDisk('going'))).toBe(false);
    expect(readFileSync(join(outside, 'kept.txt'), 'utf8')).toBe('kept');
  });

  test('that are swapped in while documents come in lead nowhere', async () => {
    mkdirSync(onDisk('swap/way'), { recursive: true });
    let isDone = false;
    const swapping = (async () => {
      while (!isDone) {
        renameSync(onDisk('swap/way'), onDisk('swap/aside'));
        symlinkSync(outside, onDisk('swap/way'));
        await sleep(Math.random() * 2);
        unlinkSync(onDisk('swap/way'));
        renameSync(onDisk('swap/aside'), onDisk('swap/way'));
        await sleep(Math.random() * 4);
      }
    })();
    const before = readdirSync(outside).sort();
    const statuses = new Map<number, number>();
    for (let round = 0; round < 150; round += 1) {
      const { status } = await add('/data/swap/way', `swapped-${round}.txt`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    isDone = true;
    await swapping;
    expect(readdirSync(outside).sort()).toEqual(before);
    expect(
      [...statuses.keys()].every((status) => [201, 404, 409].includes(status)),
      JSON.stringify([...statuses]),
    ).toBe(true);
    expect(statuses.get(201)).toBeGreaterThan(0);
    const arrived = readdirSync(onDisk('swap/way')).filter((name) => !name.startsWith('.'));
    expect(arrived).toHaveLength(statuses.get(201) ?? 0);
  });
});

describe('names', () => {
  test.each([
    ['line breaks', 'a\r\nX-Evil: 1.txt'],
    ['control characters', 'a\u0007\u001b[2J\u0085.txt'],
    ['text turned around', 'invoice\u202Etxt.exe'],
    ['a zero-width space and a mark', '\ufeffa\u200b.txt'],
    ['quotes', 'say "hello".txt'],
    ['a path of Windows', 'C:\\windows\\evil.txt'],
    ['only dots', '....'],
    ['a hidden one', '.bashrc'],
    ['5,000 characters', `${'ä'.repeat(5_000)}.txt`],
    ['half a character', 'a\ud800.txt'],
    ['percent signs', '%2e%2e%2fevil.txt'],
  ])('with %s are made harmless', async (_what, filename) => {
    mkdirSync(onDisk('names'), { recursive: true });
    const { status, body } = await add('/data/names', filename, 'x', true);
    expect(status, JSON.stringify(body)).toBe(201);
    const [{ path }] = body.documents;
    const name = path.slice('/data/names/'.length) as string;
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029/\\]|^\./u);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name.isWellFormed()).toBe(true);
    expect(readdirSync(onDisk('names'))).toContain(name);
    expect((await remove(path)).status).toBe(200);
    expect(readdirSync(onDisk('names'))).toEqual([]);
  });

  test('that differ in upper and lower case or in how letters are composed collide, as files and as directories', async () => {
    mkdirSync(onDisk('cases/Übersicht'), { recursive: true });
    expect((await add('/data/cases', 'Straße.md', 'first')).status).toBe(201);
    expect((await add('/data/cases', 'STRASSE.md')).status).toBe(201);
    for (const name of ['straße.md', 'STRAßE.MD', 'Straße.md'.normalize('NFD')])
      expect((await add('/data/cases', name)).body.code, name).toBe('already_exists');
    const replaced = await add('/data/cases', 'straße.MD', 'second', true);
    expect(replaced.body).toEqual({ documents: [{ path: '/data/cases/Straße.md', size: 6 }] });
    expect(readFileSync(onDisk('cases/Straße.md'), 'utf8')).toBe('second');
    const below = await add('/data/cases', `${'ÜBERSICHT'.normalize('NFD')}/plan.md`);
    expect(below.body).toEqual({ documents: [{ path: '/data/cases/Übersicht/plan.md', size: 7 }] });
    const made = await admin.request('POST', '/api/data-directories', { path: '/data/cases/übersicht' });
    expect(made.body.code).toBe('already_exists');
    const twice = await addDocuments(server, admin, {
      directory: '/data/cases',
      documents: [{ filename: 'twice.md' }, { filename: 'Twice.md' }],
    });
    expect(twice.status).toBe(409);
    expect(readdirSync(onDisk('cases')).sort()).toEqual(['STRASSE.md', 'Straße.md', 'Übersicht'].sort());
  });
});

describe('at the same moment', () => {
  test('of many documents of one name exactly one is kept, whole, and recorded once', async () => {
    const before = (await auditRows(server.databaseUrl, 'document.created')).length;
    const contents = Array.from({ length: 12 }, (_, index) => String(index).repeat(50_000 + index));
    const answers = await Promise.all(
      contents.map((content, index) => add('/data/hr', index % 2 ? 'Race.txt' : 'race.txt', content)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(11);
    const kept = readdirSync(onDisk('hr')).filter((name) => name.toLowerCase() === 'race.txt');
    expect(kept).toHaveLength(1);
    expect(contents).toContain(readFileSync(onDisk(`hr/${kept[0]}`), 'utf8'));
    expect((await auditRows(server.databaseUrl, 'document.created')).length).toBe(before + 1);
  });

  test('replacing one leaves it whole, whoever comes last', async () => {
    const contents = Array.from({ length: 8 }, (_, index) => String(index).repeat(80_000));
    const answers = await Promise.all(contents.map((content) => add('/data/hr', 'shared.txt', content, true)));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(contents).toContain(readFileSync(onDisk('hr/shared.txt'), 'utf8'));
    expect(readdirSync(onDisk('hr')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('a directory that is removed while documents come in holds all of a form or is gone', async () => {
    for (let round = 0; round < 10; round += 1) {
      mkdirSync(onDisk('fleeting'), { recursive: true });
      const documents = Array.from({ length: 5 }, (_, index) => ({ filename: `${index}.txt` }));
      const [added, removed] = await Promise.all([
        addDocuments(server, admin, { directory: '/data/fleeting', documents }),
        admin.request('DELETE', '/api/data-directories', { path: '/data/fleeting', contents: true }),
      ]);
      expect(removed.status).toBe(200);
      expect([201, 404, 409]).toContain(added.status);
      expect(existsSync(onDisk('fleeting')) ? readdirSync(onDisk('fleeting')) : []).toEqual([]);
    }
  });
});

/** Sends the beginning of a form, and no more. */
async function sendHalf(url: string, filename: string): Promise<{ end(): void; received(): string }> {
  const { hostname, port, host } = new URL(url);
  const form = formOf([{ filename, content: 'a'.repeat(400_000) }]);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  socket.on('error', () => {});
  const head = [
    'POST /api/knowledge/documents?directory=/data/hr HTTP/1.1',
    `Host: ${host}`,
    `Cookie: ${admin.cookie}`,
    `Content-Type: ${formType}`,
    `Content-Length: ${form.length}`,
    '',
    '',
  ].join('\r\n');
  socket.write(head);
  socket.write(form.subarray(0, 300_000));
  return { end: () => socket.destroy(), received: () => received };
}

const hidden = () => readdirSync(onDisk('hr')).filter((name) => name.startsWith('.'));

describe('what breaks off', () => {
  test('is never seen, and leaves nothing', async () => {
    const half = await sendHalf(origin, 'half.txt');
    await expect.poll(hidden).toHaveLength(1);
    expect(existsSync(onDisk('hr/half.txt'))).toBe(false);
    const listed = await admin.request('GET', '/api/knowledge/documents?directory=/data/hr');
    expect(JSON.stringify(listed.body)).not.toContain('.pinchy');
    half.end();
    await expect.poll(hidden).toEqual([]);
    expect(existsSync(onDisk('hr/half.txt'))).toBe(false);
  });

  test('with the server, which is killed, is not seen either; what it left is swept and holds up nothing', async () => {
    const beside = await startProcessBeside(server);
    try {
      const half = await sendHalf(beside.url, 'killed.txt');
      await expect.poll(hidden).toHaveLength(1);
      await beside.kill();
      half.end();
      expect(existsSync(onDisk('hr/killed.txt'))).toBe(false);
      expect(hidden()).toHaveLength(1);
      expect((await add('/data/hr', 'killed.txt', 'whole')).status).toBe(201);
      expect(readFileSync(onDisk('hr/killed.txt'), 'utf8')).toBe('whole');
      await sweepLeftovers(server.dataRoot, new Date(Date.now() + 1_000));
      expect(hidden()).toEqual([]);
    } finally {
      await beside.stop();
    }
  });

  test('a refused form that is large is answered before it has arrived, and its connection goes on', async () => {
    writeFileSync(onDisk('hr/taken.bin'), 'x');
    const answer = await fetch(`${origin}/api/knowledge/documents?directory=/data/hr`, {
      method: 'POST',
      headers: { cookie: admin.cookie, 'content-type': formType },
      body: new Uint8Array(formOf([{ filename: 'taken.bin', content: Buffer.alloc(30 * 1024 ** 2) }])),
    });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'already_exists' });
  });
});

test('no name of a document is signed into the trail, so that it can be erased', async () => {
  await add('/data/hr', 'Warning of Erika Mustermann.txt');
  const rows = await query<{ detail: unknown; resource: unknown }>(
    server.databaseUrl,
    `select * from audit_entries where event_type = 'document.created'`,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('Mustermann');
});
