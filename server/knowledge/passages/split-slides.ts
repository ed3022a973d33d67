import { joinLines } from './pieces.ts';
import type { Passage } from './split-passages.ts';

/** One passage for each slide, more where it holds much; its first line is its heading. */
export function splitSlides(text: string): Passage[] {
  const slides: { number: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const number = /^\[Slide (\d+)\]/.exec(line)?.[1];
    if (number !== undefined) slides.push({ number, lines: [] });
    else slides.at(-1)?.lines.push(line);
  }
  return slides.flatMap(({ number, lines }) => {
    const heading = lines.find((line) => line.trim() !== '')?.trim() ?? '';
    return joinLines(lines.map((line, at) => ({ number: at + 1, text: line }))).map((piece) => ({
      place: `slide ${number}`,
      heading: heading.slice(0, 200),
      text: piece.text,
    }));
  });
}
