/** What spreadsheets split at, and what ends a line for some of them. */
const separator = /[,;\t|\r\n"]/;
const formulaStart = /^[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫]/;
const amount = /^[+-]?[\d.,\s%€$£]+$/;

/** Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is preceded by a single quote; numbers are none. */
export function tableCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(cellCsv).join(',')).join('\r\n');
}

function cellCsv(text: string): string {
  const cell = text.trim();
  const guarded = formulaStart.test(cell) && !amount.test(cell) ? `'${cell}` : cell;
  return separator.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
