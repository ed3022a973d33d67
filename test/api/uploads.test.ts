import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfOf, textAt } from '../../server/tools/files/pdf-fixtures.ts';
import { createAdmin, createMember, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
  agentId = (await admin.request('POST', '/api/agents', { name: 'A', templateId: 'custom' })).body.id;
});
afterAll(() => server.close());

interface FilePart {
  filename?: string;
  type?: string;
  content: string | Buffer;
}

async function upload(who: TestUser, file: FilePart, agent = agentId) {
  const { filename = 'note.txt', type = 'text/plain', content } = file;
  const payload = Buffer.concat([
    Buffer.from(
      `--b\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/agents/${agent}/uploads`,
    headers: { cookie: who.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

const download = (who: TestUser, id: string, headers: Record<string, string> = {}) =>
  request(server.app, 'GET', `/api/agents/${agentId}/uploads/${id}`, { cookie: who.cookie, headers });

describe('a preview', () => {
  const preview = (who: TestUser, id: string) =>
    request(server.app, 'GET', `/api/agents/${agentId}/uploads/${id}/preview`, { cookie: who.cookie });

  test('is the text of one’s own file, whatever it was written with', async () => {
    const text = await upload(member, { filename: 'Notes.md', content: '# Notes\r\nZwei Masten\n' });
    expect((await preview(member, text.body.id)).body).toEqual({
      kind: 'text',
      totalLines: 2,
      lines: ['# Notes', 'Zwei Masten'],
    });
    const content = pdfOf({ pages: [{ content: textAt([[72, 700, 'Offer for the crane']]) }, { content: '' }] });
    const pdf = await upload(member, { filename: 'offer.pdf', type: 'application/pdf', content });
    expect((await preview(member, pdf.body.id)).body).toMatchObject({ kind: 'pages', lines: ['Offer for the crane'] });
    const latin = await upload(member, {
      filename: 'old.txt',
      content: Buffer.from('Gr\u00fc\u00dfe aus Linz', 'latin1'),
    });
    expect((await preview(member, latin.body.id)).body.lines).toEqual(['Grüße aus Linz']);
  });

  test('ends where it is long enough, within one line too', async () => {
    const many = await upload(member, { content: 'line\n'.repeat(2_000) });
    const { body } = await preview(member, many.body.id);
    expect(body.totalLines).toBe(2_000);
    expect(body.lines).toHaveLength(1_600);
    const wide = await upload(member, { content: 'x'.repeat(500_000) });
    const shown = ((await preview(member, wide.body.id)).body.lines as string[]).join('').length;
    expect(shown).toBeGreaterThan(390_000);
    expect(shown).toBeLessThan(400_000);
  });

  test('is nobody else’s, and says why there is none', async () => {
    const { body } = await upload(member, { content: 'Mine' });
    expect((await preview(admin, body.id)).status).toBe(404);
    const program = await upload(member, { filename: 'tool.exe', content: 'MZ\0\0\x01\x02'.repeat(200) });
    const refused = await preview(member, program.body.id);
    expect(refused).toMatchObject({ status: 404, body: { details: { reason: 'program' } } });
  });
});

describe('uploading', () => {
  test('answers with id, name, type and size; the file comes back to the byte and is recorded without its name', async () => {
    const content = Buffer.from('Grüße\r\n\0\x01'.repeat(500));
    const answer = await upload(member, { filename: 'Bericht Q3.txt', content });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      filename: 'Bericht Q3.txt',
      mediaType: expect.any(String),
      size: content.length,
    });
    const raw = await server.app.inject({
      url: `/api/agents/${agentId}/uploads/${answer.body.id}`,
      headers: { cookie: member.cookie },
    });
    expect(raw.rawPayload.equals(content)).toBe(true);
    const row = (await auditRows(server.databaseUrl, 'upload.created')).at(-1);
    expect(row).toMatchObject({ actor_id: member.id, detail: { agentId, size: content.length } });
    expect(JSON.stringify(row)).not.toContain('Bericht');
  });

  test('25 MiB pass, one byte more is 413 and nothing stays', async () => {
    const limit = 25 * 1024 * 1024;
    expect((await upload(member, { content: Buffer.alloc(limit, 'a') })).status).toBe(201);
    const count = async () => (await query(server.databaseUrl, 'select id from uploads')).length;
    const before = await count();
    const answer = await upload(member, { content: Buffer.alloc(limit + 1, 'a') });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ code: 'payload_too_large', error: expect.stringContaining('25 MiB') });
    expect((await upload(member, { content: Buffer.alloc(limit + 500_000, 'a') })).status).toBe(413);
    expect(await count()).toBe(before);
  });

  test('what is no file is refused', async () => {
    const send = (payload: string, contentType: string) =>
      server.app.inject({
        method: 'POST',
        url: `/api/agents/${agentId}/uploads`,
        headers: { cookie: member.cookie, 'content-type': contentType },
        payload,
      });
    expect((await send('{}', 'application/json')).statusCode).toBe(415);
    expect((await send('--b--\r\n', 'multipart/form-data; boundary=b')).statusCode).toBe(400);
    const noBoundary = await send('x', 'multipart/form-data');
    expect(noBoundary.statusCode).toBeGreaterThanOrEqual(400);
    expect(noBoundary.statusCode).toBeLessThan(500);
    const field = '--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n--b--\r\n';
    expect((await send(field, 'multipart/form-data; boundary=b')).statusCode).toBe(400);
    const cut = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhal';
    const broken = await send(cut, 'multipart/form-data; boundary=b');
    expect(broken.statusCode).toBe(400);
    expect(broken.json()).toMatchObject({ error: expect.any(String) });
  });

  test('one that cannot be recorded is not kept', async () => {
    const before = await query(server.databaseUrl, 'select id from uploads');
    const allow = await refuseAuditEvent(server.databaseUrl, 'upload.created');
    expect((await upload(member, { content: 'x' })).status).toBe(500);
    await allow();
    expect(await query(server.databaseUrl, 'select id from uploads')).toEqual(before);
  });
});

describe('downloading', () => {
  test.each([
    ['page.html', 'text/html', '<!doctype html><script>alert(1)</script>'],
    ['drawing.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['photo.png', 'image/png', '<html><script>alert(1)</script></html>'],
    ['page.xhtml', 'application/xhtml+xml', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['script.js', 'text/javascript', 'alert(1)'],
  ])('%s sent as %s is never rendered', async (filename, type, content) => {
    const { body } = await upload(member, { filename, type, content });
    const { headers, text } = await download(member, body.id);
    expect(String(headers['content-type'])).not.toMatch(/html|svg|xml|script|image/);
    expect(String(headers['content-disposition'])).toMatch(/^attachment; filename="/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(String(headers['content-security-policy'])).toContain("default-src 'none'");
    expect(String(headers['content-security-policy'])).toContain('sandbox');
    expect(text).toBe(content);
  });

  test.each([
    ['quote".txt', /filename="[^"]*"; filename\*=UTF-8''/],
    ['Grüße 😀.txt', /filename\*=UTF-8''Gr%C3%BC%C3%9Fe%20%F0%9F%98%80\.txt$/],
    ['../../etc/passwd', /filename="passwd"/],
    ['a;b=c.txt', /filename="a;b=c\.txt"/],
  ])('a file named %s keeps a safe disposition', async (filename, expected) => {
    const { body, status } = await upload(member, { filename: filename.replaceAll('"', '%22'), content: 'x' });
    expect(status).toBe(201);
    const disposition = String((await download(member, body.id)).headers['content-disposition']);
    expect(disposition).toMatch(expected);
    expect(disposition).not.toMatch(/[\r\n]/);
  });

  test('an accepted encoding does not damage it', async () => {
    const content = 'the same line again\n'.repeat(1_000);
    const { body } = await upload(member, { content });
    const answer = await server.app.inject({
      url: `/api/agents/${agentId}/uploads/${body.id}`,
      headers: { cookie: member.cookie, 'accept-encoding': 'identity' },
    });
    expect(answer.body).toBe(content);
    const zipped = await server.app.inject({
      url: `/api/agents/${agentId}/uploads/${body.id}`,
      headers: { cookie: member.cookie, 'accept-encoding': 'gzip' },
    });
    expect(zipped.statusCode).toBe(200);
    const length = zipped.headers['content-length'];
    if (length !== undefined) expect(Number(length)).toBe(zipped.rawPayload.length);
  });
});

describe('whose it is', () => {
  test('nobody else reads it, no admin either, nor through another agent', async () => {
    const { body } = await upload(member, { content: 'private' });
    const other = await createMember(server.app, admin);
    expect((await download(member, body.id)).status).toBe(200);
    for (const who of [admin, other]) expect((await download(who, body.id)).status).toBe(404);
    const second = (await admin.request('POST', '/api/agents', { name: 'B', templateId: 'custom' })).body.id;
    expect((await member.request('GET', `/api/agents/${second}/uploads/${body.id}`)).status).toBe(404);
    expect((await download(member, crypto.randomUUID())).status).toBe(404);
    expect((await download(member, 'x')).status).toBe(400);
  });

  test('an agent that is not one’s own takes no files', async () => {
    const own = ((await member.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[]).find(
      ({ isPersonal }) => isPersonal,
    )?.id as string;
    expect((await upload(member, { content: 'x' }, own)).status).toBe(201);
    expect((await upload(admin, { content: 'x' }, own)).status).toBe(404);
    expect((await upload(member, { content: 'x' }, crypto.randomUUID())).status).toBe(404);
  });

  test('a deleted agent’s files are gone with it', async () => {
    const { id } = (await admin.request('POST', '/api/agents', { name: 'C', templateId: 'custom' })).body;
    const { body } = await upload(member, { content: 'x' }, id);
    await admin.request('DELETE', `/api/agents/${id}`);
    expect((await member.request('GET', `/api/agents/${id}/uploads/${body.id}`)).status).toBe(404);
  });
});

test('other people’s conversations are 404 on every path, for admins too', async () => {
  const chat = (await member.request('POST', `/api/agents/${agentId}/chats`, { title: 'Private matters' })).body;
  const url = `/api/agents/${agentId}/chats/${chat.id}`;
  const other = await createMember(server.app, admin);
  for (const who of [admin, other]) {
    expect((await who.request('PATCH', url, { title: 'Mine' })).status).toBe(404);
    expect((await who.request('DELETE', url)).status).toBe(404);
    for (const format of ['md', 'json'])
      expect((await who.request('GET', `${url}/export?format=${format}`)).status).toBe(404);
    for (const search of ['', '?q=Private'])
      expect(JSON.stringify((await who.request('GET', `/api/agents/${agentId}/chats${search}`)).body)).not.toContain(
        chat.id,
      );
  }
  expect((await member.request('PATCH', url, { title: 'Renamed' })).body).toMatchObject({
    id: chat.id,
    title: 'Renamed',
  });
  expect((await member.request('GET', `${url}/export?format=json`)).status).toBe(200);
  expect((await member.request('DELETE', url)).body).toEqual({ success: true });
});
