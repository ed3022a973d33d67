import { markdownTable, type TableCell } from '../shared/markdown-table.ts';

interface CellDefinition {
  continuesAbove: boolean;
  continuesLeft: boolean;
}

/** Collects the cells of a table; its rows say at their end which cells are merged. */
export function createRtfTable() {
  let rows: TableCell[][] = [];
  let cells: string[] = [];
  let definitions: CellDefinition[] = [];
  let definition: CellDefinition = { continuesAbove: false, continuesLeft: false };
  let above: string[] = [];

  return {
    get isEmpty() {
      return rows.length === 0 && cells.length === 0;
    },
    beginRow: () => void (definitions = []),
    mergeAbove: () => void (definition.continuesAbove = true),
    mergeLeft: () => void (definition.continuesLeft = true),
    endDefinition() {
      definitions.push(definition);
      definition = { continuesAbove: false, continuesLeft: false };
    },
    addCell: (text: string) => void cells.push(text),
    endRow() {
      if (cells.length === 0) return;
      const texts: string[] = [];
      const row: TableCell[] = [];
      cells.forEach((cell, index) => {
        const { continuesAbove, continuesLeft } = definitions[index] ?? {};
        const text = continuesAbove ? (above[index] ?? cell) : cell;
        const left = row.at(-1);
        if (continuesLeft && left) left.columns = (left.columns ?? 1) + 1;
        else row.push({ text });
        texts.push(text);
      });
      if (texts.some((text) => text !== '')) rows.push(row);
      above = texts;
      cells = [];
    },
    /** The table as Markdown; the next cell begins another one. */
    end(): string {
      this.endRow();
      const lines = markdownTable(rows);
      rows = [];
      above = [];
      return lines.join('\n');
    },
  };
}
