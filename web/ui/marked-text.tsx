/** A text with what was looked for marked, in upper or lower case. */
export function MarkedText({ text, words }: { text: string; words: string }) {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return text;
  const parts: React.ReactNode[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  // Where other letters are longer in lower case nothing can be told by place.
  for (let at = lower.indexOf(wanted); at >= 0 && lower.length === text.length; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + wanted.length)}</mark>);
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
