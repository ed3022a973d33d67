/** A passage grows to this many characters by whole paragraphs. */
export const passageCharacters = 1_400;
/** A single paragraph stays whole up to this. */
const paragraphCharacters = 2_400;
/** What is left over at an end and shorter than this goes to the passage before. */
const leftoverCharacters = 200;

export interface NumberedLine {
  number: number;
  text: string;
}

/**
 * Joins lines to pieces of a passage's size, broken between paragraphs where there are some, else between lines, and
 * within a line only when it is longer than a piece.
 */
export function joinLines(lines: NumberedLine[]): NumberedLine[] {
  const pieces: NumberedLine[] = [];
  let open: NumberedLine | undefined;
  for (const paragraph of paragraphsOf(lines).flatMap(divideParagraph)) {
    if (open && open.text.length + paragraph.text.length + 2 > passageCharacters) {
      pieces.push(open);
      open = undefined;
    }
    open = open ? { number: open.number, text: `${open.text}\n\n${paragraph.text}` } : paragraph;
  }
  const previous = pieces.at(-1);
  if (open && previous && open.text.length < leftoverCharacters) {
    pieces[pieces.length - 1] = { number: previous.number, text: `${previous.text}\n\n${open.text}` };
  } else if (open) pieces.push(open);
  return pieces;
}

function paragraphsOf(lines: NumberedLine[]): NumberedLine[][] {
  const paragraphs: NumberedLine[][] = [];
  let open: NumberedLine[] = [];
  for (const line of lines) {
    if (line.text.trim() !== '') open.push(line);
    else if (open.length > 0) {
      paragraphs.push(open);
      open = [];
    }
  }
  if (open.length > 0) paragraphs.push(open);
  return paragraphs;
}

function divideParagraph(lines: NumberedLine[]): NumberedLine[] {
  const [first] = lines;
  if (!first) return [];
  const whole = lines.map((line) => line.text).join('\n');
  if (whole.length <= paragraphCharacters) return [{ number: first.number, text: whole }];
  const pieces: NumberedLine[] = [];
  let open: NumberedLine | undefined;
  for (const part of lines.flatMap(divideLine)) {
    if (open && open.text.length + part.text.length + 1 > passageCharacters) {
      pieces.push(open);
      open = undefined;
    }
    open = open ? { number: open.number, text: `${open.text}\n${part.text}` } : part;
  }
  if (open) pieces.push(open);
  return pieces;
}

/** At the ends of sentences, else of words, else anywhere. */
function divideLine({ number, text }: NumberedLine): NumberedLine[] {
  const parts: NumberedLine[] = [];
  let rest = text;
  while (rest.length > passageCharacters) {
    const head = rest.slice(0, passageCharacters);
    const sentence = Math.max(...['. ', '! ', '? ', '; ', '。', '！', '？'].map((end) => head.lastIndexOf(end)));
    const word = head.lastIndexOf(' ');
    const end = [sentence + 1, word + 1].find((at) => at > passageCharacters / 2) ?? passageCharacters;
    parts.push({ number, text: rest.slice(0, end).trim().toWellFormed() });
    rest = rest.slice(end);
  }
  if (rest.trim() !== '') parts.push({ number, text: rest.trim() });
  return parts;
}
