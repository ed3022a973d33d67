import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type PageState, pageStateId } from '../../contract/page-state.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { startJourney } from './journey.ts';

/** As over HTTP, so nothing of what a browser does by itself stands between. */
async function get(address: string, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, address), { headers });
  return { response, html: await response.text() };
}

function stateOf(html: string): PageState | undefined {
  const json = new RegExp(`id="${pageStateId}">(.*?)</script>`).exec(html)?.[1];
  return json === undefined ? undefined : (JSON.parse(json) as PageState);
}

const preloaded = (html: string): string[] =>
  [...html.matchAll(/<link rel="(?:modulepreload|stylesheet)" crossorigin href="([^"]+)"/g)].map((match) => match[1]!);

describe('the page that carries the app', () => {
  let app: TestApp;
  let address: string;
  let admin: TestUser;

  beforeAll(async () => {
    app = await createTestApp();
    address = await app.listen();
  });

  afterAll(() => app.close());

  test('of an empty product says that setup is to do, and nobody is signed in', async () => {
    const { response, html } = await get(address, '/');
    expect(stateOf(html)).toEqual({ setupStatus: { setupComplete: false, providerConfigured: false }, me: null });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('brings who is signed in, whatever the name, and what the chat needs', async () => {
    admin = await createAdmin(app.app);
    const name = '</script><script src="//evil.example/x.js"></script><!--';
    await admin.request('PATCH', '/api/users/me', { name });
    const own = await admin.request('GET', '/api/users/me');
    const { html } = await get(address, '/chat/any', { cookie: admin.cookie });
    expect(html).not.toContain('evil.example/x.js"></script>');
    expect(stateOf(html)).toEqual({ setupStatus: { setupComplete: true, providerConfigured: false }, me: own.body });
    const files = preloaded(html);
    expect(files.some((file) => file.includes('/chat-'))).toBe(true);
    const signedOut = await get(address, '/login');
    expect(stateOf(signedOut.html)?.me).toBeNull();
    expect(preloaded(signedOut.html).some((file) => file.includes('/chat-'))).toBe(false);
    for (const file of [...files, ...preloaded(signedOut.html)])
      expect((await fetch(new URL(file, address))).status, file).toBe(200);
  });

  test('brings the agent of its chat, to those who may use it and to nobody else', async () => {
    const { body: agent } = await admin.request('POST', '/api/agents', { name: 'Researcher', templateId: 'custom' });
    const agentIn = async (path: string, cookie?: string) =>
      stateOf((await get(address, path, cookie ? { cookie } : {})).html)?.agent;
    expect(await agentIn(`/chat/${agent.id}`, admin.cookie)).toEqual(agent);
    expect(await agentIn(`/chat/${agent.id}/${crypto.randomUUID()}?q=1`, admin.cookie)).toEqual(agent);
    expect(await agentIn(`/chat/${crypto.randomUUID()}`, admin.cookie)).toBeUndefined();
    expect(await agentIn(`/chat/${agent.id}`)).toBeUndefined();
    const { body } = await admin.request('GET', '/api/agents');
    const smithers = body.find((one: { isPersonal: boolean }) => one.isPersonal);
    const member = await createMember(app.app, admin);
    expect(await agentIn(`/chat/${smithers.id}`, member.cookie)).toBeUndefined();
    expect(await agentIn(`/chat/${smithers.id}`, admin.cookie)).toEqual(smithers);
  });

  test('has a frame beside it that has no origin and no network, and that only the app can show', async () => {
    const { headers } = (await get(address, '/sandbox.html')).response;
    const policy = headers.get('content-security-policy')!.split(';');
    expect(policy).toEqual(
      expect.arrayContaining(['sandbox allow-scripts', "default-src 'none'", "script-src 'self'"]),
    );
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy.some((rule) => /connect-src|allow-same-origin|https?:/.test(rule))).toBe(false);
    expect(headers.get('x-frame-options')).toBeNull();
    const page = (await get(address, '/login')).response.headers;
    expect(page.get('x-frame-options')).toBe('DENY');
    const { html } = await get(address, '/sandbox.html');
    const [script] = /\/assets\/sandbox-[^"]+\.js/.exec(html)!;
    // A page without an origin may import it, and learns nothing by that.
    expect((await fetch(new URL(script, address))).headers.get('access-control-allow-origin')).toBe('*');
    expect(page.get('access-control-allow-origin')).toBeNull();
  });

  test('is built for production, whatever the environment of whoever built it', async () => {
    const { html } = await get(address, '/login');
    const base = preloaded(html).find((file) => file.includes('/base-') && file.endsWith('.js'))!;
    const { payload } = await app.app.inject({ url: base });
    expect(payload).not.toContain('Check the render method');
  });

  test('fetches the language that the browser asks for', async () => {
    const catalogues = async (languages: string) => {
      const { html } = await get(address, '/login', { 'accept-language': languages });
      return [...new Set(preloaded(html).flatMap((file) => /\/(en|de|es|fr)-/.exec(file)?.[1] ?? []))];
    };
    expect(await catalogues('de-AT,de;q=0.9,en;q=0.8')).toEqual(['de']);
    expect(await catalogues('fr-CH,fr;q=0.9,en;q=0.8')).toEqual(['fr']);
    expect(await catalogues('es-MX')).toEqual(['es']);
    expect(await catalogues('it-IT,en-GB;q=0.7,de;q=0.3')).toEqual(['en']);
    expect(await catalogues('ja')).toEqual(['en']);
    expect(await catalogues('de;'.repeat(1000))).toEqual(['de']);
  });

  test('comes also while nobody can be looked up, and the app asks by itself', async () => {
    const limited = await createTestApp({ environment: { RATE_LIMIT_API_PER_MINUTE: '1' } });
    const url = await limited.listen();
    expect(stateOf((await get(url, '/')).html)).toBeDefined();
    const { response, html } = await get(url, '/');
    expect(response.status).toBe(200);
    expect(stateOf(html)).toBeUndefined();
    await limited.close();
  });

  test('and its scripts come compressed, for ever, as what they are', async () => {
    const { html } = await get(address, '/login');
    const script = preloaded(html).find((file) => file.includes('/base-') && file.endsWith('.js'))!;
    const answer = await app.app.inject({ url: script, headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringMatching(/\/javascript; charset=utf-8$/),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(answer.headers['vary']).toMatch(/accept-encoding/i);
    const plain = await app.app.inject({ url: script, headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(brotliDecompressSync(answer.rawPayload).equals(plain.rawPayload)).toBe(true);
  });
});

test('a chat asks for nothing else before it is seen', async () => {
  const [device] = devicesOr('phone');
  const journey = await startJourney(device!);
  onTestFinished(() => journey.close());
  const agentId = await journey.createAgent('Researcher');
  const { page } = await journey.visit(journey.admin);
  await page.goto(`/chat/${agentId}`);
  await page.getByText('Researcher is an AI.').waitFor();
  const asked = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name, startTime }) => ({ path: new URL(name).pathname, startTime })),
    );
  // Also what comes late comes.
  await expect.poll(async () => (await asked()).map(({ path }) => path).join()).toMatch(/unseen-parts/);
  const seen = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]!.startTime);
  const before = (await asked()).filter(({ startTime }) => startTime < seen).map(({ path }) => path);
  expect(
    before.filter((path) => /unseen-parts|shared-with-me|dictate-button|answer-announcer|get-session/.test(path)),
  ).toEqual([]);
  expect(before.filter((path) => path.startsWith('/api/')).length).toBeLessThan(5);
});
