import { withoutForeignNumbers } from '../citations/foreign-numbers.ts';
import type { Citations } from '../tool.ts';

/** A passage grows to this many characters, and ends at the next blank line or heading. */
const passageCharacters = 1_000;
/** Where there is none, it ends here. */
const maxPassageCharacters = 2_000;

/** Lines that a tool shows one after the other. */
export interface ShownPart {
  /** What stands above them in the tool's own words; the first number goes to the end of its first line. */
  head: string[];
  lines: string[];
  /** What people call the place of these lines, by their indexes. */
  placeOf(first: number, last: number): string;
  /** Whether a passage begins with this line in any case, or where the one before is long enough. */
  beginsAt?(index: number): 'passage' | 'heading' | undefined;
  /** The header row of the table that this line is part of. */
  headerAt?(index: number): string | undefined;
}

interface Span {
  first: number;
  last: number;
}

/**
 * The lines as the model reads them, with the number of each passage before it: on the line that the tool wrote above, or on one
 * of its own, so that lines of the document stay as they are. Without `citations` there are no numbers.
 */
export async function numberPassages(
  parts: ShownPart[],
  { path, citations }: { path: string; citations: Citations | undefined },
): Promise<string[]> {
  const spans = parts.map((part) => (citations ? divide(part) : []));
  const numbers = await Promise.all(
    parts.map((part, index) =>
      Promise.all(
        (spans[index] ?? []).map(({ first, last }) =>
          citations?.number({ path, place: part.placeOf(first, last), text: textOf(part, first, last) }),
        ),
      ),
    ),
  );
  return parts.flatMap((part, index) => {
    const own = (line: string) => (citations ? withoutForeignNumbers(line, path) : line);
    return withNumbers(part, spans[index] ?? [], { numbers: numbers[index] ?? [], own });
  });
}

function withNumbers(
  { head, lines }: ShownPart,
  spans: Span[],
  { numbers, own }: { numbers: (number | undefined)[]; own: (line: string) => string },
): string[] {
  const [title, ...rest] = head;
  const shown =
    title === undefined ? [] : [numbers[0] === undefined ? title : `${title} [${numbers[0]}]`, ...rest.map(own)];
  const marks = new Map(spans.map(({ first }, at) => [first, numbers[at]]));
  if (title !== undefined && spans[0]) marks.delete(spans[0].first);
  lines.forEach((line, at) => {
    const number = marks.get(at);
    if (number !== undefined) shown.push(`[${number}]`);
    shown.push(own(line));
  });
  return shown;
}

function divide({ lines, beginsAt, headerAt }: ShownPart): Span[] {
  const spans: Span[] = [];
  let open: Span | undefined;
  let length = 0;
  lines.forEach((line, at) => {
    if (line.trim() === '') {
      if (length > passageCharacters) open = undefined;
      return;
    }
    const begins = beginsAt?.(at);
    const isLong = length + line.length > maxPassageCharacters;
    if (begins === 'passage' || isLong || (begins === 'heading' && length > passageCharacters)) open = undefined;
    if (!open) {
      open = { first: at, last: at };
      spans.push(open);
      length = headerAt?.(at)?.length ?? 0;
    }
    open.last = at;
    length += line.length + 1;
  });
  return spans;
}

function textOf({ lines, headerAt }: ShownPart, first: number, last: number): string {
  const header = headerAt?.(first);
  const shown = lines.slice(first, last + 1);
  return (header === undefined || header === shown[0] ? shown : [header, ...shown]).join('\n');
}
