import type { MarkdownBlock } from '../shared/markdown-text.ts';
import { markdownTable, type TableCell } from '../shared/markdown-table.ts';
import type { Tally } from '../shared/tally.ts';
import { textOfRuns, type TextRun } from '../shared/text-runs.ts';
import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml-tree.ts';
import type { OdfObjects } from './odf-objects.ts';
import { odfLabel, type OdfStyle, type OdfStyles } from './odf-styles.ts';

export interface OdfContext {
  styles: OdfStyles;
  objects: OdfObjects;
  tally: Tally;
}

/** Elements around paragraphs that show nothing themselves. */
export const odfWrappers = new Set(
  'section table-of-content index-body index-title alphabetical-index bibliography illustration-index table-index user-index text-box numbered-paragraph list-header'.split(
    ' ',
  ),
);
const maxRepeated = 300;

/** Reads the text of OpenDocument files: paragraphs, lists, tables, and what is anchored in them. (ODF 1.3 part 3, 5 to 10.) */
export function createOdfReader({ styles, objects, tally }: OdfContext) {
  /** What is to follow the paragraph at hand. */
  let after: string[] = [];
  let notes = 0;
  let hasText = false;
  const outlineCounts: number[] = [];
  const annotations = new Map<string, string>();
  /** Numbers of lists that another one goes on with, by the list's style. */
  const counts = new Map<string, number[]>();

  function runsOf(element: XmlElement, style: OdfStyle): TextRun[] {
    return element.children.flatMap((child) => {
      if (typeof child !== 'string') return childRuns(child, style);
      return run(child.replace(/\s+/g, ' '), style);
    });
  }

  function run(text: string, style: OdfStyle): TextRun[] {
    if (text === '') return [];
    if (style.isHidden) {
      if (text.trim() !== '') tally.add('hidden text');
      return [];
    }
    if (text.trim() !== '') hasText = true;
    return [{ text, isStruck: style.isStruck, vertical: style.vertical }];
  }

  const inline: Record<string, (element: XmlElement, style: OdfStyle) => TextRun[]> = {
    span: (element, style) => runsOf(element, { ...style, ...styles.style(element.attributes['style-name']) }),
    a: (element, style) => runsOf(element, style).map((each) => ({ ...each, link: address(element.attributes.href) })),
    s: ({ attributes }, style) => run(' '.repeat(Math.min(Number(attributes.c ?? 1), 100)), style),
    tab: (_element, style) => run('\t', style),
    'line-break': (_element, style) => run('\n', style),
    note: (element) => noteRuns(element),
    annotation(element) {
      const { name } = element.attributes;
      const text = ` ${annotationText(element)}`;
      // One that is about several words is shown where they end.
      if (name === undefined) return [{ text }];
      annotations.set(name, text);
      return [];
    },
    'annotation-end': ({ attributes: { name = '' } }) => [{ text: annotations.get(name) ?? '' }],
    ruby(element, style) {
      const reading = textOf(childOf(element, 'ruby-text'));
      return [...runsOf(childOf(element, 'ruby-base') ?? element, style), ...run(reading && `(${reading})`, style)];
    },
    frame: (element) => frameRuns(element),
    'tracked-changes': () => [],
    control() {
      tally.add('form control');
      return [];
    },
  };

  function childRuns(element: XmlElement, style: OdfStyle): TextRun[] {
    const write = inline[element.name];
    if (write) return write(element, style);
    // Shapes hold paragraphs; anything else, such as fields, holds text.
    if (childrenOf(element, 'p').length > 0) {
      after.push(...blocksIn(element).map(({ text }) => text));
      return [];
    }
    return runsOf(element, style);
  }

  function noteRuns(element: XmlElement): TextRun[] {
    notes += 1;
    const body = childOf(element, 'note-body');
    after.push(`[^${notes}]: ${body ? textsIn(body).join(' ') : ''}`);
    return [{ text: `[^${notes}]` }];
  }

  function frameRuns(frame: XmlElement): TextRun[] {
    const lines = readFrame(frame);
    after.push(...lines.blocks);
    return lines.picture ? [{ text: lines.picture }] : [];
  }

  /** A frame shows the first of its contents that can be shown. */
  function readFrame(frame: XmlElement): { blocks: string[]; picture?: string } {
    const box = childOf(frame, 'text-box');
    if (box) return { blocks: textsIn(box) };
    const table = childOf(frame, 'table');
    if (table) return { blocks: [tableText(table, textsIn)] };
    const object = childOf(frame, 'object');
    if (object) {
      const lines = objects.get((object.attributes.href ?? '').replace(/^\.?\//, ''));
      if (lines && lines.length > 0) return { blocks: [lines.join('\n')] };
      tally.add('embedded file');
      return { blocks: [] };
    }
    if (!childOf(frame, 'image') && !childOf(frame, 'plugin')) return { blocks: textsIn(frame) };
    tally.add(childOf(frame, 'plugin') ? 'recording' : 'picture');
    const description = (textOf(childOf(frame, 'desc')) || textOf(childOf(frame, 'title'))).replace(/\s+/g, ' ').trim();
    return { blocks: [], ...(description !== '' && { picture: `[picture: ${description}]` }) };
  }

  function paragraph(element: XmlElement, label = ''): MarkdownBlock[] {
    const outer = after;
    after = [];
    const text = textOfRuns(runsOf(element, styles.style(element.attributes['style-name']))).trim();
    const below = after.map((each) => ({ text: each }));
    after = outer;
    const isHeading = element.name === 'h';
    const level = Number(element.attributes['outline-level'] ?? 1);
    const number = isHeading && label === '' ? headingLabel(level, element) : label;
    const shown = [number, text].filter((part) => part !== '').join(' ');
    if (text === '') return below;
    if (isHeading) return [{ text: shown.replace(/\s*\n\s*/g, ' '), headingLevel: Math.min(level, 6) }, ...below];
    return [{ text: shown, isListEntry: label !== '' }, ...below];
  }

  function headingLabel(level: number, { attributes }: XmlElement): string {
    if (attributes['is-list-header'] === 'true' || !styles.outlineLevel(level)) return '';
    outlineCounts.length = Math.min(outlineCounts.length, level + 1);
    outlineCounts[level] = (outlineCounts[level] ?? (styles.outlineLevel(level)?.start ?? 1) - 1) + 1;
    return odfLabel((each) => styles.outlineLevel(each), level, outlineCounts);
  }

  function list(element: XmlElement, level: number, inherited: string | undefined, above: number[]): MarkdownBlock[] {
    const style = element.attributes['style-name'] ?? inherited;
    const goesOn =
      element.attributes['continue-numbering'] === 'true' || element.attributes['continue-list'] !== undefined;
    const numbers = level === 1 ? (goesOn ? (counts.get(style ?? '') ?? []) : []) : above;
    if (level === 1) counts.set(style ?? '', numbers);
    const levelAt = (each: number) => styles.listLevel(style, each);
    return elementsOf(element).flatMap((item) => {
      if (item.name !== 'list-item' && item.name !== 'list-header') return [];
      const first = elementsOf(item)[0];
      const isNumbered = item.name === 'list-item' && first?.name !== 'list';
      if (isNumbered) {
        const start = Number(item.attributes['start-value'] ?? Number.NaN);
        numbers[level] = Number.isNaN(start) ? (numbers[level] ?? (levelAt(level)?.start ?? 1) - 1) + 1 : start;
        numbers.length = level + 1;
      }
      const label = isNumbered ? odfLabel(levelAt, level, numbers) : '';
      return elementsOf(item).flatMap((child, index) => {
        if (child.name === 'list') return list(child, level + 1, style, numbers);
        const blocks = block(child, index === 0 ? label : '');
        const indent = '  '.repeat(Math.min(level - 1, 8));
        return blocks.map((each) =>
          each.headingLevel ? each : { ...each, text: indent + each.text, isListEntry: true },
        );
      });
    });
  }

  function block(element: XmlElement, label = ''): MarkdownBlock[] {
    if (element.name === 'p' || element.name === 'h') return paragraph(element, label);
    if (element.name === 'list') return list(element, 1, undefined, []);
    if (element.name === 'table') return [{ text: tableText(element, textsIn) }].filter(({ text }) => text !== '');
    if (element.name === 'frame') return frameBlocks(element);
    if (element.name === 'section' && element.attributes.display === 'none') {
      tally.add('hidden section');
      return [];
    }
    if (odfWrappers.has(element.name)) return blocksIn(element);
    return [];
  }

  function frameBlocks(frame: XmlElement): MarkdownBlock[] {
    const { blocks, picture } = readFrame(frame);
    return [...(picture ? [picture] : []), ...blocks].map((text) => ({ text }));
  }

  function blocksIn(element: XmlElement): MarkdownBlock[] {
    return elementsOf(element).flatMap((child) => block(child));
  }

  function textsIn(element: XmlElement): string[] {
    return blocksIn(element).map(({ text }) => text);
  }

  return {
    block,
    textsIn,
    readFrame,
    get hasText() {
      return hasText;
    },
  };
}

export type OdfReader = ReturnType<typeof createOdfReader>;

export function annotationText(annotation: XmlElement): string {
  const author = textOf(childOf(annotation, 'creator')).trim();
  const text = [...childrenOf(annotation, 'p'), ...childrenOf(annotation, 'list')].map(textOf).join(' ').trim();
  return `[comment${author ? ` by ${author}` : ''}: ${text}]`;
}

/** Rows, also within groups and headers. */
export function rowsOf(table: XmlElement): XmlElement[] {
  return elementsOf(table).flatMap((child) => {
    if (child.name === 'table-row') return [child];
    return /^table-(header-rows|rows|row-group)$/.test(child.name) ? rowsOf(child) : [];
  });
}

/** `textsIn` reads what stands in a cell. */
function tableText(table: XmlElement, textsIn: (cell: XmlElement) => string[]): string {
  const rows = rowsOf(table).map((row) =>
    elementsOf(row).flatMap((cell): TableCell[] => {
      if (cell.name !== 'table-cell') return [];
      const { attributes } = cell;
      const repeated = Math.min(Number(attributes['number-columns-repeated'] ?? 1), maxRepeated);
      const text = textsIn(cell).join('\n');
      const columns = Number(attributes['number-columns-spanned'] ?? 1);
      return Array.from({ length: repeated }, () => ({
        text,
        columns,
        rows: Number(attributes['number-rows-spanned'] ?? 1),
      }));
    }),
  );
  return rows.every((row) => row.length <= 1)
    ? rows
        .flat()
        .map(({ text }) => text)
        .join('\n\n')
    : markdownTable(rows).join('\n');
}

/** Links within the document lead nowhere outside of it. */
function address(href: string | undefined): string | undefined {
  return href && /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : undefined;
}
