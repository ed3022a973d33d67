/** The shortest beginning of an answer that is worth a message. */
const shortest = 20;
/** A tail without the end of a sentence is held back up to this length. */
const maxTailLength = 240;

/**
 * As much of a growing answer as reads well now: whole lines and sentences, so that no half word and no half markup
 * shows. Empty while there is too little.
 */
export function steadyText(text: string): string {
  const lastLine = text.lastIndexOf('\n') + 1;
  const isInCode = (text.match(/^[^\S\n]*(```|~~~)/gm)?.length ?? 0) % 2 === 1;
  let end = lastLine;
  if (!isInCode) {
    for (const { index, 0: match } of text.slice(lastLine).matchAll(/[.!?…:]["'”’)*_]*\s/g)) {
      end = lastLine + index + match.length;
    }
    if (text.length - end > maxTailLength) end = Math.max(end, text.lastIndexOf(' ') + 1);
  }
  const steady = text.slice(0, end).trimEnd();
  return steady.length < shortest ? '' : steady;
}
