import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { resolveAllowed } from '../../server/platform/address-guard.ts';
import { createWebTools } from '../../server/tools/web/web-tools.ts';
import { maxPdfBytes } from '../../server/tools/web/read-web-pdf.ts';
import type { ToolContext } from '../../server/tools/tool.ts';
import { braveKey, startBraveDouble, type BraveDouble } from '../../testkit/brave-double.ts';
import { pdfWithPages } from '../files/file-fixtures.ts';
import { startWebDouble, type WebDouble } from '../../testkit/web-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createAgentAtWork, type AgentAtWork } from '../odoo-fixture.ts';

// Real: the app, PostgreSQL, the tool gate, HTTP. Doubled: Brave Search and websites, on the loopback.

const tools = ['pinchy_web_search', 'pinchy_web_fetch'];
let server: TestApp;
let admin: TestUser;
let brave: BraveDouble;
let web: WebDouble;

beforeAll(async () => {
  brave = await startBraveDouble();
  server = await createTestApp({ environment: { BRAVE_API_URL: brave.url } });
  admin = await createAdmin(server.app);
});
beforeEach(async () => {
  web = await startWebDouble();
  return () => web.close();
});
afterAll(async () => {
  await server?.close();
  await brave?.close();
});

const worker = (options: { pluginConfig?: object; allowPrivate?: boolean } = {}): Promise<AgentAtWork> =>
  createAgentAtWork(server, admin, { tools, braveApiUrl: brave.url, ...options });

describe('searching', () => {
  test('needs a connection, uses its key, and stops when it is switched off or deleted', async () => {
    const agent = await worker();
    const search = (input: object = {}) => agent.call('pinchy_web_search', { query: 'lobsters', ...input });
    expect((await search()).state).toBe('denied');
    const body = { type: 'web-search', name: 'Brave', credentials: { apiKey: braveKey } };
    const created = await admin.request('POST', '/api/integrations', body);
    expect([created.status, created.body.credentials]).toEqual([201, { apiKey: '--------' }]);
    const found = await search({ count: 5 });
    expect(found).toMatchObject({ state: 'done', summary: 'Found 5 web results' });
    expect(found.output).toContain(
      '1. Result 1 & more\n   https://site-1.example/page (January 5, 2026)\n   About lobsters, part 1.',
    );
    expect(found.output).toContain('go on with page=2');
    expect((await search({ count: 5, page: 2 })).output).toContain('6. Result 6');
    expect(brave.requests.at(-1)?.token).toBe(braveKey);
    const last = (await agent.trail()).at(-1);
    expect(last).toMatchObject({ eventType: 'tool.pinchy_web_search', detail: { characters: 8, results: 5 } });
    expect(JSON.stringify(last)).not.toContain('lobsters');

    const url = `/api/agents/${agent.agentId}/integrations`;
    const off = { connectionId: created.body.id, enabled: false };
    expect((await admin.request('PATCH', url, { ...off, models: ['res.partner'] })).status).toBe(400);
    expect((await admin.request('PATCH', url, off)).status).toBe(200);
    expect((await search()).state).toBe('denied');
    await admin.request('PATCH', url, { ...off, enabled: true });
    expect((await search()).state).toBe('done');
    await admin.request('DELETE', `/api/integrations/${created.body.id}`);
    expect((await search()).state).toBe('denied');
  });

  test.each([
    ['rate', 'Wait a few seconds'],
    ['quota', 'no searches left'],
    ['server', 'status 500'],
  ] as const)('a %s error says what to do', async (kind, expected) => {
    const tool = searchTool();
    brave.failNext(kind);
    await expect(tool.execute({ query: 'x' }, contextOf())).rejects.toThrow(expected);
  });

  test('a refused key, and results on domains that the agent may not read', async () => {
    await expect(searchTool('wrong').execute({ query: 'x' }, contextOf())).rejects.toThrow('refused the API key');
    const result = await searchTool().execute({ query: 'x' }, contextOf({ web_denied_domains: ['site-2.example'] }));
    expect(result.text).not.toContain('site-2.example');
    expect(result.text).toContain('[1 results lie on domains');
  });
});

function searchTool(apiKey = braveKey) {
  const [tool] = createWebTools({
    braveApiUrl: brave.url,
    findSearchKey: async () => apiKey,
    policy: { allowPrivate: false },
  });
  if (!tool) throw new Error('no tool');
  return tool;
}

const contextOf = (pluginConfig: object = {}) =>
  ({ agentId: 'a', pluginConfig, signal: new AbortController().signal }) as unknown as ToolContext;

describe('reading', () => {
  const read = async (path: string, options?: object) =>
    (await worker()).call('pinchy_web_fetch', { url: web.url + path, ...options });

  test('gives the main part of a page as Markdown, without menus, scripts and hidden parts', async () => {
    const { output, state } = await read('/article');
    expect(state).toBe('done');
    expect(output).toContain('"Lobsters & crabs"');
    expect(output).toContain('# Lobsters');
    expect(output).toContain(`A lobster has ten legs. See [crabs](${web.url}/crabs).`);
    expect(output).toContain('- First\n- Second');
    expect(output).toContain('Kind | Legs');
    expect(output).toContain('```\nconst legs = 10;');
    for (const word of ['navigation', 'footer', 'script text', 'hidden', 'color:red'])
      expect(output).not.toContain(word);
  });

  test('reads text, JSON and other encodings; says what it cannot read', async () => {
    expect((await read('/text')).output).toContain('Just text.');
    expect((await read('/json')).output).toContain('{"legs":10}');
    expect((await read('/latin')).output).toContain('Grüße aus Köln');
    expect((await read('/empty')).output).toContain('no readable text');
    expect((await read('/image')).output).toContain('image/png');
    expect(await read('/missing')).toMatchObject({
      state: 'failed',
      output: expect.stringContaining('there is no such page'),
    });
    expect((await read('/broken')).state).toBe('done');
  });

  test('reads a PDF page by page, in parts, whatever its server calls it', async () => {
    const bytes = pdfWithPages(['Lobsters moult.', ...Array.from({ length: 200 }, (_, index) => `Part ${index + 2}.`)]);
    web.files.set('/a.pdf', { mediaType: 'application/pdf', bytes });
    web.files.set('/download', { mediaType: 'application/octet-stream', bytes });
    const first = await read('/a.pdf');
    expect(first.state).toBe('done');
    expect(first.output).toContain('[Page 1 of 201]\nLobsters moult.\n\n[Page 2 of 201]\nPart 2.');
    expect(first.output).toMatch(/Part 200\.\n\[The rest of the page could not be read\.\]$/);
    expect((await read('/download', { offset: 1_000 })).output).toContain('characters 1001-');
  });

  test('says of a PDF that is a scan, damaged or too large what it is, and reads larger PDFs than pages', async () => {
    web.files.set('/scan.pdf', { mediaType: 'application/pdf; x=y', bytes: pdfWithPages(['', '']) });
    web.files.set('/damaged.pdf', { mediaType: 'application/x-pdf', bytes: Buffer.from('%PDF-1.4 and no more') });
    web.files.set('/large.pdf', { mediaType: 'application/pdf', bytes: Buffer.alloc(maxPdfBytes + 1) });
    const padded = Buffer.concat([pdfWithPages(['Short text.']), Buffer.alloc(5 * 1024 * 1024, '\n')]);
    web.files.set('/padded.pdf', { mediaType: 'application/pdf', bytes: padded });
    const failed = (output: string) => ({ state: 'failed', output: expect.stringContaining(output) });
    expect(await read('/scan.pdf')).toMatchObject(failed('(a scan)'));
    expect(await read('/damaged.pdf')).toMatchObject(failed('is damaged or no valid PDF'));
    expect(await read('/large.pdf')).toMatchObject(failed('larger than 16,777,216 bytes'));
    expect((await read('/padded.pdf')).output).toContain('Short text.');
  });

  test('goes through long pages in parts, and stops at huge ones', async () => {
    const first = await read('/long');
    const next = Number(/go on with offset=(\d+)/.exec(first.output)?.[1]);
    expect(next).toBe(24_000);
    expect((await read('/long', { offset: next })).output).toContain('characters 24001-48000 of');
    expect((await read('/long', { offset: 9_000_000 })).output).toContain('beyond its end');
    expect((await read('/huge')).output).toContain('larger than');
  });

  test('names where it was without what was asked there, and identifies itself', async () => {
    const agent = await worker();
    await agent.call('pinchy_web_fetch', { url: `${web.url}/article?token=hunter2secret` });
    expect((await agent.trail()).at(-1)).toMatchObject({
      detail: { url: `${web.url}/article`, address: `${web.url}/article` },
    });
    expect(JSON.stringify(await agent.trail())).not.toContain('hunter2secret');
    expect(web.requests.at(-1)?.headers['user-agent']).toBe('PinchyBot/1.0');
  });
});

describe('robots.txt', () => {
  const visit = async (path: string) => (await worker()).call('pinchy_web_fetch', { url: web.url + path });

  test('is respected, also for our own name and for redirects', async () => {
    web.robots = 'User-agent: *\nDisallow: /article\nAllow: /article/free\n\nUser-agent: PinchyBot\nDisallow: /text\n';
    expect(await visit('/text')).toMatchObject({ state: 'failed', output: expect.stringContaining('robots.txt') });
    expect((await visit('/article')).state).toBe('done');
    expect((await visit('/redirect?to=/text')).state).toBe('failed');
    expect(web.requests.filter(({ path }) => path === '/text')).toEqual([]);
  });

  test('missing means allowed, broken means not', async () => {
    expect((await visit('/text')).state).toBe('done');
    web.robots = 503;
    expect(await visit('/text')).toMatchObject({
      state: 'failed',
      output: expect.stringContaining('nothing was read'),
    });
  });
});

describe('where an agent may go', () => {
  test('private addresses are denied, by number, by name and by redirect', async () => {
    const agent = await worker({ allowPrivate: false });
    for (const url of [
      web.url,
      `http://localhost:${web.port}/text`,
      'http://10.0.0.1/',
      'http://0x7f000001/',
      'file:///etc/passwd',
      'http://user:pw@example.com/',
    ]) {
      expect([url, (await agent.call('pinchy_web_fetch', { url })).state]).toEqual([url, 'denied']);
    }
    expect(web.requests).toEqual([]);
    const inside = await worker();
    const metadata = await inside.call('pinchy_web_fetch', {
      url: `${web.url}/redirect?to=http://169.254.169.254/latest/`,
    });
    expect(metadata.state).toBe('denied');
  });

  test('a name that answers public first and private second is never connected to the private address', async () => {
    let lookups = 0;
    const resolve = async () => [{ address: ++lookups === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }];
    const policy = { allowPrivate: false, resolve };
    const url = `http://rebinding.test:${web.port}/text`;
    expect(await resolveAllowed('rebinding.test', policy)).toEqual([{ address: '8.8.8.8', family: 4 }]);
    const [, fetchTool] = createWebTools({ braveApiUrl: brave.url, findSearchKey: async () => undefined, policy });
    await expect(fetchTool?.execute({ url }, contextOf())).rejects.toThrow(/not allowed/);
    expect(web.requests).toEqual([]);
  });

  test('lists of domains hold for subdomains and for redirects, and a denied one wins', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const [, fetchTool] = createWebTools({
      braveApiUrl: brave.url,
      findSearchKey: async () => undefined,
      policy: { allowPrivate: true, allowThisMachine: true, resolve },
    });
    const config = { web_allowed_domains: ['good.test'], web_denied_domains: ['bad.good.test'] };
    const go = async (host: string, path = '/text') => {
      const input = { url: `http://${host}:${web.port}${path}` };
      try {
        await fetchTool?.checkScope?.(input, contextOf(config));
        return (await fetchTool?.execute(input, contextOf(config)))?.summary;
      } catch (error) {
        return (error as Error).name;
      }
    };
    expect(await go('good.test')).toContain('good.test');
    expect(await go('www.good.test')).toContain('www.good.test');
    expect(await go('notgood.test')).toBe('ToolDenied');
    expect(await go('bad.good.test')).toBe('ToolDenied');
    expect(await go('deep.bad.good.test')).toBe('ToolDenied');
    const before = web.requests.length;
    expect(await go('good.test', `/redirect?to=http://evil.test:${web.port}/text`)).toBe('ToolDenied');
    expect(web.requests.slice(before).map(({ headers }) => headers.host)).not.toContain(`evil.test:${web.port}`);
  });

  test('lists are checked when they are saved', async () => {
    const agent = await worker();
    const save = (pluginConfig: object) => admin.request('PATCH', `/api/agents/${agent.agentId}`, { pluginConfig });
    expect((await save({ web_allowed_domains: ['Example.com '] })).body.pluginConfig).toEqual({
      web_allowed_domains: ['example.com'],
    });
    for (const domain of ['https://example.com', 'a b', '*.example.com', 'example.com/path', '']) {
      expect([domain, (await save({ web_denied_domains: [domain] })).status]).toEqual([domain, 400]);
    }
    expect((await agent.call('pinchy_web_fetch', { url: web.url })).state).toBe('denied');
  });
});
