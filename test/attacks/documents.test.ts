import { deflateRawSync, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docxWithBody, pdfWithContent } from '../files/file-fixtures.ts';
import { storedZip } from '../../server/tools/files/extract/stored-zip.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { startBystander } from './bystander.ts';

// Files made to break whoever reads them, all at once, through the real doors: upload, chat, tool.

let server: TestApp;
let double: ModelDouble;
let member: TestUser;
let agentId: string;
let address: string;
beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  server = await createTestApp();
  address = await server.listen();
  const admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  member = await createMember(server.app, admin);
  const agent = { name: 'Reader', templateId: 'custom', allowedTools: ['pinchy_read'] };
  agentId = (await admin.request('POST', '/api/agents', agent)).body.id;
});
afterAll(async () => {
  await server?.close();
  await double?.close();
});

const mebibyte = 1024 ** 2;

/** A zip whose parts are compressed; `declared` is what its directory says of their size. */
function zip(parts: Record<string, Buffer>, declared?: number): Buffer {
  const archive = storedZip(Object.entries(parts).map(([name, data]) => ({ name, data: deflateRawSync(data) })));
  const sizes = Object.values(parts).map((data) => declared ?? data.length);
  let [local, central] = [0, 0];
  for (const size of sizes) {
    local = archive.indexOf('PK\u0003\u0004', local);
    archive.writeUInt16LE(8, local + 8);
    archive.writeUInt32LE(size, local + 22);
    central = archive.indexOf('PK\u0001\u0002', Math.max(central, local));
    archive.writeUInt16LE(8, central + 10);
    archive.writeUInt32LE(size, central + 24);
    local += 4;
    central += 4;
  }
  return archive;
}

// Each two bytes stand for 128 spaces (7.4.5): 1.5 GiB from 24 MiB, which deflate to almost nothing.
const runs = Buffer.alloc(24 * mebibyte, Buffer.from([129, 32]));
const spaces = Buffer.alloc(200 * mebibyte, ' ');
const types = { '[Content_Types].xml': Buffer.from('<Types/>') };
const book = {
  ...types,
  'xl/workbook.xml': Buffer.from('<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'),
  'xl/_rels/workbook.xml.rels': Buffer.from(
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
  ),
};

const bombs: Record<string, Buffer> = {
  'page.pdf': pdfWithContent(deflateSync(runs), { filter: '/Filter [/FlateDecode /RunLengthDecode]' }),
  'twice.pdf': pdfWithContent(deflateSync(deflateSync(spaces)), { filter: '/Filter [/FlateDecode /FlateDecode]' }),
  'circle.pdf': pdfWithContent(Buffer.from('BT ET'), { kids: '2 0 R' }),
  'nested.pdf': pdfWithContent(Buffer.alloc(4 * mebibyte, '[')),
  'honest.docx': zip({ ...types, 'word/document.xml': spaces }),
  'liar.docx': zip({ ...types, 'word/document.xml': spaces }, 1_000),
  'honest.xlsx': zip({ ...book, 'xl/worksheets/sheet1.xml': spaces }),
  'liar.xlsx': zip({ ...book, 'xl/worksheets/sheet1.xml': spaces }, 1_000),
  'liar.pptx': zip({ ...types, 'ppt/presentation.xml': Buffer.from('<p/>'), 'ppt/slides/slide1.xml': spaces }, 1_000),
  'text.odt': zip({ mimetype: Buffer.from('application/vnd.oasis.opendocument.text'), 'content.xml': spaces }),
  'deep.docx': docxWithBody('<w:sdt>'.repeat(300_000) + '</w:sdt>'.repeat(300_000)),
  'many.docx': storedZip(
    Array.from({ length: 60_000 }, (_part, index) => ({ name: `word/${index}`, data: Buffer.alloc(0) })),
  ),
  'line.txt': Buffer.alloc(24 * mebibyte, 'x'),
  'quotes.csv': Buffer.alloc(8 * mebibyte, '"'),
  'tags.html': Buffer.from('<div>'.repeat(mebibyte)),
  'brackets.json': Buffer.alloc(8 * mebibyte, '['),
};

async function upload(filename: string, content: Buffer): Promise<string> {
  const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\n\r\n`;
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/agents/${agentId}/uploads`,
    headers: { cookie: member.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')]),
  });
  expect(answer.statusCode, filename).toBe(201);
  return `/workspace/uploads/${answer.json().id}-${filename}`;
}

test('bombs of every kind, read at once, cost a bounded amount of memory and time, and nobody waits', async () => {
  const paths: string[] = [];
  for (const [filename, content] of Object.entries(bombs)) paths.push(await upload(filename, content));
  globalThis.gc?.();
  const bystander = startBystander(address);
  double.respondNext(paths.map((path) => ({ toolCall: { name: 'pinchy_read', input: { path } } })));
  const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: member.cookie });
  client.say(agentId, 'Read all of these.');
  await client.next('complete', undefined, 75_000);
  const { maxWaitMs, grownBytes } = await bystander.stop();

  const ends = client.all('tool').filter(({ state }) => state !== 'running');
  expect(ends).toHaveLength(paths.length);
  const endOf = (name: string) => ends.find(({ input }) => (input as { path: string }).path.endsWith(name))!;
  for (const name of Object.keys(bombs).filter((each) => /^(page|honest|liar|text|many)/.test(each)))
    expect(endOf(name).state, `${name}: ${endOf(name).summary}`).toBe('failed');
  expect(endOf('page.pdf').summary).toContain('too much memory');
  const results = double.requests.at(-1)!.chat!.messages.flatMap(({ toolResults = [] }) => toolResults);
  expect(results).toHaveLength(paths.length);
  for (const { text } of results) expect(text.length).toBeLessThan(200_000);
  // Two workers, each with its heap and its buffers.
  expect(grownBytes / mebibyte).toBeLessThan(1_500);
  expect(maxWaitMs).toBeLessThan(2_000);
  await client.close();
}, 90_000);
