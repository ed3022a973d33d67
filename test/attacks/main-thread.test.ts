import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRobots } from '../../server/tools/web/robots.ts';
import { readPage } from '../../server/tools/web/readable-page.ts';
import { createAdmin, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';
import { measureMaxBusyMs } from '../measure-max-busy.ts';

// What a person can send or name to keep the thread busy that serves everybody. Twice the promised 50 ms: a machine that
// is busy with other tests has its caches emptied.

const maxMs = 100;

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({ environment: { RATE_LIMIT_API_PER_MINUTE: '100000' } });
  admin = await createAdmin(server.app);
});
afterAll(async () => {
  await server?.close();
});

const size = 1024 ** 2 - 200;
const filled = (make: (index: number) => string, characters = size) => {
  const parts: string[] = [];
  for (let length = 0; length < characters - 40; length += parts.at(-1)!.length + 1) parts.push(make(parts.length));
  return parts.join(',');
};

describe('a body of a megabyte', () => {
  const bodies: Record<string, string> = {
    'of unknown fields': `{${filled((index) => `"k${index}":1`)}}`,
    'of fields named alike': `{${filled(() => '"name":"x"')}}`,
    'of numbers': `[${filled(() => '1')}]`,
    'of texts where tools stand': `{"allowedTools":[${filled((index) => `"a${index}"`)}]}`,
    'of objects': `{"allowedTools":[${filled(() => '{}')}]}`,
    'of brackets': `{"name":${'['.repeat(size / 2 - 10)}${']'.repeat(size / 2 - 10)}}`,
    'of open brackets': '[{"a":'.repeat(size / 6),
    'of blanks in a name': `{"name":"a${' '.repeat(size - 60)}b","templateId":"custom"}`,
    'of escapes': `{"name":"${'\\u0000'.repeat(size / 6 - 10)}"}`,
  };
  test.each(Object.keys(bodies))('%s', async (name) => {
    for (const [method, url] of [
      ['POST', '/api/agents'],
      ['PUT', '/api/users/me/context'],
    ] as const) {
      let answer = { statusCode: 0, body: '' };
      const busy = await measureMaxBusyMs(async () => {
        answer = await server.app.inject({
          method,
          url,
          headers: { 'content-type': 'application/json', cookie: admin.cookie },
          payload: bodies[name]!,
        });
      });
      expect(answer.statusCode, answer.body.slice(0, 200)).toBe(400);
      expect(answer.body.length).toBeLessThan(20_000);
      expect(busy).toBeLessThan(maxMs);
    }
  });
});

describe('a page of four megabytes', () => {
  const pages: Record<string, string> = {
    'of text': '<p>' + 'word '.repeat(800_000),
    'of paragraphs': '<p>a'.repeat(1_000_000),
    'of links': '<a href="/a">b</a>'.repeat(230_000),
    'of line breaks': '<br>'.repeat(1_000_000),
    'of empty lines': '<pre>' + '\n'.repeat(4_000_000),
    'of spaces': '<p>' + ' '.repeat(4_000_000),
    'in one attribute': `<a href="${'x'.repeat(4_000_000)}">b</a>`,
  };
  test.each(Object.keys(pages))('%s', async (name) => {
    // What runs for the first time is compiled meanwhile. A collection of the tests' own garbage may fall into it.
    await readPage(pages[name]!.slice(0, 200_000), 'https://example.com/');
    expect(await measureMaxBusyMs(() => readPage(pages[name]!, 'https://example.com/'))).toBeLessThan(1.5 * maxMs);
  });
});

test('a robots.txt of half a megabyte', async () => {
  const text = `${Array.from({ length: 20_000 }, (_each, index) => `User-agent: a${index}\n`).join('')}${'Disallow: /\n'.repeat(10_000)}`;
  const files: Record<string, [string, boolean]> = {
    'many names above many rules': [text, true],
    'many wildcards': [`User-agent: *\n${`Disallow: /${'*a'.repeat(20)}b$\n`.repeat(8_000)}`, false],
    'many groups': ['User-agent: *\nDisallow: /private\nCrawl-delay: 1\n\n'.repeat(9_000), true],
    'many rules': [`User-agent: PinchyBot\n${'Disallow: /x\n'.repeat(38_000)}`, false],
  };
  for (const [name, [content, isAllowed]] of Object.entries(files)) {
    let allowed = false;
    const busy = await measureMaxBusyMs(async () => {
      allowed = readRobots(
        'https://example.com/robots.txt',
        content,
      )(new URL(`https://example.com/${'a'.repeat(1_900)}`));
    });
    expect(busy, name).toBeLessThan(maxMs);
    expect(allowed, name).toBe(isAllowed);
  }
});

test('robots.txt is read as it was, by whom its groups name', () => {
  const allows = (text: string, path = '/page') =>
    readRobots('https://example.com/robots.txt', text)(new URL(`https://example.com${path}`));
  expect(allows('User-agent: Other\nDisallow: /')).toBe(true);
  expect(allows('User-agent: Other\nUser-agent: PinchyBot/2.0 # us\nDisallow: /')).toBe(false);
  expect(allows('User-agent: *\nCrawl-delay: 3\nUser-agent: PinchyBot\nDisallow: /')).toBe(false);
  expect(allows('User-agent: *\nDisallow: /\nUser-agent: pinchybot\nAllow: /')).toBe(true);
  expect(allows('User-agent: *\nCrawl-delay: 3\nUser-agent: Other\nDisallow: /')).toBe(true);
  expect(allows('\uFEFFUser-agent: *\r\nDisallow: /page')).toBe(false);
  expect(allows('Disallow: /')).toBe(true);
});

test('the metrics have every queue in which work waits for its turn', async () => {
  const root = join(import.meta.dirname, '../../server');
  const files = readdirSync(root, { recursive: true }).map(String);
  const sources = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'));
  const names = sources.flatMap((source) =>
    [...source.matchAll(/createFairQueue\(\{\s*name: '([^']+)'/g)].map(([, name]) => name),
  );
  const calls = sources.flatMap((source) => [...source.matchAll(/(?<!function )createFairQueue\(/g)]);
  expect(names.length).toBe(calls.length);
  const { text } = await request(server.app, 'GET', '/metrics');
  const found = [...text.matchAll(/^pinchy_queue_waiting\{queue="([^"]+)"\}/gm)].map(([, name]) => name);
  expect(found.toSorted()).toEqual(names.toSorted());
});

test('the metrics say for how long the thread was busy, and what waits', async () => {
  const metrics = async () => (await request(server.app, 'GET', '/metrics')).text;
  const read = (text: string, name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  await metrics();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const end = performance.now() + 400;
  while (performance.now() < end);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const text = await metrics();
  expect(read(text, 'pinchy_event_loop_blocked_seconds')).toBeGreaterThan(0.3);
  expect(text).toMatch(/^pinchy_queue_waiting\{queue="hashing"\} 0$/m);
  expect(text).toMatch(/^pinchy_queue_running\{queue="documents"\} 0$/m);
});
