import type { ExtractedText } from '../document.ts';
import { type Relationship, relationshipsOf } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { createSlideText, noSlideText } from '../shared/slide-text.ts';
import { createTally } from '../shared/tally.ts';
import { childOf, childrenOf, readTree, type XmlElement } from '../xml-tree.ts';
import { readSlide } from './read-slide.ts';
import { readCommentAuthors } from './slide-comments.ts';
import { createBackgrounds } from './slide-background.ts';

interface NumberedSlide {
  part: string;
  number: number;
}

/**
 * The text of a presentation, `[Slide N]` before each slide, in the order in which they are shown: with tables, notes, comments
 * and the values of charts. (Format: ECMA-376 part 1, 19.)
 */
export async function extractPptx(archive: Archive, part: string): Promise<ExtractedText> {
  const relationships = await relationshipsOf(archive, part);
  const presentation = await readTree(archive.stream(part));
  const slides = slideParts(archive, presentation, relationships);
  const tally = createTally();
  const authors = await readCommentAuthors(archive, relationships);
  const backgrounds = createBackgrounds(archive);
  const text = createSlideText();
  for (const { part: slide, number } of slides) {
    if (text.isFull) break;
    const { lines, ...shown } = await readSlide({ archive, part: slide, tally, authors, backgrounds });
    text.add({ number, ...shown, lines: lines.length > 0 ? lines : [noSlideText] });
  }
  return text.end({
    format: 'PowerPoint',
    isCut: text.count < slides.length || text.isFull,
    notShown: tally.list(),
    leftOut: `slides after ${slides[text.count - 1]?.number} of ${slides.at(-1)?.number}`,
  });
}

/** The slides in the order of the presentation; where it does not say, all there are, by the numbers of their parts. */
function slideParts(archive: Archive, presentation: XmlElement, relationships: Relationship[]): NumberedSlide[] {
  const targets = new Map(relationships.map(({ id, target }) => [id, target]));
  const first = Number(presentation.attributes.firstSlideNum ?? 1);
  const listed = childrenOf(childOf(presentation, 'sldIdLst'), 'sldId')
    .map(({ attributes }) => targets.get(attributes[':id'] ?? '') ?? '')
    .filter((target) => archive.has(target));
  if (listed.length > 0) return listed.map((part, index) => ({ part, number: first + index }));
  return archive.names
    .map((part) => ({ part, number: Number(/^ppt\/slides\/slide(\d+)\.xml$/.exec(part)?.[1]) }))
    .filter(({ number }) => number > 0)
    .toSorted((one, other) => one.number - other.number);
}
