import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  signIn,
  testPassword,
  type TestAnswer,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';
import { query } from '../test-database.ts';

// What a page on a neighbouring domain can do: set cookies of our names for the domain that both share, with any path.

const domain = 'pinchy.example.com';
const plain = 'pinchy.session_token';
const bound = `__Host-${plain}`;
const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': domain };

let server: TestApp;
let port: number;
let admin: TestUser;
let victim: TestUser;
let attacker: TestUser;
beforeAll(async () => {
  server = await createTestApp({
    environment: { TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_API_PER_MINUTE: '100000' },
  });
  port = Number(new URL(await server.listen()).port);
  admin = await createAdmin(server.app);
  victim = await createMember(server.app, admin, { name: 'Vic' });
  attacker = await createMember(server.app, admin, { name: 'Mal' });
});
afterAll(() => server?.close());

const valueOf = ({ cookie }: Pick<TestUser, 'cookie'>) => cookie.slice(cookie.indexOf('=') + 1);
const named = (name: string, user: TestUser) => `${name}=${valueOf(user)}`;
const get = (cookie: string, url = '/api/users/me', headers: Record<string, string> = {}) =>
  request(server.app, 'GET', url, { cookie, headers: { ...proxied, ...headers } });
const cookiesOf = ({ headers }: Pick<TestAnswer, 'headers'>) =>
  [headers['set-cookie'] ?? []].flat().map((cookie) => String(cookie));
const post = (cookie: string, url: string, body?: unknown) =>
  request(server.app, 'POST', url, { cookie, headers: proxied, ...(body !== undefined && { body }) });

/** The status and the cookies of an upgrade. */
function upgrade(cookie: string): Promise<{ status: number; cookies: string[]; text: string }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/ws`, { headers: { cookie, host: domain } });
    socket.on('error', () => undefined);
    socket.on('open', () => (resolve({ status: 101, cookies: [], text: '' }), socket.terminate()));
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, cookies: response.headers['set-cookie'] ?? [], text }),
      );
    });
  });
}

/** A browser's cookies of this host, as its rules store and send them (RFC 6265, 5.3 and 5.4). */
function createBrowser() {
  const jar: { name: string; value: string; domain: string; path: string; hostOnly: boolean }[] = [];
  const store = (line: string, from: string) => {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', ...value] = pair.split('=');
    const read = (key: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    const forDomain = read('domain');
    if (forDomain && from !== forDomain && !from.endsWith(`.${forDomain}`)) return;
    const path = read('path') ?? '/';
    if (name.startsWith('__Host-') && (forDomain || path !== '/' || !/;\s*secure/i.test(line) || from !== domain))
      return;
    const cookie = { name, value: value.join('='), domain: forDomain ?? from, path, hostOnly: !forDomain };
    const old = jar.findIndex(
      (each) =>
        each.name === name && each.domain === cookie.domain && each.path === path && each.hostOnly === !forDomain,
    );
    if (old >= 0) jar.splice(old, 1);
    if (read('max-age') !== '0') jar.push(cookie);
  };
  const header = (path: string) =>
    jar
      .filter((each) => domain === each.domain || (!each.hostOnly && domain.endsWith(`.${each.domain}`)))
      .filter((each) => each.path === '/' || path === each.path || path.startsWith(`${each.path}/`))
      .toSorted((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  return {
    /** A page on the neighbour plants a cookie. */
    plant: (line: string) => store(line, 'evil.example.com'),
    header,
    async ask(method: 'GET' | 'POST', url: string, body?: unknown): Promise<TestAnswer> {
      const answer = await request(server.app, method, url, {
        cookie: header(url),
        headers: proxied,
        ...(body !== undefined && { body }),
      });
      for (const cookie of cookiesOf(answer)) store(cookie, domain);
      return answer;
    },
  };
}
const signInAs = (browser: ReturnType<typeof createBrowser>, user: TestUser) =>
  browser.ask('POST', '/api/auth/sign-in/email', { email: user.email, password: testPassword });

async function setLock(lockedDomain: string | null): Promise<void> {
  const fresh = await request(server.app, 'POST', '/api/auth/sign-in/email', {
    body: { email: admin.email, password: testPassword },
    headers: proxied,
  });
  const cookie = cookiesOf(fresh)[0]?.split(';')[0] ?? '';
  const answer = await request(server.app, 'PUT', '/api/settings/domain', {
    cookie,
    body: { lockedDomain },
    headers: proxied,
  });
  expect(answer.status, answer.text).toBe(200);
}

describe('two session cookies of one name', () => {
  const pairs = (): [string, string][] => [
    ['another person’s first', `${named(plain, attacker)}; ${named(plain, victim)}`],
    ['another person’s last', `${named(plain, victim)}; ${named(plain, attacker)}`],
    ['one that is no session', `${plain}=nonsense; ${named(plain, victim)}`],
    ['the same twice', `${named(plain, victim)}; ${named(plain, victim)}`],
    ['without a blank between', `${named(plain, attacker)};${named(plain, victim)}`],
    ['with tabs and blanks around', `\t${named(plain, attacker)} ;\t ${named(plain, victim)}`],
    ['with others between', `a=1; ${named(plain, attacker)}; b=2; ${named(plain, victim)}; c`],
    ['one in quotes', `${plain}="${valueOf(attacker)}"; ${named(plain, victim)}`],
    ['one decoded', `${plain}=${decodeURIComponent(valueOf(attacker))}; ${named(plain, victim)}`],
    ['two that are bound to the host', `${named(bound, attacker)}; ${named(bound, victim)}`],
  ];

  test('are refused on every door, in words, and nothing happens', async () => {
    for (const [what, cookie] of pairs()) {
      const answer = await get(cookie);
      expect(answer.status, what).toBe(401);
      expect(answer.body.code, what).toBe('unauthenticated');
      expect(answer.body.error, what).toMatch(/two session cookies.*sign in/);
      expect((await get(cookie, '/api/agents')).status, what).toBe(401);
      expect((await get(cookie, '/api/auth/get-session')).body, what).toBeNull();
      expect((await post(cookie, '/api/auth/sign-out')).status, what).toBe(401);
      const rename = { cookie, body: { name: 'Renamed' }, headers: proxied };
      expect((await request(server.app, 'PATCH', '/api/users/me', rename)).status, what).toBe(401);
      const socket = await upgrade(cookie);
      expect(socket.status, what).toBe(401);
      expect(socket.text, what).toMatch(/two session cookies/);
      const page = await server.app.inject({ url: '/', headers: { cookie, ...proxied } });
      expect(page.body, what).not.toMatch(/Vic|Mal/);
    }
    for (const user of [victim, attacker])
      expect((await user.request('GET', '/api/users/me')).body.name).toMatch(/Vic|Mal/);
  });

  test('in two headers are two', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          [
            'GET /api/users/me HTTP/1.1',
            `Host: ${domain}`,
            `Cookie: ${named(plain, attacker)}`,
            `cookie: ${named(plain, victim)}`,
            'Connection: close',
            '\r\n',
          ].join('\r\n'),
        ),
      );
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('error', reject);
      socket.on('close', () => resolve(answer));
    });
    expect(text).toMatch(/^HTTP\/1\.1 401/);
  });

  test.each([
    ['other capitals', (value: string) => `Pinchy.Session_Token=${value}`],
    ['a blank before the equals sign', (value: string) => `${plain} =${value}`],
    ['a blank that is no space', (value: string) => `\u00a0${bound}=${value}`],
    ['other capitals in the prefix', (value: string) => `__HOST-${plain}=${value}`],
    ['quotes around the name', (value: string) => `"${plain}"=${value}`],
    ['percent signs in the name', (value: string) => `pinchy%2Esession_token=${value}`],
    ['the library’s own prefix', (value: string) => `__Secure-${plain}=${value}`],
    ['nothing in it', () => `${plain}=`],
  ])('a name with %s is another one: alone it opens nothing, beside ours it changes nothing', async (_name, write) => {
    const planted = write(valueOf(attacker));
    expect((await get(planted)).status).toBe(401);
    for (const cookie of [`${planted}; ${named(plain, victim)}`, `${named(plain, victim)}; ${planted}`]) {
      expect((await get(cookie)).body.name).toBe('Vic');
      expect((await get(cookie, '/api/auth/get-session')).body.user.name).toBe('Vic');
    }
  });

  test('public routes still answer, so that one can sign in', async () => {
    const cookie = `${named(plain, attacker)}; ${named(plain, victim)}`;
    expect((await get(cookie, '/api/setup/status')).status).toBe(200);
    const answer = await post(cookie, '/api/auth/sign-in/email', { email: victim.email, password: testPassword });
    expect(answer.status).toBe(200);
    expect(cookiesOf(answer).at(-1)).toMatch(/^pinchy\.session_token=[^;]{40,}.*Path=\//);
  });
});

describe.each([
  ['for the shared domain', 'Domain=example.com; Path=/'],
  ['with the path of the socket', 'Domain=example.com; Path=/api/ws'],
  ['with the path of all calls', 'Domain=example.com; Path=/api'],
  ['with the path of the sign-in', 'Domain=example.com; Path=/api/auth/sign-in/email'],
  ['with the path of one call', 'Domain=example.com; Path=/api/users/me'],
])('a session of the neighbour’s, planted %s', (_name, where) => {
  afterEach(() => setLock(null));

  const everywhere = ['/api/users/me', '/api/agents', '/api/ws'];
  /** Who the calls are made for; whoever is refused tries once more, as the page does. */
  async function whoIs(browser: ReturnType<typeof createBrowser>): Promise<string[]> {
    const names: string[] = [];
    for (const url of everywhere) {
      for (let attempt = 0; attempt < 2; attempt++) {
        if (url === '/api/ws') {
          const { status, cookies } = await upgrade(browser.header(url));
          if (status === 101) break;
          expect(cookies.length).toBeGreaterThan(0);
        }
        const answer = await browser.ask('GET', url === '/api/ws' ? '/api/ws' : url);
        if (answer.status === 200) break;
      }
      const session = await get(browser.header(url), '/api/auth/get-session');
      names.push(session.body?.user.name ?? 'nobody');
    }
    return names;
  }

  test('while signed in never speaks for the victim, and goes after one refusal', async () => {
    const browser = createBrowser();
    await signInAs(browser, victim);
    browser.plant(`${named(plain, attacker)}; ${where}`);
    expect(await whoIs(browser)).toEqual(['Vic', 'Vic', 'Vic']);
  });

  test('before the sign-in does not outlive it', async () => {
    const browser = createBrowser();
    browser.plant(`${named(plain, attacker)}; ${where}`);
    expect((await signInAs(browser, victim)).status).toBe(200);
    expect(await whoIs(browser)).toEqual(['Vic', 'Vic', 'Vic']);
  });

  test('with a locked domain counts for nothing at all', async () => {
    await setLock(domain);
    const browser = createBrowser();
    browser.plant(`${named(plain, attacker)}; ${where}`);
    browser.plant(`${named(bound, attacker)}; Secure; Path=/; Domain=example.com`);
    await signInAs(browser, victim);
    browser.plant(`${named(plain, attacker)}; ${where}`);
    for (const url of everywhere) expect((await get(browser.header(url))).body.name, url).toBe('Vic');
    expect((await upgrade(browser.header('/api/ws'))).status).toBe(101);
  });
});

describe('while a domain is locked', () => {
  beforeEach(() => setLock(domain));
  afterEach(() => setLock(null));

  test('a sign-in sets the cookie that is bound to the host, and a sign-out clears both names', async () => {
    const body = { email: victim.email, password: testPassword };
    const answer = await post('', '/api/auth/sign-in/email', body);
    const [cookie, ...more] = cookiesOf(answer);
    expect(more).toEqual([]);
    expect(cookie).toMatch(/^__Host-pinchy\.session_token=[^;]{40,};/);
    for (const attribute of [/; Path=\/(;|$)/i, /; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Max-Age=604800/i])
      expect(cookie).toMatch(attribute);
    expect(cookie).not.toMatch(/domain=/i);
    const mine = cookie?.split(';')[0] ?? '';
    expect((await get(mine)).body.name).toBe('Vic');
    expect((await get(mine, '/api/auth/get-session')).body.user.name).toBe('Vic');
    expect((await upgrade(mine)).status).toBe(101);
    const out = await post(`${named(plain, attacker)}; ${mine}`, '/api/auth/sign-out');
    expect(out.status).toBe(200);
    expect((await get(mine)).status).toBe(401);
    const cleared = cookiesOf(out).filter((each) => /=; .*Max-Age=0/i.test(each) && /Path=\/(;|$)/i.test(each));
    for (const name of [plain, bound])
      expect(
        cleared.some((each) => each.startsWith(`${name}=`)),
        name,
      ).toBe(true);
    // The other session is not the one that was signed out.
    expect((await get(named(plain, attacker))).status).toBe(200);
  });

  test('a session from before goes on and moves to that cookie at its first call', async () => {
    const answer = await get(victim.cookie);
    expect(answer.body.name).toBe('Vic');
    const moved = cookiesOf(answer).find((cookie) => cookie.startsWith(`${bound}=`));
    expect(moved).toMatch(/; Secure/);
    expect(Number(/Max-Age=(\d+)/.exec(moved ?? '')?.[1])).toBeGreaterThan(604_000);
    expect(cookiesOf(answer).some((cookie) => cookie.startsWith(`${plain}=;`) && cookie.includes('Max-Age=0'))).toBe(
      true,
    );
    const mine = moved?.split(';')[0] ?? '';
    const again = await get(mine);
    expect(again.body.name).toBe('Vic');
    expect(cookiesOf(again)).toEqual([]);
  });

  test('one that was not to be remembered is not remembered after the move', async () => {
    const answer = await get(`${victim.cookie}; pinchy.dont_remember=true.signature`);
    expect(cookiesOf(answer).find((cookie) => cookie.startsWith(bound))).not.toMatch(/max-age|expires/i);
  });

  test('a session that began since, or a lock a week ago, makes the plain name worth nothing', async () => {
    const body = { email: attacker.email, password: testPassword };
    const since = cookiesOf(await post('', '/api/auth/sign-in/email', body))[0]?.split(';')[0] ?? '';
    const asPlain = since.replace(bound, plain);
    expect((await get(since)).body.name).toBe('Mal');
    expect((await get(asPlain)).status).toBe(401);
    expect((await get(asPlain, '/api/auth/get-session')).body).toBeNull();
    expect((await upgrade(asPlain)).status).toBe(401);
    expect((await get(victim.cookie)).status).toBe(200);
    const weekAgo = new Date(Date.now() - 7 * 24 * 60 * 60_000 - 1_000).toISOString();
    await query(server.databaseUrl, `update sessions set created_at = created_at - interval '8 days'`);
    await query(server.databaseUrl, `update settings set value = $1 where key = 'system.locked_since'`, [weekAgo]);
    await query(
      server.databaseUrl,
      `select pg_notify('pinchy', '{"origin":"test","signals":[{"kind":"setting","key":"system.locked_since"}]}')`,
    );
    await expect.poll(async () => (await get(victim.cookie)).status).toBe(401);
    expect((await get(named(bound, victim))).status).toBe(200);
    victim = await signIn(server.app, victim.email).catch(() => victim);
  });
});

test('a domain that an earlier version locked gets its week from the update on', async () => {
  await setLock(domain);
  await query(server.databaseUrl, `delete from settings where key = 'system.locked_since'`);
  const migration = await readFile(
    new URL('../../server/db/migrations/0013_locked-since.sql', import.meta.url),
    'utf8',
  );
  await query(server.databaseUrl, migration);
  const [row] = await query<{ value: string }>(
    server.databaseUrl,
    `select value from settings where key = 'system.locked_since'`,
  );
  expect(row?.value).toBe(new Date(row?.value ?? '').toISOString());
  expect(Math.abs(Date.now() - Date.parse(row?.value ?? ''))).toBeLessThan(60_000);
  await setLock(null);
  await query(server.databaseUrl, migration);
  expect(await query(server.databaseUrl, `select 1 from settings where key = 'system.locked_since'`)).toEqual([]);
});

test('an unlock signs nobody out, and the next sign-in takes the place of the cookie that was bound', async () => {
  await setLock(domain);
  const browser = createBrowser();
  await signInAs(browser, victim);
  await setLock(null);
  expect((await browser.ask('GET', '/api/users/me')).body.name).toBe('Vic');
  await signInAs(browser, attacker);
  expect((await browser.ask('GET', '/api/users/me')).body.name).toBe('Mal');
  expect(browser.header('/')).not.toContain(bound);
  expect((await browser.ask('POST', '/api/auth/sign-out')).status).toBe(200);
  expect(browser.header('/')).toBe('');
});

test('what is expired stays below what proxies take, however long the address and the name', async () => {
  const url = `/api/agents/${crypto.randomUUID()}/chats/${crypto.randomUUID()}/export`;
  const answer = await get(`${named(plain, attacker)}; ${named(plain, victim)}`, url, {
    'x-forwarded-host': 'a.b.c.d.e.pinchy.intern.example.com:8443',
  });
  expect(answer.status).toBe(401);
  const bytes = cookiesOf(answer).join('').length;
  expect(bytes).toBeGreaterThan(100);
  expect(bytes).toBeLessThan(2_500);
  for (const cookie of cookiesOf(answer)) expect(cookie).not.toMatch(/Path=\/; HttpOnly/);
});

test('nobody writes a cookie into the answer through the address', async () => {
  const answer = await get(`${named(plain, attacker)}; ${named(plain, victim)}`, '/api/x;Domain=com;a=%0d%0ab/y', {
    'x-forwarded-host': '127.0.0.1:7777',
  });
  for (const cookie of cookiesOf(answer))
    expect(cookie).toMatch(/^pinchy\.session_token=; Max-Age=0; Path=\/[\w./%-]*; HttpOnly; SameSite=Lax$/);
});
