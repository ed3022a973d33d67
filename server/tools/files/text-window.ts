/** Text handed to the model in one call, in characters. */
export const windowCharacters = 40_000;
export const defaultLines = 1000;
export const maxLines = 5000;
const maxMatches = 50;
const matchCharacters = 300;

/** The lines of one answer: from `offset` (counted from 1) until the limit of lines or characters. */
export interface TextWindow {
  lines: string[];
  first: number;
  /** All lines of the text, when they were counted. */
  total: number | undefined;
  isFull: boolean;
}

export function emptyWindow(first: number): TextWindow {
  return { lines: [], first, total: undefined, isFull: false };
}

/** Adds a line unless the window is full; the first one always fits. */
export function addLine(window: TextWindow, line: string, limit: number, used: { characters: number }): void {
  if (window.isFull) return;
  const fits = window.lines.length < limit && used.characters + line.length + 1 <= windowCharacters;
  if (!fits) {
    window.isFull = true;
    return;
  }
  window.lines.push(line);
  used.characters += line.length + 1;
}

/** Collects the lines that contain a text, whatever the case of its letters. */
export function createFinder(text: string) {
  const needle = text.toLowerCase();
  const matches: string[] = [];
  let isFull = false;
  return {
    matches,
    get isFull() {
      return isFull;
    },
    /** `where` names the place: "12" for a line, "page 3, line 12". */
    look(line: string, where: () => string) {
      const index = line.toLowerCase().indexOf(needle);
      if (index < 0 || isFull) return;
      if (matches.length === maxMatches) {
        isFull = true;
        return;
      }
      matches.push(`${where()}: ${excerpt(line, index, text.length)}`);
    },
  };
}

function excerpt(line: string, index: number, length: number): string {
  if (line.length <= matchCharacters) return line;
  const start = Math.max(0, index - Math.floor((matchCharacters - length) / 2));
  const end = Math.min(line.length, start + matchCharacters);
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}
