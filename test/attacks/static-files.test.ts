import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../create-test-app.ts';
import { startProcessBeside, type TestServerProcess } from '../server-process.ts';

// Files that anybody may fetch, without a session: sent as they lie on the disk, never made or compressed for a request.

let app: TestApp;
let server: TestServerProcess;
beforeAll(async () => {
  app = await createTestApp();
  server = await startProcessBeside(app, { RATE_LIMIT_API_PER_MINUTE: '100000' });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await app?.close();
});

const script = '/api/docs/js/scalar.js';
const mebibyte = 1024 ** 2;
const residentMebibytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;

/** As it comes over the wire: `fetch` would unpack it. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ answer: IncomingMessage; body: Buffer }>((resolve, reject) => {
    httpRequest(`${server.url}${path}`, { headers, method, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ answer, body: Buffer.concat(chunks) }));
      answer.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

test.each([script, '/api/openapi.json'])(
  'comes in each form, with its own tag, and not again while it stays: %s',
  async (path) => {
    const plain = await get(path);
    expect(plain.answer.headers['content-encoding']).toBeUndefined();
    const forms = { br: brotliDecompressSync, gzip: gunzipSync };
    const tags = new Set([plain.answer.headers.etag]);
    for (const [encoding, unpack] of Object.entries(forms)) {
      const { answer, body } = await get(path, { 'accept-encoding': encoding });
      expect(answer.headers).toMatchObject({ 'content-encoding': encoding, 'cache-control': 'no-cache' });
      expect(answer.headers.vary).toMatch(/accept-encoding/i);
      expect(unpack(body).equals(plain.body)).toBe(true);
      tags.add(answer.headers.etag);
      const again = await get(path, { 'accept-encoding': encoding, 'if-none-match': String(answer.headers.etag) });
      expect(again.answer.statusCode).toBe(304);
      expect(again.body).toHaveLength(0);
      const head = await get(path, { 'accept-encoding': encoding }, 'HEAD');
      expect(head.answer.statusCode).toBe(200);
      expect(head.answer.headers['content-length']).toBe(String(body.length));
      expect(head.body).toHaveLength(0);
    }
    expect(tags.size).toBe(3);
  },
);

test('comes in parts', async () => {
  const { answer, body } = await get(script, { range: 'bytes=100-199' });
  expect(answer.statusCode).toBe(206);
  expect(body).toHaveLength(100);
  expect(body.equals((await get(script)).body.subarray(100, 200))).toBe(true);
});

test.each(['br', 'deflate', 'zstd', 'identity'])(
  'thirty fetches at once cost no memory, and others no time: %s',
  async (encoding) => {
    const before = residentMebibytes();
    let isOver = false;
    let longest = 0;
    let most = before;
    const watching = (async () => {
      while (!isOver) {
        const start = performance.now();
        expect((await get('/api/health')).answer.statusCode).toBe(200);
        longest = Math.max(longest, performance.now() - start);
        most = Math.max(most, residentMebibytes());
      }
    })();
    const paths = Array.from({ length: 30 }, (_each, index) => (index % 5 === 0 ? '/api/openapi.json' : script));
    const all = await Promise.all(
      paths.map((path) =>
        get(path, { 'accept-encoding': encoding }).then(
          ({ answer, body }) => [answer.statusCode, body.length] as const,
        ),
      ),
    );
    isOver = true;
    await watching;
    expect(all.every(([status, length]) => status === 200 && length > 1_000)).toBe(true);
    expect(most - before).toBeLessThan(120);
    // The client that takes a hundred megabytes runs on the same machine.
    expect(longest).toBeLessThan(10_000);
  },
);

test('whoever asks for much and reads nothing loses the connection', async () => {
  const { port } = new URL(server.url);
  const unread = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const socket = connect({ port: Number(port), host: '127.0.0.1' });
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      // Asked for again and again on one connection: more than the system takes in without a reader.
      socket.pause();
      const request = `GET ${script} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
      socket.write(request.repeat(10));
      return socket;
    }),
  );
  const files = () => readdirSync(`/proc/${server.pid}/fd`).length;
  await sleep(1_000);
  const held = files();
  await expect.poll(files, { timeout: 60_000, interval: 1_000 }).toBeLessThanOrEqual(held - 8);
  for (const socket of unread) socket.destroy();
}, 90_000);

test('a page that is no file is not made from one', async () => {
  for (const path of ['/api/docs/js/', '/api/docs/js/..%2fpage.html', '/api/docs/page.html', '/api/docs/js/scalar.map'])
    expect((await get(path)).answer.statusCode, path).toBe(404);
  expect((await get('/api/docs')).body.toString()).toContain('<script nonce="');
  expect((await get('/api/docs/')).body.length).toBeLessThan(mebibyte);
});
