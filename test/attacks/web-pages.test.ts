import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sanitiseFilename } from '../../server/tools/files/upload-name.ts';
import { readPage } from '../../server/tools/web/readable-page.ts';
import { createRobots } from '../../server/tools/web/robots.ts';
import { startWebDouble, type WebDouble } from '../../testkit/web-double.ts';

// Texts made to be slow. Time is counted on the processor, so that a busy machine fails nothing.

let web: WebDouble;
beforeAll(async () => {
  web = await startWebDouble();
});
afterAll(() => web.close());

async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('a page of the web', () => {
  test.each([
    ['links on one line', '<a href=x>a</a>'.repeat(200_000)],
    ['links in links', '<a href=x>a'.repeat(200_000)],
    ['blanks before the end of a line', `<pre>${' '.repeat(2_000_000)}x</pre>`],
    ['cells', '<td>'.repeat(500_000)],
    ['tags that never end', '<b>'.repeat(1_000_000)],
    ['tags that begin only', '<'.repeat(2_000_000)],
    ['attributes that begin only', '<p '.repeat(700_000)],
    ['ends without a beginning', '</p>'.repeat(500_000)],
  ])('costs no more than its size: %s', async (_name, html) => {
    expect(await processorTime(() => readPage(html, 'https://example.com/'))).toBeLessThan(6_000);
  });

  test('keeps its links, also those with markup within, and leaves out the outer of nested ones', async () => {
    const { text } = await readPage(
      '<p>See <a href="/a"><b>the</b> manual</a> and <a href="/b"></a>more.</p><pre>code  \n x</pre>',
      'https://example.com/',
    );
    expect(text).toBe('See [the manual](https://example.com/a) and more.\n\n```\ncode  \n x\n```');
  });
});

describe('a robots.txt', () => {
  const allowed = (robots: string, path: string) => {
    web.robots = robots;
    return createRobots()
      .requireAllowed(new URL(path, web.url), {
        policy: { allowPrivate: true },
        signal: AbortSignal.timeout(60_000),
      })
      .then(
        () => true,
        () => false,
      );
  };

  test('of half a megabyte of wildcards costs little', async () => {
    const robots = `User-agent: *\n${`Disallow: /${'*a'.repeat(50)}b\n`.repeat(4_500)}`;
    expect(await processorTime(() => allowed(robots, `/${'a'.repeat(1_900)}`))).toBeLessThan(1_500);
  });

  test('with many wildcards forbids rather more than less', async () => {
    const robots = `User-agent: *\n${'Disallow: /x*y\n'.repeat(2_000)}Disallow: /private*z\n`;
    expect(await allowed(robots, '/private/a')).toBe(false);
    expect(await allowed(robots, '/public')).toBe(true);
    expect(await allowed('User-agent: *\nDisallow: /a*z\n', '/a/b')).toBe(true);
    expect(await allowed('User-agent: *\nDisallow: /a*z\n', '/a/z')).toBe(false);
  });
});

test('a filename made to be slow costs little, and loses what no file may begin or end with', async () => {
  expect(await processorTime(() => sanitiseFilename(`a${'. '.repeat(100_000)}x`))).toBeLessThan(1_000);
  expect(sanitiseFilename(' ..a. .b.. .')).toBe('a. .b');
  expect(sanitiseFilename('...')).toBe('file');
});
