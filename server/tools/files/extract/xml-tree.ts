import { UnreadableDocument } from './document.ts';
import { readXml } from './read-xml.ts';

/** An element as a reader of Office documents needs it: names without their namespace prefix. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/** Nested deeper than anything that people write. */
const maxDepth = 600;

/** Reads a whole part into a tree: for small parts only. */
export async function readTree(bytes: AsyncIterable<Buffer>): Promise<XmlElement> {
  let root: XmlElement | undefined;
  await readElements(bytes, { isWanted: () => true, onElement: (element) => void (root = element) });
  if (!root) throw new UnreadableDocument('is damaged and cannot be read');
  return root;
}

export interface ElementReader {
  /** Whether an element becomes a tree of its own; asked from the root on, inwards, until one is. */
  isWanted(name: string, parents: readonly string[], attributes: Record<string, string>): boolean;
  onElement(element: XmlElement, parents: readonly string[]): void;
  /** Of the elements around the wanted ones. */
  onOpen?(name: string, attributes: Record<string, string>): void;
  onClose?(name: string): void;
  isDone?(): boolean;
}

/** Streams a part and hands out the trees of the wanted elements one by one, so that a long document is never held as a whole. */
export async function readElements(bytes: AsyncIterable<Buffer>, reader: ElementReader): Promise<void> {
  const parents: string[] = [];
  const open: XmlElement[] = [];
  await readXml(bytes, {
    open(name, attributes) {
      if (open.length === 0 && !reader.isWanted(name, parents, attributes)) {
        parents.push(name);
        reader.onOpen?.(name, attributes);
        return;
      }
      if (open.length > maxDepth) throw new UnreadableDocument('is nested too deeply to be read');
      const element = { name, attributes, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    text(text) {
      open.at(-1)?.children.push(text);
    },
    close() {
      const element = open.pop();
      if (element === undefined) {
        const name = parents.pop() ?? '';
        reader.onClose?.(name);
      } else if (open.length === 0) {
        reader.onElement(element, parents);
      }
    },
    isDone: () => reader.isDone?.() ?? false,
  });
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

export function childOf(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) {
    found = found?.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name);
  }
  return found;
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  if (!element) return [];
  return element.children.filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

/** The first element of this name below, however deep. */
export function findElement(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element && descendantsOf(element, name).next().value;
}

/** All elements of this name below, in their order. */
export function* descendantsOf(element: XmlElement, name: string): Generator<XmlElement, undefined> {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (child.name === name) yield child;
    yield* descendantsOf(child, name);
  }
  return undefined;
}

/** All text below an element. */
export function textOf(element: XmlElement | undefined): string {
  if (!element) return '';
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** Whether a switch such as `<w:strike/>` or `<w:strike w:val="0"/>` is on; undefined when it is not there. */
export function switchOf(element: XmlElement | undefined): boolean | undefined {
  if (!element) return undefined;
  return !['0', 'false', 'off', 'none'].includes(element.attributes.val ?? '1');
}

/** `<w:start w:val="10"/>` → '10' */
export function valueOf(element: XmlElement | undefined, ...path: string[]): string | undefined {
  return childOf(element, ...path)?.attributes.val;
}
