/** The letters and figures of a text, alike for composed, wide and accented ones, each with where it stands. */
export interface Letters {
  text: string;
  /** The index in the original of each character of `text`. */
  starts: number[];
  /** The index behind it. */
  ends: number[];
}

export interface TextRange {
  start: number;
  end: number;
}

export function lettersOf(text: string): Letters {
  let letters = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: character, index } of text.matchAll(/[\p{L}\p{N}]/gu)) {
    const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    letters += plain;
    for (let at = 0; at < plain.length; at += 1) {
      starts.push(index);
      ends.push(index + character.length);
    }
  }
  return { text: letters, starts, ends };
}

/** Where so many of the letters, from one on, stand in the original. */
export const rangeOf = ({ starts, ends }: Letters, first: number, length: number): TextRange => ({
  start: starts[first] ?? 0,
  end: ends[first + length - 1] ?? 0,
});
