import { markdownTable, type TableCell } from '../shared/markdown-table.ts';
import { romanNumber } from '../shared/roman-number.ts';

type CellSpan = Omit<TableCell, 'text'>;

/** Lines of a part of the page: of the whole, of a table's cell, of what may be a menu. */
interface Part {
  lines: string[];
  /** Of the line that is being written; joined once, as cutting a growing line would cost its square. */
  pieces: string[];
  prefix: string;
  characters: number;
  /** Of them, within links. */
  linked: number;
  hasHeading: boolean;
}

interface List {
  /** Undefined for bullets. */
  next: number | undefined;
  type: string;
}

interface Table {
  rows: TableCell[][];
  /** It only arranges the page. */
  isLayout: boolean;
}

const blocks = new Set(
  'p div section article main header footer aside form fieldset legend h1 h2 h3 h4 h5 h6 pre blockquote dl dt dd figure figcaption hr br address details summary center caption tr option title body'.split(
    ' ',
  ),
);
const spaced = new Set('p table blockquote dl figure details section article h1 h2 h3 h4 h5 h6 hr'.split(' '));
/** Deeper tables and lists are read as if they were plain. */
const maxTables = 20;
const maxIndent = 8;
const menuLinkShare = 0.7;

const emptyPart = (): Part => ({ lines: [], pieces: [], prefix: '', characters: 0, linked: 0, hasHeading: false });

export type PageWriter = ReturnType<typeof createPageWriter>;

/** Writes Markdown from the events of a page; not meant to be turned back into HTML. */
export function createPageWriter() {
  let part = emptyPart();
  const parts: Part[] = [part];
  const mainLines: string[] = [];
  const lists: List[] = [];
  const tables: (Table | undefined)[] = [];
  const cells: (CellSpan | undefined)[] = [];
  const links: { part: Part; start: number; address: string | undefined }[] = [];
  let pre = 0;
  let quotes = 0;
  let characters = 0;
  let pictures = 0;
  let isUnselected = false;

  /** One empty line between others is enough. */
  function gap() {
    if (part.lines.length > 0 && part.lines.at(-1) !== '') part.lines.push('');
  }

  function flush() {
    const line = part.pieces.join('');
    const text = pre > 0 ? line.trimEnd() : line.replace(/ {2,}/g, ' ').trim();
    part.pieces = [];
    if (text === '') return;
    const isHeading = part.prefix.startsWith('#');
    const safe = part.prefix === '' && pre === 0 ? text.replace(/^(?=#{1,6} )/, '\\') : text;
    const indent = isHeading || cells.length > 0 ? '' : indentOf(part.prefix);
    part.lines.push('> '.repeat(Math.min(quotes, maxIndent)) + indent + part.prefix + safe);
    part.prefix = '';
    if (isHeading) gap();
  }

  function indentOf(prefix: string): string {
    const depth = Math.min(prefix === '' ? lists.length : Math.max(0, lists.length - 1), maxIndent);
    return '  '.repeat(depth);
  }

  function begin() {
    flush();
    part = emptyPart();
    parts.push(part);
  }

  /** Ends a part; what was in it is the caller's. */
  function finish(): Part {
    flush();
    const finished = parts.length > 1 ? parts.pop() : undefined;
    part = parts.at(-1) ?? part;
    return finished ?? emptyPart();
  }

  function append(finished: Part) {
    part.characters += finished.characters;
    part.linked += finished.linked;
    part.hasHeading ||= finished.hasHeading;
    appendLines(finished.lines);
  }

  function appendLines(lines: string[]) {
    for (const line of lines) {
      if (line === '') gap();
      else part.lines.push(line);
    }
  }

  function fence() {
    if (cells.length === 0) part.lines.push('```');
  }

  function endTable() {
    const table = tables.pop();
    if (!table) return;
    const rows = table.rows.filter((row) => row.length > 0);
    const isTable = !table.isLayout && rows.some((row) => row.length > 1 || (row[0]?.columns ?? 1) > 1);
    gap();
    if (isTable) appendLines(markdownTable(rows));
    else {
      for (const row of rows) {
        for (const cell of row) {
          const lines = cell.text.split('\n');
          appendLines(lines);
          if (row.length > 1 || lines.length > 1) gap();
        }
      }
    }
    gap();
  }

  function endCell() {
    const span = cells.pop();
    if (!span) return;
    const { lines, characters: written, linked, hasHeading } = finish();
    part.characters += written;
    part.linked += linked;
    const table = tables.at(-1);
    if (!table) return;
    if (hasHeading && lines.length > 2) table.isLayout = true;
    let row = table.rows.at(-1);
    if (!row) table.rows.push((row = []));
    const text = lines.length === 1 ? (lines[0] ?? '') : lines.join('\n').trim();
    row.push(span.columns === 1 && span.rows === 1 ? { text } : { text, ...span });
  }

  function mark(name: string, isOpening: boolean) {
    if (name === 's' || name === 'strike' || name === 'del') part.pieces.push('~~');
    else if (name === 'sup' && isOpening) part.pieces.push('^');
    else if (name === 'q') part.pieces.push(isOpening ? '“' : '”');
    else if (name === 'rt') part.pieces.push(isOpening ? '(' : ')');
  }

  return {
    get characters() {
      return characters;
    },
    open(name: string) {
      if (blocks.has(name)) flush();
      if (spaced.has(name) && cells.length === 0 && lists.length === 0) gap();
      const heading = /^h([1-6])$/.exec(name)?.[1];
      if (heading) {
        part.prefix = `${'#'.repeat(Number(heading))} `;
        part.hasHeading = true;
      } else if (name === 'blockquote') quotes += 1;
      else if (name === 'tr') tables.at(-1)?.rows.push([]);
      else if (name === 'pre') {
        gap();
        fence();
        pre += 1;
      } else mark(name, true);
    },
    close(name: string) {
      switch (name) {
        case 'a':
          endLink();
          return;
        case 'td':
        case 'th':
          endCell();
          return;
        case 'table':
          flush();
          endTable();
          return;
        case 'ol':
        case 'ul':
          flush();
          lists.pop();
          if (lists.length === 0 && cells.length === 0) gap();
          return;
        case 'li':
          flush();
          return;
        case 'option':
          isUnselected = false;
      }
      if (blocks.has(name)) flush();
      if (name === 'pre' && pre > 0) {
        pre -= 1;
        fence();
        gap();
      } else if (name === 'blockquote') quotes = Math.max(0, quotes - 1);
      else mark(name, false);
      if (spaced.has(name) && cells.length === 0 && lists.length === 0) gap();
    },
    text(text: string) {
      if (isUnselected) return;
      const seen = text.replace(/[\u00ad\u200b\ufeff]/g, '');
      characters += seen.length;
      if (pre > 0) {
        const [head = '', ...rest] = seen.split('\n');
        part.pieces.push(head);
        for (const next of rest) {
          const line = part.pieces.join('').trimEnd();
          part.lines.push(line);
          part.pieces = [next];
        }
        return;
      }
      const line = seen.replace(/\s+/g, ' ');
      const visible = line.trim().length;
      part.characters += visible;
      if (links.length > 0) part.linked += visible;
      part.pieces.push(line);
    },
    openLink(address: string | undefined) {
      links.push({ part, start: part.pieces.length, address });
    },
    openList(numbering: { start: number; type: string } | null) {
      flush();
      if (lists.length === 0 && cells.length === 0) gap();
      lists.push({ next: numbering?.start, type: numbering?.type ?? '' });
    },
    openItem(value: number | undefined) {
      flush();
      const list = lists.at(-1);
      if (list?.next === undefined) part.prefix = '- ';
      else {
        const number = value ?? list.next;
        part.prefix = `${numberText(number, list.type)}. `;
        list.next = number + 1;
      }
    },
    openTable(isLayout: boolean) {
      flush();
      const outer = tables.at(-1);
      if (outer) outer.isLayout = true;
      tables.push(tables.length < maxTables ? { rows: [], isLayout } : undefined);
    },
    openCell(span: CellSpan) {
      const isInTable = tables.at(-1) !== undefined;
      cells.push(isInTable ? span : undefined);
      if (isInTable) begin();
      else flush();
    },
    openOption(isSelected: boolean) {
      isUnselected = !isSelected;
    },
    picture(alternative: string) {
      pictures += 1;
      const text = alternative.replace(/\s+/g, ' ').trim();
      if (text !== '') part.pieces.push(`[picture: ${text}]`);
    },
    beginMain: begin,
    endMain() {
      const main = finish();
      for (const line of main.lines) mainLines.push(line);
      mainLines.push('');
      append(main);
    },
    beginMenu: begin,
    endMenu() {
      const menu = finish();
      if (menu.linked < menu.characters * menuLinkShare || menu.characters === 0) append(menu);
    },
    end() {
      // What a page that is cut has not closed.
      while (cells.length > 0 || tables.length > 0) {
        if (cells.length >= tables.length) endCell();
        else endTable();
      }
      while (parts.length > 1) append(finish());
      flush();
      return { text: textOf(part.lines), mainText: textOf(mainLines), pictures };
    },
  };

  function endLink() {
    const link = links.pop();
    if (!link || link.part !== part || link.start > part.pieces.length) return;
    const label = part.pieces.splice(link.start).join('');
    const shown = label.trim();
    // Inside another link, or when the text is the address, the address is left out.
    const isPlain = link.address === undefined || links.length > 0 || shown === '' || isAddress(shown, link.address);
    part.pieces.push(isPlain ? label : label.replace(shown, () => `[${shown}](${link.address})`));
  }
}

function isAddress(label: string, address: string): boolean {
  const plain = (text: string) => text.replace(/^(https?:\/\/|mailto:|tel:)/i, '').replace(/\/$/, '');
  return plain(label) === plain(address);
}

function textOf(lines: string[]): string {
  return lines.join('\n').trim();
}

/** As lists are numbered: 3, c, C, iii, III. */
function numberText(number: number, type: string): string {
  if (number < 1 || number > 3999) return String(number);
  if (type === 'a' || type === 'A') {
    let letters = '';
    for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
      letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
    }
    return type === 'a' ? letters : letters.toUpperCase();
  }
  if (type === 'i' || type === 'I') return type === 'I' ? romanNumber(number) : romanNumber(number).toLowerCase();
  return String(number);
}
