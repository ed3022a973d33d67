import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pdfWithContent, pdfWithPages } from '../files/file-fixtures.ts';
import { startWebDouble, type WebDouble } from '../../testkit/web-double.ts';
import { createAdmin, createTestApp, type TestApp } from '../create-test-app.ts';
import { type AgentAtWork, createAgentAtWork } from '../odoo-fixture.ts';
import { startBystander } from './bystander.ts';

// PDFs that a website made to break whoever reads them, through the tool that fetches pages.

let server: TestApp;
let web: WebDouble;
let agent: AgentAtWork;
let address: string;
beforeAll(async () => {
  web = await startWebDouble();
  server = await createTestApp();
  address = await server.listen();
  agent = await createAgentAtWork(server, await createAdmin(server.app), { tools: ['pinchy_web_fetch'] });
});
afterAll(async () => {
  await server?.close();
  await web?.close();
});

const mebibyte = 1024 ** 2;
const read = (path: string) => agent.call('pinchy_web_fetch', { url: web.url + path });

function serve(path: string, bytes: Buffer, mediaType = 'application/pdf'): void {
  web.files.set(path, { mediaType, bytes });
}

/** Locked with a password that nobody here knows. (ISO 32000-1, 7.6.3.) */
function encrypted(): Buffer {
  const key = '0'.repeat(64);
  const standard = `/Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4`;
  return pdfWithContent(Buffer.from('BT ET'), { more: `/Encrypt << ${standard} >> /ID [<00><00>]` });
}

/** Its font claims characters for sixteen million codes, over and over. (ISO 32000-1, 9.10.3.) */
function hugeCharacterMap(): Buffer {
  const ranges = '<00000000> <00FFFFFE> <0041>\n'.repeat(100);
  const map = `/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n100 beginbfrange\n${ranges}endbfrange endcmap`;
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>';
  return pdfWithContent(Buffer.from(map), { resources: `/Font << /F1 ${font} >>` });
}

const runs = Buffer.alloc(24 * mebibyte, Buffer.from([129, 32]));
const spaces = Buffer.alloc(200 * mebibyte, ' ');
const hostile: Record<string, Buffer> = {
  '/bomb.pdf': pdfWithContent(deflateSync(runs), { filter: '/Filter [/FlateDecode /RunLengthDecode]' }),
  '/twice.pdf': pdfWithContent(deflateSync(deflateSync(spaces)), { filter: '/Filter [/FlateDecode /FlateDecode]' }),
  '/circle.pdf': pdfWithContent(Buffer.from('BT ET'), { kids: '2 0 R' }),
  '/nested.pdf': pdfWithContent(Buffer.alloc(4 * mebibyte, '[')),
  '/characters.pdf': hugeCharacterMap(),
  '/noise.pdf': Buffer.alloc(8 * mebibyte, '%PDF-'),
};

test('cost a bounded amount of memory and time, all at once, and end in a sentence; nobody else waits', async () => {
  for (const [path, bytes] of Object.entries(hostile)) serve(path, bytes);
  const bystander = startBystander(address);
  const paths = [...Object.keys(hostile), '/endless.pdf', '/trickle.pdf'];
  const started = performance.now();
  const outcomes = new Map(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));
  // Each call has a minute, whatever it meets; what waits for its turn to be read waits within that minute.
  expect(performance.now() - started).toBeLessThan(75_000);
  const { maxWaitMs, grownBytes } = await bystander.stop();

  for (const [path, { output }] of outcomes) expect(output.length, path).toBeLessThan(40_000);
  expect(outcomes.get('/bomb.pdf')).toMatchObject({
    state: 'failed',
    output: expect.stringMatching(/needs too much memory to read|could not be read within 15 seconds/),
  });
  expect(outcomes.get('/endless.pdf')).toMatchObject({ state: 'failed', summary: expect.stringContaining('larger') });
  expect(outcomes.get('/trickle.pdf')).toMatchObject({
    state: 'failed',
    summary: expect.stringContaining('did not answer in time'),
  });
  // Two workers, each with its heap and its buffers, and what was fetched.
  expect(grownBytes / mebibyte).toBeLessThan(1_600);
  // A parser on this thread would hold it up for all the time that it may take.
  expect(maxWaitMs).toBeLessThan(10_000);
}, 120_000);

test.each(['text/html', 'text/plain', 'image/png', 'application/octet-stream', ''])(
  'a PDF that is served as %j is read as what it is',
  async (mediaType) => {
    serve('/report', pdfWithPages(['Lobsters moult.']), mediaType);
    expect(await read('/report')).toMatchObject({
      state: 'done',
      output: expect.stringContaining('[Page 1 of 1]\nLobsters moult.'),
    });
  },
);

const damaged = 'is damaged or no valid PDF; if it opens elsewhere, ask for it saved anew';
test.each([
  ['is locked', encrypted(), 'is protected with a password. Ask for it saved without one'],
  ['is empty', Buffer.alloc(0), damaged],
  ['is noise', Buffer.alloc(mebibyte, 7), damaged],
  ['was cut off', pdfWithPages(Array.from({ length: 500 }, () => 'Part.')).subarray(0, 40_000), damaged],
  ['is a page in truth', Buffer.from('<html><body>Please sign in.</body></html>'), damaged],
])('a PDF that %s says so', async (_what, bytes, sentence) => {
  serve('/bad.pdf', bytes);
  const { host } = new URL(web.url);
  expect(await read('/bad.pdf')).toMatchObject({ state: 'failed', output: `The PDF on ${host} ${sentence}.` });
});
