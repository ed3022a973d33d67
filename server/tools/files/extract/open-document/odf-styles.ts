import type { Archive } from '../read-archive.ts';
import { numberText } from '../shared/list-label.ts';
import { childOf, elementsOf, readElements, type XmlElement } from '../xml-tree.ts';

/** What of a style changes how its text is read, or whether it is. */
export interface OdfStyle {
  isStruck?: boolean;
  isHidden?: boolean;
  vertical?: 'superscript' | 'subscript';
}

export interface OdfListLevel {
  format: string;
  prefix: string;
  suffix: string;
  start: number;
  /** How many levels its number shows, its own included. */
  shownLevels: number;
  isBullet: boolean;
  /** Newer files spell the label out: `%1%.%2%`. */
  pattern: string | undefined;
}

export interface OdfStyles {
  style(name: string | undefined): OdfStyle;
  listLevel(list: string | undefined, level: number): OdfListLevel | undefined;
  /** Numbers of headings. */
  outlineLevel(level: number): OdfListLevel | undefined;
}

const maxAncestors = 20;
const outline = ' outline';

/** The styles of a document: those of its own and those that it made on the way. (ODF 1.3 part 3, 16.) */
export async function readOdfStyles(archive: Archive): Promise<OdfStyles> {
  const own = new Map<string, { style: OdfStyle; parent: string | undefined }>();
  const lists = new Map<string, Map<number, OdfListLevel>>();
  const names = new Set(['style', 'list-style', 'outline-style']);
  for (const part of ['styles.xml', 'content.xml']) {
    if (!archive.has(part)) continue;
    let isDone = false;
    await readElements(archive.stream(part), {
      isWanted: (name) => names.has(name),
      onElement(element) {
        const name = element.attributes.name ?? '';
        if (element.name === 'style')
          own.set(name, { style: styleOf(element), parent: element.attributes['parent-style-name'] });
        else lists.set(element.name === 'outline-style' ? outline : name, levelsOf(element));
      },
      onOpen: (name) => void (name === 'body' && (isDone = true)),
      isDone: () => isDone,
    });
  }
  const resolved = new Map<string, OdfStyle>();
  return {
    style(name = '') {
      const known = resolved.get(name);
      if (known) return known;
      const chain: OdfStyle[] = [];
      for (let next = own.get(name); next && chain.length < maxAncestors; next = own.get(next.parent ?? ''))
        chain.push(next.style);
      const style: OdfStyle = Object.assign({}, ...chain.toReversed());
      resolved.set(name, style);
      return style;
    },
    listLevel: (list = '', level) => lists.get(list)?.get(level),
    outlineLevel: (level) => lists.get(outline)?.get(level),
  };
}

function styleOf(style: XmlElement): OdfStyle {
  const text = childOf(style, 'text-properties')?.attributes ?? {};
  const line = text['text-line-through-style'] ?? text['text-line-through-type'];
  const position = text['text-position']?.split(' ')[0];
  const isOff = [
    childOf(style, 'table-properties')?.attributes.display === 'false',
    text.display === 'none',
    childOf(style, 'drawing-page-properties')?.attributes.visibility === 'hidden',
  ].some(Boolean);
  const vertical = verticalOf(position);
  return {
    ...(line !== undefined && { isStruck: line !== 'none' }),
    ...(isOff && { isHidden: true }),
    ...(vertical && { vertical }),
  };
}

function verticalOf(position: string | undefined): OdfStyle['vertical'] {
  if (position === undefined) return undefined;
  if (position === 'super' || Number.parseInt(position, 10) > 0) return 'superscript';
  return position === 'sub' || Number.parseInt(position, 10) < 0 ? 'subscript' : undefined;
}

function levelsOf(list: XmlElement): Map<number, OdfListLevel> {
  return new Map(
    elementsOf(list).map(({ name, attributes }) => [
      Number(attributes.level ?? 1),
      {
        format: attributes['num-format'] ?? '',
        prefix: attributes['num-prefix'] ?? '',
        suffix: attributes['num-suffix'] ?? '',
        start: Number(attributes['start-value'] ?? 1),
        shownLevels: Number(attributes['display-levels'] ?? 1),
        isBullet: /bullet|image/.test(name),
        pattern: attributes['num-list-format'],
      },
    ]),
  );
}

const formats: Record<string, string> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '1': 'decimal',
  '': 'none',
};

/** The label of a list's entry, by the counts of its level and of those above. */
export function odfLabel(
  levelAt: (level: number) => OdfListLevel | undefined,
  level: number,
  counts: number[],
): string {
  const own = levelAt(level);
  if (!own) return '';
  if (own.isBullet) return '-';
  const number = (index: number) =>
    numberText(formats[levelAt(index)?.format ?? '1'] ?? 'decimal', counts[index] ?? levelAt(index)?.start ?? 1);
  if (own.pattern !== undefined)
    return own.pattern.replace(/%(\d+)%/g, (_whole, index: string) => number(Number(index))).trim();
  const first = Math.max(1, level - own.shownLevels + 1);
  const numbers = Array.from({ length: level - first + 1 }, (_, index) => number(first + index)).filter(Boolean);
  return own.format === '' ? '' : `${own.prefix}${numbers.join('.')}${own.suffix}`.trim();
}
