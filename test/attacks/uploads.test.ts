import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let agents: string[];
beforeAll(async () => {
  server = await createTestApp({ environment: { UPLOAD_MIB_PER_PERSON: '2' } });
  admin = await createAdmin(server.app);
  const create = async (name: string) =>
    (await admin.request('POST', '/api/agents', { name, templateId: 'custom' })).body.id as string;
  agents = [await create('One'), await create('Two')];
});
afterAll(() => server?.close());

async function upload(
  who: TestUser,
  content: Buffer | string,
  { agent = agents[0]!, disposition = 'filename="a.txt"' } = {},
) {
  const head = `--b\r\nContent-Disposition: form-data; name="file"; ${disposition}\r\nContent-Type: text/plain\r\n\r\n`;
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/agents/${agent}/uploads`,
    headers: { cookie: who.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--b--\r\n')]),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const mebibytes = (count: number) => Buffer.alloc(Math.floor(count * 1024 ** 2), 'a');

/** What lies on the disk for a person, in bytes, parts of broken uploads included. */
function onDisk(who: TestUser): number {
  const files = agents.flatMap((agent) => {
    const directory = join(server.home, 'workspaces', agent, 'uploads', who.id);
    try {
      return readdirSync(directory).map((name) => statSync(join(directory, name)).size);
    } catch {
      return [];
    }
  });
  return files.reduce((sum, size) => sum + size, 0);
}

describe('all the files of one person', () => {
  test('have a limit over all agents; others are not touched, and deleted ones give their room back', async () => {
    const [hoarder, other] = [await createMember(server.app, admin), await createMember(server.app, admin)];
    expect((await upload(hoarder, mebibytes(1))).status).toBe(201);
    expect((await upload(hoarder, mebibytes(0.9), { agent: agents[1]! })).status).toBe(201);
    const refused = await upload(hoarder, mebibytes(0.2));
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'conflict', error: expect.stringContaining('2 MiB altogether') });
    expect(onDisk(hoarder)).toBe(mebibytes(1).length + mebibytes(0.9).length);
    expect((await upload(hoarder, mebibytes(0.05))).status).toBe(201);
    expect((await upload(other, mebibytes(1.5))).status).toBe(201);
    await query(server.databaseUrl, 'delete from uploads where user_id = $1', [hoarder.id]);
    expect((await upload(hoarder, mebibytes(1.5))).status).toBe(201);
  });

  test('sent at once do not slip past, and leave nothing of what was refused', async () => {
    const hoarder = await createMember(server.app, admin);
    const answers = await Promise.all(Array.from({ length: 12 }, () => upload(hoarder, mebibytes(0.4))));
    const stored = answers.filter(({ status }) => status === 201).length;
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(12 - stored);
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThanOrEqual(5);
    expect(onDisk(hoarder)).toBe(stored * mebibytes(0.4).length);
    // What was counted while it came in is forgotten, so that there is room for exactly the rest.
    for (let left = stored; left < 5; left++) expect((await upload(hoarder, mebibytes(0.4))).status).toBe(201);
    expect((await upload(hoarder, mebibytes(0.4))).status).toBe(409);
  });
});

test('empty files count too: each takes a block of the disk', async () => {
  const hoarder = await createMember(server.app, admin);
  expect((await upload(hoarder, mebibytes(1.99))).status).toBe(201);
  const answers = [];
  for (let count = 0; count < 6; count++) answers.push((await upload(hoarder, '')).status);
  expect(answers).toEqual([201, 201, 409, 409, 409, 409]);
});

describe('names made to break out of a header, a path or a line', () => {
  test.each([
    ['line breaks, Latin', 'filename="a%0d%0aX-Evil: 1.txt"'],
    ['a NUL', `filename*=UTF-8''a%00.html`],
    ['text that runs backwards', `filename*=UTF-8''invoice%E2%80%AEtxt.exe`],
    ['quotes and semicolons', `filename*=UTF-8''a%22;%20filename=%22evil.html`],
    ['a path', `filename*=UTF-8''..%2F..%2F..%2Fetc%2Fcron.d%2Fx`],
    ['a path of Windows', `filename*=UTF-8''C%3A%5Cwindows%5Cx.txt`],
    ['only dots', `filename*=UTF-8''....`],
    ['a device', 'filename="/dev/null"'],
    ['5,000 characters', `filename="${'ä'.repeat(5_000)}.txt"`],
  ])('%s', async (_name, disposition) => {
    const member = await createMember(server.app, admin);
    const { status, body } = await upload(member, 'x', { disposition });
    expect(status, JSON.stringify(body)).toBe(201);
    // oxlint-disable-next-line no-control-regex
    expect(body.filename).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069/\\]/);
    expect(body.filename).not.toMatch(/^\.*$/);
    expect(Buffer.byteLength(body.filename)).toBeLessThanOrEqual(255);
    const answer = await server.app.inject({
      url: `/api/agents/${agents[0]!}/uploads/${body.id}`,
      headers: { cookie: member.cookie },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['x-evil']).toBeUndefined();
    expect(String(answer.headers['content-disposition'])).toMatch(
      /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.~!*%-]*$/,
    );
    expect(onDisk(member)).toBe(1);
  });
});

test('a file whose encoded name holds line breaks is refused', async () => {
  const member = await createMember(server.app, admin);
  const disposition = `filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%0D%0A.txt`;
  expect((await upload(member, 'x', { disposition })).status).toBe(400);
  expect(onDisk(member)).toBe(0);
});

test('names of people, groups and agents hold no line breaks, no other control characters and no text turned around', async () => {
  const member = await createMember(server.app, admin);
  const own = (await member.request('GET', '/api/agents')).body[0].id as string;
  for (const character of [
    '\r\n',
    '\n',
    '\t',
    '\u0000',
    '\u0007',
    '\u001B[2J',
    '\u007F',
    '\u0085',
    '\u202E',
    '\u2066',
  ]) {
    const name = `Ada${character}Admin`;
    const written = JSON.stringify(name);
    expect((await member.request('PATCH', '/api/users/me', { name })).status, written).toBe(400);
    expect((await member.request('PATCH', `/api/agents/${own}`, { name })).status, written).toBe(400);
    expect((await admin.request('POST', '/api/agents', { name, templateId: 'custom' })).status, written).toBe(400);
  }
  expect((await member.request('PATCH', '/api/users/me', { name: '  Zoë O’Neill-Šimůnek 李 مريم  ' })).status).toBe(
    200,
  );
});
