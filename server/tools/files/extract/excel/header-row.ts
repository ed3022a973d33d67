const lookedAt = 30;
/** A header row fills this share of the columns that the widest row fills. */
const share = 0.6;

/** A row that may be the header of those below it. */
export interface LeadingRow {
  number: number;
  cells: string[];
}

/** Keeps the first rows of a sheet and tells which of them names the columns. */
export function createHeaderSearch() {
  const rows: LeadingRow[] = [];
  return {
    add(number: number, cells: string[]) {
      if (rows.length < lookedAt) rows.push({ number, cells });
    },
    /** @param told the row that the sheet itself says is one: by a table, a filter, or frozen panes */
    find(told: number | undefined): LeadingRow | undefined {
      const row = rows.find(({ number }) => number === told);
      return row && row.cells.filter(isFilled).length > 1 ? row : guess(rows);
    },
  };
}

/** The first row that is as wide as the others, if it holds names. */
function guess(rows: LeadingRow[]): LeadingRow | undefined {
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.filter(isFilled).length));
  if (widest < 2 || rows.length < 2) return undefined;
  const first = rows.find(({ cells }) => cells.filter(isFilled).length >= Math.max(2, widest * share));
  return first && isHeader(first.cells.filter(isFilled)) ? first : undefined;
}

/** Dates name columns only where there are several of them. */
function isHeader(cells: string[]): boolean {
  return cells.every((cell) => isName(cell) || (cells.length > 3 && isDate(cell)));
}

function isDate(cell: string): boolean {
  return /^\d{4}-\d\d-\d\d|\(\d{4}-\d\d-\d\d\)$/.test(cell);
}

function isFilled(cell: string | undefined): boolean {
  return cell !== undefined && cell !== '';
}

/** Words, or a year: anything but an amount. */
function isName(cell: string): boolean {
  if (isDate(cell)) return false;
  return /^(19|20)\d\d$/.test(cell) || !/^[-+(]*\p{Sc}?\s*\d[\d.,:\s]*\p{Sc}?[%)]*$/u.test(cell);
}
