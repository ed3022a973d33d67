import { elementsOf, type XmlElement } from '../xml-tree.ts';

/** Paragraphs and tables, whatever they are wrapped in. */
export function* blockElements(element: XmlElement): Generator<XmlElement> {
  for (const child of elementsOf(element)) {
    if (child.name === 'p' || child.name === 'tbl') yield child;
    else if (wrappers.has(child.name)) yield* blockElements(child);
  }
}

/** Elements around paragraphs and tables that show nothing themselves. */
export const wrappers = new Set([
  'sdt',
  'sdtContent',
  'customXml',
  'ins',
  'moveTo',
  'AlternateContent',
  'Choice',
  'smartTag',
]);
