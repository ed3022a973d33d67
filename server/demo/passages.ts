/** A sentence, list item or table row of a document that was read, with its place. */
export interface Passage {
  path: string;
  text: string;
  /** Headings above it, column names, and the file's name. */
  around: string;
  /** The nearest heading. */
  heading: string;
  place: string;
  /** By which it is cited, where tools number passages. */
  number: number | undefined;
  /** Column names and cells, for rows. */
  row?: { columns: string[]; cells: string[] };
}

interface Line {
  number: number;
  text: string;
  cited: number | undefined;
}

/** Takes apart what pinchy_read answered. Undefined when it was no file but a refusal or an error. */
export function readPassages(output: string): { path: string; passages: Passage[] } | undefined {
  const [header = '', ...rest] = output.split('\n');
  const [, path, shown, cited] = /^File: (.+) \(([^()]*)\)(?: \[(\d+)\])?$/.exec(header) ?? [];
  if (!path || shown === undefined) return undefined;
  const first = Number(/lines (\d+)/.exec(shown)?.[1] ?? 1);
  const lines = numberedLines(rest, { first, cited: cited === undefined ? undefined : Number(cited) });
  const passages = shown.startsWith('PDF')
    ? readPages(lines)
    : shown.startsWith('Excel')
      ? readSheets(lines)
      : path.endsWith('.csv')
        ? readRows(
            lines.map((line) => ({ place: `line ${line.number}`, number: line.cited, cells: cellsOf(line.text) })),
          )
        : readMarkdown(lines);
  const name = path.replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  return { path, passages: passages.map((passage) => ({ ...passage, path, around: `${name} ${passage.around}` })) };
}

/** The lines of the document, without those that number its passages. */
function numberedLines(texts: string[], from: { first: number; cited: number | undefined }): Line[] {
  let { first: number, cited } = from;
  return texts.flatMap((text) => {
    if (/^\[(There is more|The document is longer)/.test(text)) return [];
    const own = /^\[(\d+)\]$/.exec(text)?.[1];
    if (own !== undefined) {
      cited = Number(own);
      return [];
    }
    const onPage = /^(\[Page \d+\].*) \[(\d+)\]$/.exec(text);
    if (onPage) cited = Number(onPage[2]);
    const line = { number, text: onPage?.[1] ?? text, cited };
    number += 1;
    return [line];
  });
}

type Found = Omit<Passage, 'path'>;

function readMarkdown(lines: Line[]): Found[] {
  const found: Found[] = [];
  const headings: string[] = [];
  let columns: string[] = [];
  let paragraph: Line[] = [];
  const add = (text: string, place: string, number: number | undefined) =>
    found.push({ text, place, number, heading: headings.at(-1) ?? '', around: headings.join(' ') });
  const endParagraph = () => {
    for (const { text, place, number } of sentencesOf(paragraph)) add(text, place, number);
    paragraph = [];
  };
  for (const line of lines) {
    const text = line.text.trim();
    const [, marks, title] = /^(#{1,6})\s+(.*)$/.exec(text) ?? [];
    const cells = /^\|(.*)\|$/
      .exec(text)?.[1]
      ?.split('|')
      .map((cell) => cell.trim());
    if (!cells) columns = [];
    if (marks && title !== undefined) {
      endParagraph();
      headings.length = Math.min(headings.length, marks.length - 1);
      headings.push(title);
    } else if (cells) {
      endParagraph();
      const heading = headings.at(-1) ?? '';
      if (columns.length === 0) columns = cells;
      else if (!cells.every((cell) => /^:?-+:?$/.test(cell)))
        found.push({
          ...rowOf(columns, cells, { place: `line ${line.number}`, number: line.cited }),
          heading,
          around: [...headings, ...columns].join(' '),
        });
    } else if (text === '') endParagraph();
    else if (/^([-*]|\d+\.)\s/.test(text)) {
      endParagraph();
      add(text.replace(/^([-*]|\d+\.)\s+/, ''), `line ${line.number}`, line.cited);
    } else paragraph.push(line);
  }
  endParagraph();
  return found;
}

/** Sentences of lines that belong together, with the lines they stand on. */
function sentencesOf(lines: Line[]): { text: string; place: string; number: number | undefined }[] {
  const text = lines.map((line) => line.text.trim()).join(' ');
  const starts: number[] = [];
  let position = 0;
  for (const line of lines) {
    starts.push(position);
    position += line.text.trim().length + 1;
  }
  const lineAt = (index: number) => lines[starts.findLastIndex((start) => start <= index)];
  return [...text.matchAll(/\S.*?(?:[.!?](?=\s|$)|$)(?<!\b(?:Dr|Mr|Mrs|No|e\.g|i\.e)\.)/g)].map((match) => {
    const first = lineAt(match.index);
    const [from, to] = [first?.number, lineAt(match.index + match[0].length - 1)?.number];
    return { text: match[0], place: from === to ? `line ${from}` : `lines ${from}-${to}`, number: first?.cited };
  });
}

function readPages(lines: Line[]): Found[] {
  const found: Found[] = [];
  let page = '1';
  let heading = '';
  let open = '';
  let number: number | undefined;
  for (const { text, cited } of lines) {
    const mark = /^\[Page (\d+)\]/.exec(text)?.[1];
    if (mark) page = mark;
    else if (open === '' && text.length < 50 && !/[.!?:,;]$/.test(text)) heading = text;
    else {
      if (open === '') number = cited;
      open = open ? `${open} ${text}` : text;
    }
    if (open && (mark || /[.!?]$/.test(open))) {
      found.push({ text: open, place: `page ${page}`, number, heading, around: heading });
      open = '';
    }
  }
  if (open) found.push({ text: open, place: `page ${page}`, number, heading, around: heading });
  return found;
}

function readSheets(lines: Line[]): Found[] {
  const found: Found[] = [];
  let sheet = '';
  let rows: PlacedRow[] = [];
  const endSheet = () => {
    found.push(...readRows(rows).map((row) => ({ ...row, around: `${sheet} ${row.around}`, heading: sheet })));
    rows = [];
  };
  for (const { text, cited } of lines) {
    const name = /^\[(.+)\]$/.exec(text)?.[1];
    const [number, ...cells] = text.split('\t');
    if (name) {
      endSheet();
      sheet = name;
    } else if (cells.length > 0) rows.push({ place: `sheet "${sheet}", row ${number}`, number: cited, cells });
  }
  endSheet();
  return found;
}

interface PlacedRow {
  place: string;
  number: number | undefined;
  cells: string[];
}

function readRows([header, ...rows]: PlacedRow[]): Found[] {
  const columns = header?.cells ?? [];
  return rows
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ cells, ...at }) => ({ ...rowOf(columns, cells, at), heading: '', around: columns.join(' ') }));
}

const rowOf = (columns: string[], cells: string[], at: { place: string; number: number | undefined }) => ({
  text: cells.join(' '),
  ...at,
  row: { columns, cells },
});

/** The cells of one line of CSV. */
function cellsOf(line: string): string[] {
  const cells = line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g);
  const values = [...cells].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
  // The pattern also finds the nothing behind the last cell.
  return line.endsWith(',') ? values : values.slice(0, -1);
}
