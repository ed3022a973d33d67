export interface CellSpan {
  isHeader: boolean;
  /** How many columns and rows it spans. */
  columns: number;
  rows: number;
}

/** The lines of a cell, alone when it spans nothing, as a table can have a million. */
export type TableCell = string | { text: string; span: CellSpan };

export const textOfCell = (cell: TableCell): string => (typeof cell === 'string' ? cell : cell.text);

const maxColumns = 256;

/** A table of Markdown, its first row as the header; undefined when it has one column, as it then only arranges a page. */
export function markdownTable(rows: TableCell[][]): string[] | undefined {
  const grid = layOut(rows);
  const columns = grid.reduce((most, row) => Math.max(most, row.length), 0);
  if (columns < 2) return undefined;
  return grid.flatMap((row, index) => {
    const cells = Array.from({ length: columns }, (_, column) => row[column] ?? '');
    const line = `| ${cells.join(' | ')} |`;
    return index === 0 ? [line, `|${' --- |'.repeat(columns)}`] : [line];
  });
}

interface HeldCell {
  text: string;
  rowsLeft: number;
}

/** Every cell under its heading: a spanning heading stands over all of its columns, a spanning value beside all of its rows. */
function layOut(rows: TableCell[][]): string[][] {
  const held: (HeldCell | undefined)[] = [];
  const grid = rows.map((cells) => {
    const line: string[] = [];
    const fillHeld = () => {
      for (let above = held[line.length]; above; above = held[line.length]) {
        above.rowsLeft -= 1;
        if (above.rowsLeft === 0) held[line.length] = undefined;
        line.push(above.text);
      }
    };
    for (const cell of cells) {
      fillHeld();
      const text = oneLine(textOfCell(cell));
      if (typeof cell === 'string') {
        if (line.length < maxColumns) line.push(text);
        continue;
      }
      const { columns, rows, isHeader } = cell.span;
      for (let column = 0; column < columns && line.length < maxColumns; column += 1) {
        const shown = column === 0 || isHeader ? text : '';
        if (rows > 1) held[line.length] = { text: shown, rowsLeft: rows - 1 };
        line.push(shown);
      }
    }
    fillHeld();
    return line;
  });
  return grid.filter((line) => line.some((text) => text !== ''));
}

/** A row of Markdown is one line. */
function oneLine(text: string): string {
  return (text.includes('\n') ? text.replace(/\n+/g, ' ') : text).replaceAll('|', '\\|');
}
