import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

// Names, texts, headers, answers of models and of other servers go through patterns on the thread that serves everybody.
// One that looks on from each place of a long run takes the square of its length: such a pattern must not be written,
// whoever says today that its input is short. What workers run has limits of its own.

const root = join(import.meta.dirname, '../..');
const length = 20_000;
const fill = (piece: string) => piece.repeat(length / piece.length);
const runs: Record<string, string> = {
  blanks: `a${fill(' ')}b`,
  tabs: `x${fill('\t')}y`,
  'line ends': `${fill('\n')}x`,
  slashes: `${fill('/')}b`,
  backslashes: fill('\\'),
  dots: fill('a.'),
  letters: fill('a'),
  digits: `${fill('1')}x`,
  dashes: `${fill('-')}a`,
  lines: fill('_a'),
  commas: fill(',a'),
  colons: fill('a:'),
  quotes: fill('"'),
  brackets: fill('['),
  tags: fill('<'),
  'open tags': fill('<a '),
  stars: fill('*'),
  numbers: fill('#'),
  pipes: fill('|'),
  backticks: fill('`'),
  'lines of backticks': fill('`\n'),
  tildes: fill('~'),
  addresses: fill('https://'),
  keys: fill('sk-'),
  hyphens: fill('\u00ad '),
};
/** Patterns, as far as they stand between slashes where a value may. */
const literal =
  /(?<=[=(,:?|&[!{;]\s*|return )\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*)\/([dgimsuvy]*)/g;

test('no pattern of the server takes the square of what it looks at', () => {
  const sources = ['server', 'contract'].flatMap((directory) =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(root, directory, file),
    ),
  );
  const inWorkers = /\/(extract|fixtures|demo|cli)\/|worker|\.test\.|unwrap-markdown/;
  const patterns = new Map<string, { pattern: RegExp; file: string }>();
  for (const path of sources.filter((file) => file.endsWith('.ts') && !inWorkers.test(file))) {
    for (const [, source = '', flags = ''] of readFileSync(path, 'utf8').matchAll(literal)) {
      if (source.startsWith(' ')) continue;
      try {
        patterns.set(`/${source}/${flags}`, { pattern: new RegExp(source, flags), file: relative(root, path) });
      } catch {
        // Two divisions in one line.
      }
    }
  }
  expect(patterns.size).toBeGreaterThan(250);
  const slow: string[] = [];
  const spent = () => process.threadCpuUsage().user / 1_000;
  for (const [name, { pattern, file }] of patterns)
    for (const [run, text] of Object.entries(runs)) {
      const before = spent();
      text.replace(pattern, '');
      if (spent() - before > 60) slow.push(`${file}: ${name} on ${run}, ${(spent() - before).toFixed()} ms`);
    }
  expect(slow).toEqual([]);
}, 120_000);
