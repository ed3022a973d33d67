import { describe, expect, test } from 'vitest';
import { splitPassages } from './split-passages.ts';

const split = (format: string, ...pages: string[]) => splitPassages({ format, pages, firstPage: 1 });

describe('text with headings', () => {
  test('is divided below them, each with its path; a heading that only holds others is no passage', () => {
    const passages = split('Markdown', '# A\n\n## B\n\nOne.\n\n### C\nTwo.\n\n## D\n\nThree.\n\n# E\n');
    expect(passages.map(({ heading, place }) => [heading, place])).toEqual([
      ['A › B', 'line 3'],
      ['A › B › C', 'line 7'],
      ['A › D', 'line 10'],
      ['E', 'line 14'],
    ]);
  });

  test('takes no comment in code for a heading, and none at all in plain text', () => {
    expect(split('Markdown', 'Run:\n\n```sh\n# not a heading\n```\n')).toHaveLength(1);
    expect(split('Text', '# one\n# two\n')).toMatchObject([{ heading: '' }]);
  });

  test('keeps paragraphs whole, and repeats the header of a table that goes on', () => {
    const rows = Array.from({ length: 120 }, (_, index) => `| item ${index} | ${'x'.repeat(20)} |`);
    const passages = split('Word', ['| name | price |', '| --- | --- |', ...rows].join('\n'));
    expect(passages.length).toBeGreaterThan(2);
    for (const { text } of passages) expect(text.startsWith('| name | price |\n| --- | --- |\n')).toBe(true);
    const paragraph = 'One sentence. '.repeat(150).trim();
    expect(split('Text', `${paragraph}\n\nShort.`)[0]?.text).toContain(paragraph);
  });
});

test('pages are divided by page, and say nothing for a page without text', () => {
  const passages = split('PDF', 'First.', '(no text on this page; it may be a picture or a scan)', 'Third.');
  expect(passages.map(({ place, text }) => [place, text])).toEqual([
    ['page 1', 'First.'],
    ['page 3', 'Third.'],
  ]);
});

test('sheets are divided by rows, each passage with the sheet and its header row', () => {
  const rows = Array.from({ length: 100 }, (_, index) => `${index + 2}\tPart ${index}\t${'y'.repeat(30)}`);
  const passages = split('Excel', ['[Prices]', '1\tSKU\tPrice', ...rows, '', '[Notes]', '1\tNone'].join('\n'));
  expect(passages[0]?.place).toMatch(/^sheet Prices, rows 1–\d+$/);
  for (const { text, heading } of passages.slice(0, -1))
    expect([text.split('\n')[0], heading]).toEqual(['1\tSKU\tPrice', 'Prices']);
  expect(passages.at(-1)).toEqual({ place: 'sheet Notes, row 1', heading: 'Notes', text: '1\tNone' });
});

test('slides are divided by slide, with the title as heading', () => {
  expect(split('PowerPoint', '[Slide 1]\nResults\nGrowth in the north\n\n[Slide 2]\nOutlook\nFog')).toEqual([
    { place: 'slide 1', heading: 'Results', text: 'Results\nGrowth in the north' },
    { place: 'slide 2', heading: 'Outlook', text: 'Outlook\nFog' },
  ]);
});

test('nothing of a text is lost, and no passage is too long for a model', () => {
  const text = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(' ');
  const passages = split('Text', text);
  expect(passages.map((passage) => passage.text).join(' ')).toBe(text);
  for (const passage of passages) expect(passage.text.length).toBeLessThan(2_500);
});
