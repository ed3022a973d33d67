import { markdownTable, type TableCell } from '../shared/markdown-table.ts';

interface CellDefinition {
  continuesAbove: boolean;
  continuesLeft: boolean;
  /** Where the cell ends, in twips from the left. */
  edge: number;
}

interface RtfCell {
  text: string;
  edge: number;
}

/** Edges that lie closer together are one: programs round. */
const closeTwips = 30;
const plainCell = { continuesAbove: false, continuesLeft: false, edge: 0 };

/** Collects the cells of a table. How many columns a cell reaches over is told only by where it ends. */
export function createRtfTable() {
  let rows: RtfCell[][] = [];
  let cells: string[] = [];
  let definitions: CellDefinition[] = [];
  let definition: CellDefinition = { ...plainCell };

  function endRow() {
    const above = rows.at(-1) ?? [];
    const row: RtfCell[] = [];
    cells.forEach((cell, index) => {
      const { continuesAbove, continuesLeft, edge } = definitions[index] ?? { ...plainCell, edge: (index + 1) * 1000 };
      const merged = continuesAbove ? above.find((each) => isClose(each.edge, edge))?.text : undefined;
      const left = row.at(-1);
      if (continuesLeft && left) left.edge = edge;
      else row.push({ text: merged ?? cell, edge });
    });
    if (row.some(({ text }) => text !== '')) rows.push(row);
    cells = [];
  }

  return {
    get isEmpty() {
      return rows.length === 0 && cells.length === 0;
    },
    beginRow: () => void (definitions = []),
    mergeAbove: () => void (definition.continuesAbove = true),
    mergeLeft: () => void (definition.continuesLeft = true),
    endDefinition(edge: number) {
      definitions.push({ ...definition, edge });
      definition = { ...plainCell };
    },
    addCell: (text: string) => void cells.push(text),
    endRow,
    /** The table as Markdown; the next cell begins another one. */
    end(): string {
      endRow();
      const edges = edgesOf(rows);
      const lines = markdownTable(rows.map((row) => spanned(row, edges)));
      rows = [];
      return lines.join('\n');
    },
  };
}

function edgesOf(rows: RtfCell[][]): number[] {
  const sorted = rows
    .flat()
    .map(({ edge }) => edge)
    .toSorted((one, other) => one - other);
  return sorted.filter((edge, index) => index === 0 || !isClose(edge, sorted[index - 1] ?? 0));
}

function spanned(row: RtfCell[], edges: number[]): TableCell[] {
  let column = 0;
  return row.map(({ text, edge }) => {
    const end = edges.findIndex((each) => isClose(each, edge) || each > edge) + 1;
    const columns = Math.max(1, end - column);
    column += columns;
    return { text, columns };
  });
}

function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) < closeTwips;
}
