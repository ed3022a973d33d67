/** A cell and how far it reaches over its neighbours. */
export interface TableCell {
  text: string;
  columns?: number;
  rows?: number;
}

/** Longer texts are not repeated in the rows and columns that their cell reaches over. */
const repeatedCharacters = 80;
const maxColumns = 300;

/**
 * Rows of Markdown in which each cell stands under its heading. What a merged cell holds is said in each row that it reaches over,
 * so that every row can be read for itself.
 */
export function markdownTable(rows: TableCell[][]): string[] {
  const grid = gridOf(rows);
  const width = grid.reduce((widest, row) => Math.max(widest, row.length), 0);
  if (width === 0) return [];
  const lines = grid.map(
    (row) => `| ${Array.from({ length: width }, (_, column) => escaped(row[column])).join(' | ')} |`,
  );
  lines.splice(1, 0, `|${' --- |'.repeat(width)}`);
  return lines;
}

function gridOf(rows: TableCell[][]): string[][] {
  const grid: string[][] = [];
  /** By column: what reaches down into the coming rows. */
  let reaching: { text: string; rows: number }[] = [];
  for (const row of rows) {
    const line: string[] = [];
    const next: { text: string; rows: number }[] = [];
    const fill = () => {
      for (let above = reaching[line.length]; above && above.rows > 0; above = reaching[line.length]) {
        next[line.length] = { ...above, rows: above.rows - 1 };
        line.push(above.text);
      }
    };
    const isWholeRow = row.length === 1;
    for (const { text, columns = 1, rows: height = 1 } of row) {
      fill();
      const short = text.length <= repeatedCharacters;
      for (let offset = 0; offset < Math.max(1, columns || 1) && line.length < maxColumns; offset += 1) {
        if (height > 1) next[line.length] = { text: short && offset === 0 ? text : '', rows: height - 1 };
        line.push(offset === 0 || (short && !isWholeRow) ? text : '');
      }
    }
    fill();
    grid.push(line);
    reaching = next;
  }
  return grid;
}

function escaped(text: string | undefined): string {
  return (text ?? '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
}
