export interface Passage {
  start: number;
  end: number;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

const maxPlaces = 8;
const maxRun = 200;
/** Fewer words in a row than this are shared by any two texts. */
const fewestWords = 4;

/** Where the longest run of words stands in a text that an answer has as well; undefined when they share none worth showing. */
export function findPassage(text: string, answer: string): Passage | undefined {
  const said = wordsOf(answer);
  const places = new Map<string, number[]>();
  for (let index = 0; index + fewestWords <= said.length; index += 1) {
    const key = keyAt(said, index);
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
  }
  const read = wordsOf(text);
  let best: { from: number; length: number } | undefined;
  for (let from = 0; from + fewestWords <= read.length; from += 1) {
    const candidates = places.get(keyAt(read, from))?.slice(0, maxPlaces) ?? [];
    const length = Math.max(0, ...candidates.map((place) => sharedLength(read, from, said, place)));
    if (length > (best?.length ?? 0)) best = { from, length };
    // What starts within a run is part of it.
    from += Math.max(0, length - fewestWords);
  }
  const first = best && read[best.from];
  const last = best && read[best.from + best.length - 1];
  return first && last && { start: first.start, end: last.end };
}

function sharedLength(read: Word[], from: number, said: Word[], place: number): number {
  let length = 0;
  while (length < maxRun && read[from + length] && read[from + length]?.text === said[place + length]?.text)
    length += 1;
  return length;
}

const keyAt = (words: Word[], index: number) =>
  words
    .slice(index, index + fewestWords)
    .map(({ text }) => text)
    .join(' ');

/** Words and figures, without the marks of Markdown between them. */
function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), ({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}
