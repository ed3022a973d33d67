import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// Bytes that a proxy in front may read differently than the server behind it: whoever makes the two disagree where a
// request ends puts words into the mouth of the next person on the same connection.

let server: TestApp;
let admin: TestUser;
let port: number;
beforeAll(async () => {
  server = await createTestApp();
  port = Number(new URL(await server.listen()).port);
  admin = await createAdmin(server.app);
});
afterAll(() => server.close());

/** Everything that comes back on one connection until the server closes it or falls silent. */
function send(...parts: string[]): Promise<{ statuses: number[]; text: string; closed: boolean }> {
  return new Promise((resolve, reject) => {
    let text = '';
    let closed = false;
    const socket = connect(port, '127.0.0.1', () => socket.write(parts.join('')));
    const end = () => {
      socket.destroy();
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
      resolve({ statuses, text, closed });
    };
    socket.setTimeout(700, end);
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? end() : reject(error)));
    socket.on('close', () => {
      closed = true;
      end();
    });
  });
}

const headOf = (line: string, ...headers: string[]) =>
  `${[line, `Host: 127.0.0.1:${port}`, `Cookie: ${admin.cookie}`, ...headers].join('\r\n')}\r\n\r\n`;
const json = 'Content-Type: application/json';
/** What the attacker wants to be taken for a request of its own. */
const smuggled = () => headOf('GET /api/users HTTP/1.1');

describe('a request whose end can be read in two ways', () => {
  const body = '{"name":"Ada Smuggler"}';
  const lengths = `Content-Length: ${body.length}`;
  const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const ambiguous: [string, string[], string][] = [
    ['a length and chunks', [lengths, 'Transfer-Encoding: chunked'], chunked],
    ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 4'], chunked],
    ['two lengths', [lengths, 'Content-Length: 0'], body],
    ['two lengths in one', [`Content-Length: ${body.length}, 0`], body],
    ['a length with a sign', [`Content-Length: +${body.length}`], body],
    ['a length in another base', [`Content-Length: 0x${body.length.toString(16)}`], body],
    ['a length with a blank in it', ['Content-Length: 2 3'], body],
    ['a blank before the colon', ['Transfer-Encoding : chunked'], chunked],
    ['a folded header', ['Transfer-Encoding:\r\n chunked', lengths], chunked],
    ['an encoding that nobody knows', ['Transfer-Encoding: xchunked'], chunked],
    ['chunks that are not last', ['Transfer-Encoding: chunked, identity'], chunked],
    ['a line that ends early', [`X: a\nTransfer-Encoding: chunked`, lengths], chunked],
    ['a carriage return alone', [`X: a\rTransfer-Encoding: chunked`, lengths], chunked],
    ['a zero byte in a header', [`X: a\0b`, lengths], body],
    ['a chunk with a negative length', ['Transfer-Encoding: chunked'], '-1\r\n\r\n0\r\n\r\n'],
    ['a chunk longer than any number', ['Transfer-Encoding: chunked'], `${'f'.repeat(40)}\r\n${body}\r\n0\r\n\r\n`],
    ['a chunk that is longer than it says', ['Transfer-Encoding: chunked'], `4\r\n${body}\r\n0\r\n\r\n`],
    ['a chunk that ends with a line feed', ['Transfer-Encoding: chunked'], `17\n${body}\n0\n\n`],
  ];

  test.each(ambiguous)('is refused, and what follows is not heard: %s', async (_name, headers, content) => {
    const { statuses, text, closed } = await send(
      headOf('PATCH /api/users/me HTTP/1.1', json, ...headers),
      content,
      smuggled(),
    );
    expect(statuses.length, text).toBeLessThanOrEqual(1);
    for (const status of statuses) expect(status, text).toBe(400);
    expect(closed).toBe(true);
    expect(text).not.toContain(admin.email);
  });

  test('nothing of them was done', async () => {
    expect((await admin.request('GET', '/api/users/me')).body).toMatchObject({ name: 'Ada Admin' });
  });

  test('one that says it right is done, and so is the next on the same connection', async () => {
    const { statuses, text } = await send(
      headOf('PATCH /api/users/me HTTP/1.1', json, 'Transfer-Encoding: chunked'),
      chunked,
      smuggled(),
    );
    expect(statuses, text).toEqual([200, 200]);
    await admin.request('PATCH', '/api/users/me', { name: 'Ada Admin' });
  });
});

describe('a request line', () => {
  test('that names another host leads nowhere', async () => {
    const colleague = await createMember(server.app, admin);
    for (const target of ['//evil.example/api/users', '\\\\evil.example\\api\\users', 'evil.example:80/api/users']) {
      const { statuses, text } = await send(headOf(`GET ${target} HTTP/1.1`, 'Connection: close'));
      expect(statuses, text).toHaveLength(1);
      expect(text).not.toMatch(/^location:/im);
      expect(text).not.toContain(colleague.email);
    }
  });

  test('with a method of proxies, another protocol or nothing is refused', async () => {
    for (const line of ['CONNECT evil.example:443 HTTP/1.1', 'TRACE /api/users HTTP/1.1', 'PRI * HTTP/2.0', ''])
      for (const status of (await send(headOf(line))).statuses) expect([400, 404, 405], line).toContain(status);
  });

  test('and headers of any size end in an answer', async () => {
    const long = await send(headOf(`GET /${'a'.repeat(100_000)} HTTP/1.1`));
    expect(long.statuses).toEqual([431]);
    const many = await send(
      headOf('GET /api/health HTTP/1.1', ...Array.from({ length: 20_000 }, (_, index) => `X-${index}: a`)),
    );
    expect(many.statuses).toEqual([431]);
    expect((await admin.request('GET', '/api/health')).status).toBe(200);
  });
});
