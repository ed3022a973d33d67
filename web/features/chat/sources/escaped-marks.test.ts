import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { findMarks } from '../../../../contract/citations.ts';
import { markFormulas } from '../../../ui/markdown/mark-formulas.ts';
import { drawMarkdown, type MarkdownParts } from '../../../ui/markdown/markdown-tree.tsx';
import { parseMarkdown } from '../../../ui/markdown/parse-markdown.ts';
import { keepEscapedMarks } from './escaped-marks.ts';

/** What is drawn, with the numbers that texts cite in angle brackets. */
function draw(markdown: string, growing = false): string {
  const parts: MarkdownParts = {
    ...{ code: (code) => `code: ${code}`, image: () => '', table: () => '', task: () => '' },
    link: (_url, children) => children,
    text: (text) => text.replace(/.*/s, () => replaceMarks(text)),
  };
  const tree = drawMarkdown(parseMarkdown(markFormulas(keepEscapedMarks(markdown), growing)), parts);
  return renderToStaticMarkup(tree)
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('\u2060', '');
}

function replaceMarks(text: string): string {
  return findMarks(text).reduceRight(
    (done, { start, end, numbers }) => `${done.slice(0, start)}«${numbers.join()}»${done.slice(end)}`,
    text,
  );
}

test.each([
  ['They write “short \\[7]”, which is so [7].', 'They write “short [7]”, which is so «7».'],
  ['\\[7\\] begins a line [3].', '[7] begins a line «3».'],
  ['Code keeps it: `a\\[7]` [7].', 'Code keeps it: a\\[7] «7».'],
])('a number that is quoted is text, and one that is cited is none: %s', (markdown, drawn) => {
  expect(draw(markdown)).toBe(drawn);
  expect(draw(markdown, true)).toBe(drawn);
});
