import type { Section } from '../../tools/files/extract/document.ts';
import { joinLines, type NumberedLine } from './pieces.ts';
import type { Passage } from './split-passages.ts';

interface Part {
  headings: string[];
  lines: NumberedLine[];
}

interface Headings {
  /** Lines that begin with `#` are headings. */
  isMarkdown: boolean;
  /** Those that a document names besides. */
  headings: Section[];
}

/** What stands below headings, divided by paragraphs; tables repeat their header row. */
export function splitLines(text: string, structure: Headings): Passage[] {
  return partsOf(text, structure).flatMap(({ headings, lines }) => {
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

function partsOf(text: string, { isMarkdown, headings }: Headings): Part[] {
  const parts: Part[] = [{ headings: [], lines: [] }];
  const named = new Map(headings.map((heading) => [heading.start, heading]));
  let isCode = false;
  let start = 0;
  text.split('\n').forEach((line, index) => {
    const plain = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (/^\s{0,3}(?:```|~~~)/.test(plain)) isCode = !isCode;
    const [, marks, written] = (!isCode && isMarkdown && /^(#{1,6})\s+(.*?)\s*#*$/.exec(plain)) || [];
    const name = named.get(start);
    start += line.length + 1;
    const title = name?.name ?? written;
    const level = name ? (name.level ?? 1) : (marks?.length ?? 0);
    const current = parts.at(-1);
    if (title === undefined || level === 0) {
      current?.lines.push({ number: index + 1, text: plain });
      return;
    }
    const above = (current?.headings ?? []).slice(0, level - 1);
    while (above.length < level - 1) above.push('');
    // A heading with nothing of its own is said by those below it.
    const isEmpty = current?.lines.slice(1).every((one) => one.text.trim() === '') ?? true;
    const isAbove = (current?.headings.length ?? 0) < level;
    if (isEmpty && isAbove && (current?.headings.length ?? 0) > 0) parts.pop();
    // The heading's own line stays in the text: who reads the passage sees it, and a heading alone can be found.
    parts.push({ headings: [...above, title], lines: [{ number: index + 1, text: plain }] });
  });
  return parts;
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
