import { partOf, relationshipsOf } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { drawingText } from '../shared/drawing-text.ts';
import { childOf, descendantsOf, findElement, readTree, type XmlElement } from '../xml-tree.ts';

/** What layouts and masters put on slides besides the places for their text, such as "Confidential". */
export interface Backgrounds {
  /** The texts behind a slide, by its layout. */
  textsOf(layout: string | undefined): Promise<string[]>;
}

export function createBackgrounds(archive: Archive): Backgrounds {
  const known = new Map<string, Promise<{ texts: string[]; master: string | undefined }>>();

  async function read(part: string) {
    const tree = await readTree(archive.stream(part));
    const master = partOf(archive, await relationshipsOf(archive, part), 'slideMaster');
    const isAlone = tree.attributes.showMasterSp === '0';
    return { texts: fixedTexts(tree), master: isAlone ? undefined : master };
  }

  async function once(part: string) {
    const reading = known.get(part) ?? read(part);
    known.set(part, reading);
    return reading;
  }

  return {
    async textsOf(layout) {
      if (layout === undefined) return [];
      const { texts, master } = await once(layout);
      return [...texts, ...(master === undefined ? [] : (await once(master)).texts)];
    },
  };
}

function fixedTexts(tree: XmlElement): string[] {
  return [...descendantsOf(tree, 'sp')]
    .filter((shape) => findElement(childOf(shape, 'nvSpPr'), 'ph') === undefined)
    .map((shape) => drawingText(shape).replace(/\s*\n\s*/g, ' / '))
    .filter((text) => text !== '');
}
