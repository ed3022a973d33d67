/** Text handed to the model in one call, in characters. */
export const windowCharacters = 40_000;
export const defaultLines = 1000;
export const maxLines = 5000;

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
