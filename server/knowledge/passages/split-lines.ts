import { joinLines, type NumberedLine } from './pieces.ts';
import type { Passage } from './split-passages.ts';

interface Section {
  headings: string[];
  lines: NumberedLine[];
}

/** Sections below headings of Markdown, divided by paragraphs; tables repeat their header row. */
export function splitLines(text: string, { hasHeadings }: { hasHeadings: boolean }): Passage[] {
  return sectionsOf(text, hasHeadings).flatMap(({ headings, lines }) => {
    const heading = headings
      .filter((one) => one !== '')
      .join(' › ')
      .slice(0, 400);
    return withTableHeaders(joinLines(lines)).map((piece) => ({
      place: `line ${piece.number}`,
      heading,
      text: piece.text,
    }));
  });
}

function sectionsOf(text: string, hasHeadings: boolean): Section[] {
  const sections: Section[] = [{ headings: [], lines: [] }];
  let isCode = false;
  text.split('\n').forEach((line, index) => {
    const plain = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (/^\s{0,3}(?:```|~~~)/.test(plain)) isCode = !isCode;
    const [, marks, title] = (!isCode && hasHeadings && /^(#{1,6})\s+(.*?)\s*#*$/.exec(plain)) || [];
    const current = sections.at(-1);
    if (marks === undefined || title === undefined) {
      current?.lines.push({ number: index + 1, text: plain });
      return;
    }
    const above = (current?.headings ?? []).slice(0, marks.length - 1);
    while (above.length < marks.length - 1) above.push('');
    // A heading with nothing of its own is said by those below it.
    const isEmpty = current?.lines.slice(1).every((one) => one.text.trim() === '') ?? true;
    const isAbove = (current?.headings.length ?? 0) < marks.length;
    if (isEmpty && isAbove && (current?.headings.length ?? 0) > 0) sections.pop();
    // The heading's own line stays in the text: who reads the passage sees it, and a heading alone can be found.
    sections.push({ headings: [...above, title], lines: [{ number: index + 1, text: plain }] });
  });
  return sections;
}

function withTableHeaders(pieces: NumberedLine[]): NumberedLine[] {
  let header = '';
  return pieces.map((piece) => {
    const lines = piece.text.split('\n');
    const continues = header !== '' && lines[0]?.startsWith('|') && !/^\|[\s:|-]+\|$/.test(lines[1] ?? '');
    const text = continues ? `${header}\n${piece.text}` : piece.text;
    const rule = lines.findLastIndex((line) => /^\|[\s:|-]+\|$/.test(line));
    if (rule > 0)
      header = lines
        .slice(rule - 1, rule + 1)
        .join('\n')
        .slice(0, 600);
    else if (!lines.at(-1)?.startsWith('|')) header = '';
    return { number: piece.number, text };
  });
}
