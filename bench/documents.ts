import { createFilePlayground, type FilePlayground } from '../test/files/file-fixtures.ts';
import type { BenchContext } from './bench-context.ts';
import { makeSample, type Sample, wordsOf } from './document-samples.ts';
import { writers } from './document-writers.ts';
import { measure, median, type Result } from './result.ts';
import { readChildrenMemory } from './server-process.ts';

const filesEach = 6;
const sampleEveryMs = 50;
const megabyte = 1024 * 1024;

/** How much of what a person sees in a document of each kind an agent gets to read, as fast and with how much memory. */
export async function benchDocuments(context: BenchContext): Promise<Result[]> {
  const files = await createFilePlayground();
  context.onEnd(() => files.remove());
  // The first worker loads what all others find loaded.
  await measureKind(files, 'docx');
  const results: Result[] = [];
  for (const ending of Object.keys(writers)) results.push(...(await measureKind(files, ending)));
  return results;
}

/** Of this process, which asks, and those that read, in bytes. */
const memoryOfReading = () => process.memoryUsage.rss() + readChildrenMemory(process.pid, /extract-worker/) * 1e6;

async function measureKind(files: FilePlayground, ending: string): Promise<Result[]> {
  const writer = writers[ending];
  if (!writer) return [];
  const times: number[] = [];
  const before = memoryOfReading();
  let highest = before;
  const sampling = setInterval(() => (highest = Math.max(highest, memoryOfReading())), sampleEveryMs);
  const counts = { words: 0, found: 0, tables: 0, whole: 0, unseen: 0 };
  let refusal: string | undefined;
  for (let number = 0; number < filesEach; number += 1) {
    const sample = makeSample(number, { letters: !writer.isAscii });
    await files.put(`data/hr/sample-${number}.${ending}`, writer.write(sample));
    let text = '';
    times.push(
      await measure(async () => {
        text = await readWhole(files, `/data/hr/sample-${number}.${ending}`).catch((error: Error) => {
          refusal = error.message;
          return '';
        });
      }),
    );
    count(sample, text, counts);
  }
  clearInterval(sampling);
  const name = `documents, ${writer.name} (.${ending})`;
  const note = refusal && `refused: ${refusal.slice(0, 80)}`;
  return [
    {
      name: `${name}: visible words found`,
      value: counts.found / counts.words,
      unit: 'of all',
      target: 0.99,
      ...(note && { note }),
    },
    ...(writer.hasTables === false
      ? []
      : [
          {
            name: `${name}: tables whose cells stay under their heading`,
            value: counts.whole / counts.tables,
            unit: 'of all',
            target: 0.95,
          } as const,
        ]),
    ...(ending === 'html' || ending === 'mht'
      ? [{ name: `${name}: words shown that nobody sees`, value: counts.unseen, unit: 'count', target: 0 } as const]
      : []),
    { name: `${name}: read to its end, p50 of ${filesEach}`, value: median(times), unit: 'ms', target: 1_500 },
    { name: `${name}: memory above that before`, value: (highest - before) / megabyte, unit: 'MB', target: 300 },
  ];
}

/** Reads as an agent does: part after part, as the last line of each says. */
async function readWhole(files: FilePlayground, path: string): Promise<string> {
  const parts: string[] = [];
  let next: { offset?: number; page?: number } | undefined = {};
  while (next) {
    const { text }: { text: string } = await files.read({ path, ...next });
    parts.push(text.slice(text.indexOf('\n') + 1));
    const more: RegExpExecArray | null =
      /\[There is more: go on with (?:page=(\d+))?(?:, )?(?:offset=(\d+))?\.\]$/.exec(text);
    next = more
      ? { ...(more[1] && { page: Number(more[1]) }), ...(more[2] && { offset: Number(more[2]) }) }
      : undefined;
  }
  return parts.join('\n');
}

function count(
  sample: Sample,
  text: string,
  counts: Record<'words' | 'found' | 'tables' | 'whole' | 'unseen', number>,
): void {
  const read = new Set(text.split(/[\s|;:,.#()[\]]+/));
  const words = wordsOf(sample);
  counts.words += words.length;
  counts.found += words.filter((word) => read.has(word)).length;
  counts.unseen += sample.unseen.filter((word) => text.includes(word)).length;
  const lines = text.split('\n').map(cellsOf);
  counts.tables += sample.tables.length;
  counts.whole += sample.tables.filter((table) => isWhole(table, lines)).length;
}

/** The cells of a line, whether it is a row of Markdown, of a sheet or of separated values. */
function cellsOf(line: string): string[] {
  const separator = line.startsWith('|') ? '|' : line.includes('\t') ? '\t' : ';';
  return line.split(separator).map((cell) => cell.trim());
}

/** Whether every value, also an empty one, stands where its heading stands. */
function isWhole([headings = [], ...rows]: string[][], lines: string[][]): boolean {
  const header = lines.find((cells) => headings.every((heading) => cells.includes(heading)));
  if (!header) return false;
  return rows.every((row) => {
    const line = lines.find((cells) => cells.includes(row[0] ?? ''));
    return (
      line !== undefined && row.every((value, column) => (line[header.indexOf(headings[column] ?? '')] ?? '') === value)
    );
  });
}
