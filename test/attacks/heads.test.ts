import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { measureMaxBusyMs } from '../measure-max-busy.ts';

// What stands in the head of a request is read before anybody knows who asks: sixteen kibibytes of it, by a stranger, must
// not keep the thread busy that serves everybody.

const maxMs = 100;
const size = 14_000;

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({ environment: { RATE_LIMIT_API_PER_MINUTE: '100000' } });
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());

const fill = (piece: string) => piece.repeat(Math.floor(size / piece.length));
const values: Record<string, string> = {
  blanks: `a=${fill(' ')}b`,
  'blanks between pairs': `a=b;${fill(' ')};${' '}c=d`,
  tabs: `a${fill('\t')}=b`,
  semicolons: fill(';'),
  pairs: fill('a=b; '),
  'equal signs': fill('='),
  commas: fill(','),
  'names with dots': fill('a.'),
  dots: `a${fill('.')}`,
  'names between slashes': `http://a/${fill('b/')}`,
  'a long name': `https://${fill('a')}.example`,
  'letters of other alphabets': `https://${fill('xn--a.')}example`,
  colons: fill(':1'),
  'percent signs': fill('%'),
  quotes: fill('"\\'),
  weights: fill('a;q=0.1,'),
  ranges: `bytes=${fill('0-1,')}0-1`,
  tags: fill('"a",'),
  brackets: fill('['),
};
const headers = [
  'cookie',
  'origin',
  'referer',
  'host',
  'accept-encoding',
  'accept-language',
  'if-none-match',
  'if-modified-since',
  'range',
  'content-type',
  'content-encoding',
  'authorization',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'forwarded',
];
const requests = [
  ['GET', '/'],
  ['GET', '/api/health'],
  ['GET', '/api/agents'],
  ['HEAD', '/api/docs/js/scalar.js'],
  ['POST', '/api/auth/sign-in/email'],
] as const;

const ask = (method: 'GET' | 'HEAD' | 'POST', url: string, head: Record<string, string>) =>
  server.app.inject({
    method,
    url,
    headers: { ...(method === 'POST' && { 'content-type': 'application/json' }), ...head },
    ...(method === 'POST' && { payload: '{}' }),
  });

test.each(headers)(
  'a header of fourteen kilobytes: %s',
  async (header) => {
    const slow: string[] = [];
    const prefixes = header === 'cookie' ? ['', 'pinchy.session_token=', '__Host-pinchy.session_token='] : [''];
    for (const prefix of prefixes)
      for (const [name, value] of Object.entries(values))
        for (const [method, url] of requests) {
          const work = async () => {
            const answer = await ask(method, url, { [header]: prefix + value });
            expect(answer.statusCode, answer.body).toBeLessThan(500);
          };
          const busy = await measureMaxBusyMs(work);
          if (busy >= maxMs) slow.push(`${method} ${url}, ${prefix}${name}: ${busy.toFixed()} ms`);
        }
    expect(slow).toEqual([]);
  },
  60_000,
);

describe('two session cookies of one name', () => {
  const twice = 'pinchy.session_token=a; pinchy.session_token=b';
  test.each<[string, string, Record<string, string>]>([
    ['a path of thousands of names', `/${'a/'.repeat(5_000)}`, {}],
    ['a host of thousands of names', '/api/agents', { host: `${'a.'.repeat(5_000)}example` }],
    ['both', `/${'a/'.repeat(2_500)}`, { host: `${'a.'.repeat(2_500)}example` }],
  ])('on %s cost no more than two on another', async (_name, url, head) => {
    let cookies: unknown;
    const busy = await measureMaxBusyMs(async () => {
      const answer = await ask('GET', url, { cookie: twice, ...head });
      expect(answer.statusCode).toBeLessThan(500);
      cookies = answer.headers['set-cookie'];
    });
    expect(busy).toBeLessThan(maxMs);
    expect(String(cookies).length).toBeLessThan(4_000);
  });
});

test('a person’s own cookie counts among thousands of others', async () => {
  const cookie = `${'a=b; '.repeat(1_000)}${admin.cookie};${' '.repeat(5_000)};c=d`;
  expect((await ask('GET', '/api/users/me', { cookie })).json()).toMatchObject({ email: admin.email });
});
