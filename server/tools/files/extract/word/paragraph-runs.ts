import { mathText } from '../shared/math-text.ts';
import type { TextRun } from '../shared/text-runs.ts';
import { childOf, elementsOf, textOf, valueOf, type XmlElement } from '../xml-tree.ts';
import { drawingRuns, objectRuns, pictRuns } from './word-drawings.ts';
import { beginField, endField, isHidingText, linkOfFields, separateField } from './word-fields.ts';
import { noteRuns } from './word-notes.ts';
import type { WordStory } from './word-story.ts';
import { symbolCharacter } from './symbols.ts';
import { textStyleOf, withoutGaps, type WordStyle } from './word-styles.ts';

type Write = (element: XmlElement, story: WordStory, style: WordStyle) => TextRun[];

/** What else than runs of text stands in a paragraph. (ECMA-376 part 1, 17.3, 17.13, 17.16.) */
const inlineWriters: Record<string, Write> = {
  r: runOf,
  hyperlink(element, story, style) {
    const link = story.links.get(element.attributes[':id'] ?? '');
    return inlineRuns(element, story, style).map((run) => ({ ...run, link: run.link ?? link }));
  },
  sdt: controlRuns,
  ins(element, story, style) {
    story.document.changes.inserted += 1;
    return inlineRuns(element, story, style);
  },
  moveTo: inlineRuns,
  del(_element, story) {
    story.document.changes.deleted += 1;
    return [];
  },
  moveFrom: () => [],
  fldSimple(element, story, style) {
    const runs = inlineRuns(element, story, style);
    const link = linkOfInstruction(element.attributes.instr);
    return link ? runs.map((run) => ({ ...run, link })) : runs;
  },
  oMath: (element, story) => textRun(mathText(element), story),
  oMathPara: (element, story) =>
    textRun(
      elementsOf(element)
        .filter(({ name }) => name === 'oMath')
        .map(mathText)
        .join('; '),
      story,
    ),
  AlternateContent: alternativeRuns,
};

/** Elements that only hold others. */
const transparent = new Set(['smartTag', 'customXml', 'bdo', 'dir', 'sdtContent', 'subDoc']);

export function inlineRuns(element: XmlElement, story: WordStory, style: WordStyle): TextRun[] {
  return elementsOf(element).flatMap((child) => {
    if (transparent.has(child.name)) return inlineRuns(child, story, style);
    return inlineWriters[child.name]?.(child, story, style) ?? [];
  });
}

function alternativeRuns(element: XmlElement, story: WordStory, style: WordStyle): TextRun[] {
  const choice = childOf(element, 'Choice') ?? childOf(element, 'Fallback');
  return choice ? [...inlineRuns(choice, story, style), ...contentRuns(choice, story, style)] : [];
}

/** A content control; of a check box the state counts, not the character that stands for it. */
function controlRuns(element: XmlElement, story: WordStory, style: WordStyle): TextRun[] {
  const box = childOf(element, 'sdtPr', 'checkbox');
  const content = childOf(element, 'sdtContent');
  if (box) return textRun(['1', 'true', 'on'].includes(valueOf(box, 'checked') ?? '0') ? '☒' : '☐', story);
  return content ? inlineRuns(content, story, style) : [];
}

function runOf(run: XmlElement, story: WordStory, paragraphStyle: WordStyle): TextRun[] {
  const properties = childOf(run, 'rPr');
  const characterStyle = story.document.styles.get(valueOf(properties, 'rStyle') ?? '') ?? {};
  const style = { ...paragraphStyle, ...withoutGaps(characterStyle), ...withoutGaps(textStyleOf(properties)) };
  return contentRuns(run, story, style);
}

const contentWriters: Record<string, Write> = {
  t: (element, story, style) => styledRun(textOf(element), story, style),
  tab: (_element, story, style) => styledRun('\t', story, style),
  ptab: (_element, story, style) => styledRun('\t', story, style),
  br: (_element, story, style) => styledRun('\n', story, style),
  cr: (_element, story, style) => styledRun('\n', story, style),
  noBreakHyphen: (_element, story, style) => styledRun('-', story, style),
  sym: ({ attributes }, story, style) =>
    styledRun(symbolCharacter(attributes.font ?? '', attributes.char ?? ''), story, style),
  fldChar(element, story, style) {
    const type = element.attributes.fldCharType;
    if (type === 'begin') beginField(element, story.fields);
    if (type === 'separate') separateField(story.fields);
    return type === 'end' ? textRun(endField(story.fields), story, style) : [];
  },
  instrText(element, story) {
    const field = story.fields.at(-1);
    if (field && !field.isResult) field.instruction += textOf(element);
    return [];
  },
  ruby(element, story, style) {
    const base = childOf(element, 'rubyBase');
    const reading = childOf(element, 'rt');
    const baseRuns = base ? inlineRuns(base, story, style) : [];
    const readingText = reading ? inlineRuns(reading, story, {}).map(({ text }) => text) : [];
    return readingText.length > 0 ? [...baseRuns, ...textRun(`(${readingText.join('')})`, story)] : baseRuns;
  },
  drawing: (element, story) => drawingRuns(element, story),
  pict: (element, story) => pictRuns(element, story),
  object: (element, story) => objectRuns(element, story),
  commentReference: noteRuns,
  footnoteReference: noteRuns,
  endnoteReference: noteRuns,
  AlternateContent: alternativeRuns,
};

function contentRuns(element: XmlElement, story: WordStory, style: WordStyle): TextRun[] {
  return elementsOf(element).flatMap((child) => contentWriters[child.name]?.(child, story, style) ?? []);
}

function styledRun(text: string, story: WordStory, style: WordStyle): TextRun[] {
  if (style.isHidden) {
    story.document.tally.add('hidden text');
    return [];
  }
  return textRun(text, story, style);
}

function textRun(text: string, story: WordStory, style: WordStyle = {}): TextRun[] {
  if (text === '' || isHidingText(story.fields)) return [];
  for (const field of story.fields) field.hasText = true;
  if (text.trim() !== '') story.hasText = true;
  const { isStruck, vertical, isBold } = style;
  return [{ text, isStruck, vertical, isBold, link: linkOfFields(story.fields) }];
}

function linkOfInstruction(instruction: string | undefined): string | undefined {
  return /^\s*HYPERLINK\s+"([^"]+)"/i.exec(instruction ?? '')?.[1];
}
