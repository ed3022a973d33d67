const separators: [character: string, name: string][] = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  [',', 'commas'],
  ['|', 'bars'],
];
const sampledLines = 20;
const maxHeaderLength = 2000;

/** How a file of separated values is laid out. */
export interface CsvLayout {
  /** "CSV, separated by semicolons" */
  description: string;
  header: string;
  /** Counted from 1. */
  headerLine: number;
}

/** The layout of a file of separated values, by its name and first lines. Undefined for other files. */
export function csvLayout(path: string, lines: string[]): CsvLayout | undefined {
  if (!/\.(csv|tsv|tab|psv)$/i.test(path)) return undefined;
  // Excel lets the first line tell the separator.
  const told = /^\uFEFF?sep=(.)$/i.exec(lines[0] ?? '')?.[1];
  const headerLine = lines.findIndex((line, index) => line.trim() !== '' && !(index === 0 && told)) + 1;
  const header = lines[headerLine - 1]?.replace(/^\uFEFF/, '') ?? '';
  const separator = separators.find(([character]) => character === told) ?? guess(lines.slice(headerLine - 1));
  if (headerLine === 0 || !separator || header.length > maxHeaderLength) return undefined;
  return { description: `CSV, separated by ${separator[1]}`, header, headerLine };
}

/** The character that splits the most lines into as many cells as the first one. */
function guess(lines: string[]): [string, string] | undefined {
  const sample = lines.filter((line) => line !== '').slice(0, sampledLines);
  const scores = separators.map((separator) => {
    const counts = sample.map((line) => cellsIn(line, separator[0]));
    const first = counts[0] ?? 1;
    const alike = counts.filter((count) => count === first).length;
    return { separator, score: first > 1 ? alike * 100 + first : 0 };
  });
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score > 0 ? best.separator : undefined;
}

function cellsIn(line: string, separator: string): number {
  return line.replace(/"[^"]*"/g, '').split(separator).length;
}
