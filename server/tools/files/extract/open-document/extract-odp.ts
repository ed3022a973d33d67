import type { ExtractedText } from '../document.ts';
import type { Archive } from '../read-archive.ts';
import { createSlideText, noSlideText } from '../shared/slide-text.ts';
import { createTally } from '../shared/tally.ts';
import { childOf, elementsOf, readElements, type XmlElement } from '../xml-tree.ts';
import { readOdfObjects } from './odf-objects.ts';
import { type OdfStyles, readOdfStyles } from './odf-styles.ts';
import { annotationText, createOdfReader, type OdfReader } from './odf-text.ts';

/** Reads an OpenDocument presentation, `[Slide N]` before each slide. */
export async function extractOdp(archive: Archive): Promise<ExtractedText> {
  const tally = createTally();
  const styles = await readOdfStyles(archive);
  const reader = createOdfReader({ styles, objects: await readOdfObjects(archive), tally });
  const text = createSlideText();
  await readElements(archive.stream('content.xml'), {
    isWanted: (name, parents) => name === 'page' && parents.includes('body'),
    onElement(page) {
      const { lines, ...shown } = slideOf(page, reader, styles);
      text.add({ number: text.count + 1, ...shown, lines: lines.length > 0 ? lines : [noSlideText] });
    },
    isDone: () => text.isFull,
  });
  return text.end({
    format: 'OpenDocument presentation',
    notShown: tally.list(),
    leftOut: `slides after ${text.count}`,
  });
}

function slideOf(page: XmlElement, reader: OdfReader, styles: OdfStyles) {
  const blocks: string[] = [];
  const notes: string[] = [];
  let title = '';
  const add = (texts: string[], isTitle: boolean) => {
    const text = texts.join('\n').trim();
    if (text === '') return;
    if (isTitle && title === '') {
      title = text.replace(/\s*\n\s*/g, ' ');
      blocks.unshift(text);
    } else blocks.push(text);
  };
  const readShape = (shape: XmlElement) => {
    if (shape.name === 'frame') {
      const { blocks: texts, picture } = reader.readFrame(shape);
      add([...(picture ? [picture] : []), ...texts], shape.attributes.class === 'title');
    } else if (shape.name === 'g') for (const child of elementsOf(shape)) readShape(child);
    else if (shape.name === 'annotation') add([annotationText(shape)], false);
    else if (shape.name === 'notes') notes.push(...notesOf(shape, reader));
    else add(reader.textsIn(shape), false);
  };
  for (const shape of elementsOf(page)) readShape(shape);
  return {
    title: (title || (blocks[0] ?? '').split('\n')[0] || '').slice(0, 120),
    isHidden: styles.style(page.attributes['style-name']).isHidden ?? false,
    lines: [
      ...blocks.flatMap((block, index) => [...(index > 0 && block.startsWith('| ') ? [''] : []), ...block.split('\n')]),
      ...(notes.length > 0 ? [`Notes: ${notes.join('\n')}`] : []),
    ],
  };
}

function notesOf(notes: XmlElement, reader: OdfReader): string[] {
  return elementsOf(notes)
    .filter(({ name }) => name === 'frame')
    .flatMap((frame) => {
      const box = childOf(frame, 'text-box');
      return box ? reader.textsIn(box) : [];
    })
    .filter((text) => text !== '');
}
