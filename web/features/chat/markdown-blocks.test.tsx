import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { drawMarkdown, type MarkdownParts } from '../../ui/markdown/markdown-tree.tsx';
import { parseMarkdown } from '../../ui/markdown/parse-markdown.ts';
import { splitMarkdown } from './markdown-blocks.ts';

const parts: MarkdownParts = {
  code: (code, language) => <pre lang={language}>{code}</pre>,
  image: (url, alternative) => `[${alternative}](${url})`,
  link: (url, children) => <a href={url}>{children}</a>,
  table: (rows) => <table>{rows}</table>,
  task: (checked) => (checked ? '[x]' : '[ ]'),
};

const render = (text: string) => renderToStaticMarkup(drawMarkdown(parseMarkdown(text), parts));
const renderBlocks = (text: string) => splitMarkdown(text).map(render).join('');
const squeeze = (html: string) => html.replaceAll(/\n+/g, '\n').trim();

describe('splitting Markdown', () => {
  test('cuts between paragraphs, headings, tables and code', () => {
    const text =
      '# Title\n\nText\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst a = 1;\n\nconst b = 2;\n```\n\nEnd';
    expect(splitMarkdown(text)).toHaveLength(5);
  });

  test('keeps a code block whole while its end has not arrived', () => {
    expect(splitMarkdown('```\none\n\ntwo\n\n- three')).toHaveLength(1);
  });

  test('reads the same as the whole text', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '',
        'Text',
        '- item',
        '  - nested',
        '1. first',
        '2) second',
        '> quote',
        '```js',
        '```',
        '~~~~',
        '# H',
      ),
      fc.constantFrom(
        '| a | b |',
        '|---|---|',
        '    indented',
        '\ttab',
        '---',
        '**bold**',
        '[a]: https://example.com',
        '[a]',
      ),
      fc.constantFrom('  text', ' text', '* * *', '<b>raw</b>', '- [x] done', '+', '1.'),
    );
    const property = fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join('\n');
      expect(squeeze(renderBlocks(text))).toBe(squeeze(render(text)));
    });
    fc.assert(property, { numRuns: 400 });
  });
});
