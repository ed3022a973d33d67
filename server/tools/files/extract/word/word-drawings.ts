import type { TextRun } from '../shared/text-runs.ts';
import { elementsOf, findElement, type XmlElement } from '../xml-tree.ts';
import { storyOf, type WordStory } from './word-story.ts';

/** Pictures, text boxes, charts and diagrams of a paragraph: what can be read of them follows it. (ECMA-376 part 1, 20.4.) */
export function drawingRuns(drawing: XmlElement, story: WordStory): TextRun[] {
  const { descr } = findElement(drawing, 'docPr')?.attributes ?? {};
  return readShapes(drawing, story) ? describedPicture(descr) : [];
}

/** The older form of drawings (VML). */
export function pictRuns(pict: XmlElement, story: WordStory): TextRun[] {
  const hasPicture = readShapes(pict, story);
  const alt = findElement(pict, 'shape')?.attributes.alt;
  return hasPicture ? describedPicture(alt) : [];
}

/** A file of another program; the picture in it only shows how that looks. */
export function objectRuns(object: XmlElement, story: WordStory): TextRun[] {
  const program = findElement(object, 'OLEObject')?.attributes.ProgID ?? '';
  if (findElement(object, 'control')) story.document.tally.add('form control');
  else story.document.tally.add(/equation|mathtype/i.test(program) ? 'equation' : 'embedded file');
  return [];
}

/** Reads what lies in a drawing and tells whether a picture does. */
function readShapes(element: XmlElement, story: WordStory): boolean {
  let hasPicture = false;
  for (const child of elementsOf(element)) {
    const { name, attributes } = child;
    if (name === 'pic' || name === 'imagedata') {
      story.document.tally.add('picture');
      hasPicture = true;
    } else if (name === 'txbxContent') {
      const inner = storyOf(story);
      story.after.push(...story.document.readBlocks(child, inner));
      story.hasText ||= inner.hasText;
    } else if (name === 'textpath') {
      if (attributes.string) story.after.push(`[text: ${attributes.string}]`);
    } else if (name === 'chart' || name === 'relIds') {
      const id = attributes[name === 'chart' ? ':id' : 'dm'] ?? '';
      const lines = story.drawings.get(id);
      if (lines) story.after.push(lines.join('\n'));
      else story.document.tally.add(name === 'chart' ? 'chart' : 'diagram');
    } else if (name !== 'Fallback') {
      hasPicture = readShapes(child, story) || hasPicture;
    }
  }
  return hasPicture;
}

function describedPicture(description: string | undefined): TextRun[] {
  const text = description?.replace(/\s+/g, ' ').trim();
  return text ? [{ text: `[picture: ${text}]` }] : [];
}
