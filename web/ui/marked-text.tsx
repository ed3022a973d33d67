interface MarkedTextProps {
  text: string;
  words: string;
  /** Where one line has to do: characters, about, that stay before what was looked for. */
  lead?: number;
}

/** A text with what was looked for marked, in upper or lower case. */
export function MarkedText({ text: whole, words, lead = Infinity }: MarkedTextProps) {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return whole;
  const at = whole.toLowerCase().indexOf(wanted);
  // A short line stays whole.
  const text = cutBefore(whole, Math.min(at - lead, whole.length - 3 * lead));
  const parts: React.ReactNode[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  // Where other letters are longer in lower case nothing can be told by place.
  for (
    let next = lower.indexOf(wanted);
    next >= 0 && lower.length === text.length;
    next = lower.indexOf(wanted, from)
  ) {
    parts.push(text.slice(from, next), <mark key={next}>{text.slice(next, next + wanted.length)}</mark>);
    from = next + wanted.length;
  }
  return [...parts, text.slice(from)];
}

/** At a word, where one begins soon. */
function cutBefore(text: string, place: number): string {
  if (place <= 1) return text;
  const space = text.indexOf(' ', place);
  return `…${text.slice(space >= 0 && space < place + 12 ? space + 1 : place)}`;
}
