import type { Archive } from '../read-archive.ts';
import { childOf, readElements, switchOf, valueOf, type XmlElement } from '../xml-tree.ts';

/** What of a style changes how text is read. */
export interface WordStyle {
  /** 1 to 9 for headings. */
  outlineLevel?: number | undefined;
  numberingId?: string | undefined;
  numberingLevel?: number | undefined;
  isStruck?: boolean | undefined;
  isHidden?: boolean | undefined;
  isBold?: boolean | undefined;
  vertical?: 'superscript' | 'subscript' | undefined;
}

/** Resolved styles by their id. */
export type WordStyles = Map<string, WordStyle>;

const maxAncestors = 20;

/** (ECMA-376 part 1, 17.7.) */
export async function readWordStyles(archive: Archive, part: string | undefined): Promise<WordStyles> {
  const own = new Map<string, { style: WordStyle; parent: string | undefined }>();
  if (part === undefined) return new Map();
  await readElements(archive.stream(part), {
    isWanted: (name) => name === 'style',
    onElement: (style) =>
      void own.set(style.attributes.styleId ?? '', { style: styleOf(style), parent: valueOf(style, 'basedOn') }),
  });
  return new Map([...own.keys()].map((id) => [id, resolved(id)]));

  function resolved(id: string): WordStyle {
    const chain: WordStyle[] = [];
    for (let next = own.get(id); next && chain.length < maxAncestors; next = own.get(next.parent ?? ''))
      chain.push(next.style);
    return Object.assign({}, ...chain.toReversed().map(withoutGaps));
  }
}

function styleOf(style: XmlElement): WordStyle {
  const properties = childOf(style, 'pPr');
  const level = valueOf(properties, 'numPr', 'ilvl');
  return {
    ...textStyleOf(childOf(style, 'rPr')),
    outlineLevel: outlineOf(properties) ?? headingOf(valueOf(style, 'name') ?? style.attributes.styleId ?? ''),
    numberingId: valueOf(properties, 'numPr', 'numId'),
    numberingLevel: level === undefined ? undefined : Number(level),
  };
}

/** Of run properties (`w:rPr`). */
export function textStyleOf(properties: XmlElement | undefined): WordStyle {
  const vertical = valueOf(properties, 'vertAlign') ?? raisedBy(Number(valueOf(properties, 'position') ?? 0));
  return {
    isStruck: switchOf(childOf(properties, 'strike')) ?? switchOf(childOf(properties, 'dstrike')),
    isHidden: switchOf(childOf(properties, 'vanish')),
    isBold: switchOf(childOf(properties, 'b')),
    vertical: vertical === 'superscript' || vertical === 'subscript' ? vertical : undefined,
  };
}

/** Text may also be moved up or down by half points; less than one point is taste. */
function raisedBy(halfPoints: number): WordStyle['vertical'] {
  if (Math.abs(halfPoints) < 2) return undefined;
  return halfPoints > 0 ? 'superscript' : 'subscript';
}

/** The heading's level that paragraph properties give, from 1. Nine is body text. */
export function outlineOf(properties: XmlElement | undefined): number | undefined {
  const level = valueOf(properties, 'outlineLvl');
  return level === undefined ? undefined : Number(level) + 1;
}

function headingOf(name: string): number | undefined {
  if (/^title$/i.test(name)) return 1;
  const level = /^heading\s*([1-9])$/i.exec(name)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** Lays one style over another, where it says something. */
export function withoutGaps(style: WordStyle): WordStyle {
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined));
}
