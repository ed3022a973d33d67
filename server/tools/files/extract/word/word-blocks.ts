import type { MarkdownBlock } from '../shared/markdown-text.ts';
import { textOfRuns, type TextRun } from '../shared/text-runs.ts';
import { childOf, valueOf, type XmlElement } from '../xml-tree.ts';
import { inlineRuns } from './paragraph-runs.ts';
import { blockElements } from './word-elements.ts';
import { outlineOf, type WordStyle } from './word-styles.ts';
import type { WordStory } from './word-story.ts';
import { tableBlocks } from './word-tables.ts';

/** Longer paragraphs in bold are text, no headings. */
const maxBoldLine = 120;

/** Turns one paragraph after the other into blocks. A deleted paragraph mark joins a paragraph to the next one. */
export function createBlockWriter(story: WordStory) {
  let joined: TextRun[] = [];

  function paragraph(element: XmlElement): MarkdownBlock[] {
    const { document } = story;
    const properties = childOf(element, 'pPr');
    const styleId = valueOf(properties, 'pStyle') ?? '';
    const style = document.styles.get(styleId) ?? {};
    const runs = [...joined, ...inlineRuns(element, story, { ...style, isBold: style.isBold ?? false })];
    joined = [];
    if (isJoined(properties)) {
      if (childOf(properties, 'rPr', 'del')) document.changes.deleted += 1;
      joined = runs;
      return [];
    }
    const label = labelOf(properties, styleId, style, story);
    const headingLevel = headingLevelOf(properties, style);
    const text = textOfRuns(runs).trim();
    const after = story.after.splice(0).map((each) => ({ text: each }));
    if (text === '') return after;
    const shown = [label?.text, headingLevel || story.isCell || !isBoldLine(runs, text) ? text : `**${text}**`]
      .filter(Boolean)
      .join(' ');
    if (headingLevel) return [{ text: shown.replace(/\s*\n\s*/g, ' '), headingLevel }, ...after];
    const indent = label ? '  '.repeat(Math.min(label.level, 8)) : '';
    return [{ text: indent + shown, isListEntry: label !== undefined }, ...after];
  }

  return {
    write(element: XmlElement): MarkdownBlock[] {
      if (element.name === 'p') return paragraph(element);
      if (element.name === 'tbl') return tableBlocks(element, story);
      return [];
    },
  };
}

/** The blocks of a small story at once, as texts. */
export function blocksOf(element: XmlElement, story: WordStory): string[] {
  const writer = createBlockWriter(story);
  return [...blockElements(element)].flatMap((child) => writer.write(child)).map(({ text }) => text);
}

function isJoined(properties: XmlElement | undefined): boolean {
  const mark = childOf(properties, 'rPr');
  const isGone = childOf(mark, 'del') !== undefined || childOf(mark, 'moveFrom') !== undefined;
  // The first letter of a paragraph, when it reaches over several lines, is a paragraph of its own.
  return isGone || /drop|margin/.test(childOf(properties, 'framePr')?.attributes.dropCap ?? '');
}

function headingLevelOf(properties: XmlElement | undefined, style: WordStyle): number | undefined {
  const level = outlineOf(properties) ?? style.outlineLevel;
  return level !== undefined && level <= 9 ? Math.min(level, 6) : undefined;
}

/** An automatic number counts also where the paragraph is empty. */
function labelOf(
  properties: XmlElement | undefined,
  styleId: string,
  style: WordStyle,
  { document: { numbering } }: WordStory,
): { text: string; level: number } | undefined {
  const listId = valueOf(properties, 'numPr', 'numId') ?? style.numberingId;
  if (listId === undefined || listId === '0') return undefined;
  const own = valueOf(properties, 'numPr', 'ilvl');
  const level =
    own === undefined ? (style.numberingLevel ?? numbering.levelOfStyle(listId, styleId) ?? 0) : Number(own);
  if (!(level >= 0 && level <= 8)) return undefined;
  const text = numbering.next(listId, level);
  return text === '' ? undefined : { text, level };
}

function isBoldLine(runs: TextRun[], text: string): boolean {
  return text.length <= maxBoldLine && runs.every(({ isBold, text: part }) => isBold || part.trim() === '');
}
