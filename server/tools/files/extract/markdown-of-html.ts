const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

interface List {
  isOrdered: boolean;
  count: number;
}

/**
 * Turns the small, well-formed HTML that mammoth writes (headings, paragraphs, lists, tables, bold, italic, links) into
 * Markdown. Not for HTML of others.
 */
export function markdownOfHtml(html: string): string {
  const writer = createWriter();
  for (const [token] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    if (!token.startsWith('<')) {
      writer.text(token.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => entities[entity] ?? entity));
      continue;
    }
    const [, slash, name] = /^<(\/?)([a-z0-9]+)/.exec(token) ?? [];
    if (name === undefined) continue;
    if (slash) writer.close(name);
    else writer.open(name);
  }
  return writer.end();
}

function createWriter() {
  const blocks: string[] = [];
  const lists: List[] = [];
  let line = '';
  let prefix = '';
  let tableDepth = 0;
  let cells: string[] = [];
  let rowCount = 0;

  function flush(separator = '\n\n') {
    const text = line.trim();
    line = '';
    // Inside a table's cell a paragraph ends with a blank, as a row of Markdown is one line.
    if (tableDepth > 0) line = text === '' ? '' : `${text} `;
    else if (text !== '') blocks.push(prefix + text, separator);
    if (tableDepth === 0) prefix = '';
  }

  function endRow() {
    if (cells.length === 0) return;
    blocks.push(`| ${cells.join(' | ')} |`, '\n');
    if (rowCount === 0) blocks.push(`|${' --- |'.repeat(cells.length)}`, '\n');
    rowCount += 1;
    cells = [];
  }

  const opening: Record<string, () => void> = {
    ul: () => void (flush('\n'), lists.push({ isOrdered: false, count: 0 })),
    ol: () => void (flush('\n'), lists.push({ isOrdered: true, count: 0 })),
    li: () => {
      flush('\n');
      const list = lists.at(-1);
      if (list) list.count += 1;
      if (tableDepth === 0)
        prefix = '  '.repeat(Math.max(0, lists.length - 1)) + (list?.isOrdered ? `${list.count}. ` : '- ');
    },
    table: () => {
      flush();
      tableDepth += 1;
      if (tableDepth === 1) rowCount = 0;
    },
    br: () => void (line += tableDepth > 0 ? ' ' : '\n'),
    strong: () => void (line += '**'),
    em: () => void (line += '_'),
  };
  const closing: Record<string, () => void> = {
    p: () => flush(lists.length > 0 ? '\n' : '\n\n'),
    li: () => flush('\n'),
    ul: () => void (lists.pop(), lists.length === 0 && blocks.push('\n')),
    ol: () => void (lists.pop(), lists.length === 0 && blocks.push('\n')),
    td: () => endCell(),
    th: () => endCell(),
    tr: () => void (tableDepth === 1 && endRow()),
    table: () => {
      tableDepth -= 1;
      if (tableDepth === 0) blocks.push('\n');
    },
    strong: () => void (line += '**'),
    em: () => void (line += '_'),
  };

  function endCell() {
    if (tableDepth > 1) return;
    cells.push(
      line
        .trim()
        .replace(/\s*\n\s*/g, ' ')
        .replaceAll('|', '\\|'),
    );
    line = '';
  }

  return {
    open(name: string) {
      const heading = /^h([1-6])$/.exec(name)?.[1];
      if (heading && tableDepth === 0) {
        flush();
        prefix = `${'#'.repeat(Number(heading))} `;
      }
      opening[name]?.();
    },
    close(name: string) {
      if (/^h[1-6]$/.test(name)) flush();
      else closing[name]?.();
    },
    text: (text: string) => void (line += text),
    end() {
      tableDepth = 0;
      flush();
      return blocks
        .join('')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
    },
  };
}
