/** What stands behind a `/` up to the caret, and where in the text both stand. */
export interface Slash {
  query: string;
  start: number;
  end: number;
}

/** At the beginning of a line with spaces in it, elsewhere a word; never a path, a fraction or an address. */
const pattern = /(?:^|\n)\/([^\n/]{0,60})$|\s\/([^\s/]{0,60})$/;

/** The prompt that is being looked for, if one is. */
export function findSlash(text: string, caret: number): Slash | undefined {
  const found = pattern.exec(text.slice(0, caret));
  if (!found) return undefined;
  const query = found[1] ?? found[2] ?? '';
  return { query, start: caret - query.length - 1, end: caret };
}
