import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTelegramHtml } from '../../../testkit/telegram-double/html.ts';
import { maxCharacters, splitHtml } from './split-html.ts';
import { steadyText } from './steady-text.ts';
import { styleMarkdown } from './styled-markdown.ts';
import { plainText } from './styled-text.ts';

const render = (markdown: string, limit?: number) => splitHtml(styleMarkdown(markdown), limit).map((part) => part.html);
const withoutSpace = (text: string) => text.replaceAll(/\s+/g, '');

test('Markdown becomes the elements that Telegram knows', () => {
  const one = (markdown: string) => render(markdown).join('\n---\n');
  expect(one('# Big *news*')).toBe('<b>Big <i>news</i></b>');
  expect(one('**bold _and `code`_** ~~old~~')).toBe('<b>bold <i>and </i></b><code>code</code> <s>old</s>');
  expect(one('[a&b](https://x.example/?q="1"&r)')).toBe(
    '<a href="https://x.example/?q=&quot;1&quot;&amp;r">a&amp;b</a>',
  );
  expect(one('[here](javascript:alert(1))')).toBe('here (javascript:alert(1))');
  expect(one('[mail](mailto:a@b.example)')).toBe('mail (a@b.example)');
  expect(one('- a\n  1. b\n- [x] c')).toBe('• a\n   1. b\n☑ c');
  expect(one('> said\n> > deeper')).toBe('<blockquote>said\n\ndeeper</blockquote>');
  expect(one('```js\nif (a < b) {}\n```')).toBe('<pre><code class="language-js">if (a &lt; b) {}</code></pre>');
  expect(one('| a | b |\n|---|---|\n| 1 | 22 |')).toBe('<pre>a │ b\n──┼───\n1 │ 22</pre>');
  expect(one('<script>alert(1)</script> & <b>')).toBe('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;');
  expect(one(`| name | ${'wide '.repeat(10)} |\n|---|---|\n| x | y |`)).toMatch(/^• <b>name: <\/b>x\n {3}<b>wide/);
});

test('parts end where a reader would pause', () => {
  const paragraph = (letter: string) => `${letter.repeat(30)} end.`;
  expect(render(['a', 'b', 'c'].map(paragraph).join('\n\n'), 80)).toEqual([
    `${paragraph('a')}\n\n${paragraph('b')}`,
    paragraph('c'),
  ]);
  expect(render('One sentence here. Another sentence follows it', 30)).toEqual([
    'One sentence here. Another',
    'sentence follows it',
  ]);
  expect(render(`**${'x'.repeat(50)}**`, 30)).toEqual([
    `<b>${'x'.repeat(23)}</b>`,
    `<b>${'x'.repeat(23)}</b>`,
    '<b>xxxx</b>',
  ]);
  expect(render('', 30)).toEqual([]);
  expect(render('   \n\n ', 30)).toEqual([]);
});

const word = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-zA-Z0-9&<>"'.,;:!?]{1,12}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '🦞',
      '👨‍👩‍👧‍👦',
      'e\u0301',
      '\u{1F1E9}\u{1F1EA}',
      '中文字',
      '\ud83d',
      '&amp;',
      '</b>',
      '<a href="x">',
      '\u0000',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((list) => list.join(' '));
const inline = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    tie('node').map((text) => `**${text}**`),
    tie('node').map((text) => `_${text}_`),
    tie('node').map((text) => `~~${text}~~`),
    words.map((text) => `\`${text}\``),
    fc.tuple(tie('node'), fc.webUrl()).map(([text, url]) => `[${text}](${url})`),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `${left} ${right}`),
  ),
})).node as fc.Arbitrary<string>;
const block = fc.oneof(
  inline,
  inline.map((text) => `## ${text}`),
  fc.array(inline, { minLength: 1, maxLength: 6 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
  fc
    .array(inline, { minLength: 1, maxLength: 4 })
    .map((items) => items.map((item, depth) => `${'  '.repeat(depth)}- ${item}`).join('\n')),
  inline.map((text) => `> ${text.replaceAll('\n', '\n> ')}`),
  fc.tuple(words, fc.nat(80)).map(([code, repeats]) => `\`\`\`ts\n${`${code}\n`.repeat(repeats + 1)}\`\`\``),
  fc
    .tuple(words, words)
    .map(([left, right]) => `| a | b |\n|---|---|\n| ${left.replaceAll('|', '')} | ${right.replaceAll('|', '')} |`),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const markdown = fc.array(block, { minLength: 1, maxLength: 25 }).map((blocks) => blocks.join('\n\n'));

test('no part has more formatted pieces than Telegram shows', () => {
  const parts = render(Array.from({ length: 250 }, (_, index) => `**name${index}** \`code${index}\``).join('\n'));
  const elements = parts.map((part) => part.match(/<(b|code)>/g)?.length ?? 0);
  expect(Math.max(...elements)).toBeLessThanOrEqual(100);
  expect(elements.reduce((sum, count) => sum + count, 0)).toBe(500);
  expect(parts.join('\n')).toContain('<b>name249</b> <code>code249</code>');
});

test('every part is valid HTML within the limit, and all of the text survives', () => {
  fc.assert(
    fc.property(markdown, fc.constantFrom(maxCharacters, 1_000, 300), (text, limit) => {
      const runs = styleMarkdown(text.toWellFormed());
      const parts = splitHtml(runs, limit);
      let seen = '';
      for (const part of parts) {
        expect(part.html.length).toBeLessThanOrEqual(limit);
        expect(part.html.isWellFormed()).toBe(true);
        const parsed = parseTelegramHtml(part.html);
        expect(parsed.text).toBe(part.plain);
        expect(part.plain.trim()).not.toBe('');
        seen += part.plain;
      }
      expect(withoutSpace(seen)).toBe(withoutSpace(plainText(runs)));
    }),
    { numRuns: 300 },
  );
});

test('20,000 characters of nested Markdown, and text without any place to cut', () => {
  const nested = `- **bold _italic [link](https://example.com/?a=1&b=2) \`a < b\`_** 🦞\n\n> quote ~~x~~\n\n\`\`\`ts\n${'const x = "<&>";\n'.repeat(20)}\`\`\`\n\n`;
  for (const text of [
    nested.repeat(40),
    '🦞'.repeat(10_000),
    '&'.repeat(20_000),
    `**${'a\u0301'.repeat(10_000)}**`,
    `\`${'<'.repeat(9_000)}\``,
  ]) {
    const runs = styleMarkdown(text);
    const parts = splitHtml(runs);
    for (const part of parts) {
      expect(part.html.length).toBeLessThanOrEqual(maxCharacters);
      expect(parseTelegramHtml(part.html).text).toBe(part.plain);
    }
    expect(withoutSpace(parts.map((part) => part.plain).join(''))).toBe(withoutSpace(plainText(runs)));
  }
});

test('hostile Markdown is rendered in bounded time', () => {
  for (const text of [
    '>'.repeat(50_000),
    '*'.repeat(50_000),
    '['.repeat(50_000),
    '- '.repeat(20_000),
    '`a'.repeat(20_000),
  ]) {
    const before = process.threadCpuUsage();
    const parts = splitHtml(styleMarkdown(text));
    expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(5_000);
    expect(parts.length).toBeGreaterThan(0);
  }
});

test('a growing answer shows whole sentences and lines only', () => {
  expect(steadyText('Too short. ')).toBe('');
  expect(steadyText('This is one sentence. And half of')).toBe('This is one sentence.');
  expect(steadyText('A line that is whole\n- an item that is ha')).toBe('A line that is whole');
  expect(steadyText('Here is the code:\n```ts\nconst a = 1; const')).toBe('Here is the code:\n```ts');
  expect(steadyText(`Without an end ${'word '.repeat(60)}half`)).toMatch(/word$/);
});
