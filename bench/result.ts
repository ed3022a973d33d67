/** One measured figure. Rates, ratios and counts are to reach at least their target; everything else at most. */
export interface Result {
  name: string;
  value: number;
  unit: 'ms' | 's' | 'MB' | 'kB' | '%' | '/s' | '×' | 'of all' | 'count';
  target?: number;
  /** The same work without Pinchy, measured in the same run, in the same unit. */
  baseline?: number;
  /** Processor time of server and PostgreSQL together for it, in milliseconds. */
  cpuMs?: number;
  /** How long the calibration took just before, in milliseconds. */
  calibrationMs?: number;
  note?: string;
}

const atLeast = new Set<Result['unit']>(['/s', '×', 'of all']);

export function isMet({ value, unit, target }: Result): boolean | undefined {
  if (target === undefined) return undefined;
  return atLeast.has(unit) ? value >= target : value <= target;
}

const milliseconds: Partial<Record<Result['unit'], number>> = { ms: 1, s: 1_000 };

/** A Markdown table, aligned so that it reads well in a terminal too. */
export function formatTable(results: Result[]): string {
  const header = ['what', 'measured', 'processor time', 'calibrations', 'baseline in the same run', 'target', 'met'];
  const rows = results.map((result) => {
    const { name, value, unit, target, baseline, cpuMs, calibrationMs, note } = result;
    const met = isMet(result);
    return [
      note ? `${name} (${note})` : name,
      `${format(value)} ${unit}`,
      cpuMs === undefined ? '' : `${format(cpuMs)} ms`,
      calibrationMs === undefined || !(unit in milliseconds)
        ? ''
        : format((value * (milliseconds[unit] ?? 0)) / calibrationMs),
      baseline === undefined ? '' : `${format(baseline)} ${unit}, ratio ${format(value / baseline)}`,
      target === undefined ? '' : `${atLeast.has(unit) ? '≥' : '≤'} ${format(target)} ${unit}`,
      met === undefined ? '' : met ? 'yes' : '**no**',
    ];
  });
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? title).length)),
  );
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

function format(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** The value that this share of all values does not exceed; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** How long the work takes, in milliseconds. */
export async function measure(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The median duration of several rounds, in milliseconds, after one that does not count. */
export async function measureMedian(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  return median(await measureEach(rounds, work));
}

/** How long each of several rounds takes, one after the other, in milliseconds. */
export async function measureEach(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await measure(work));
  return times;
}
