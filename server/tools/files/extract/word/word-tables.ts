import type { MarkdownBlock } from '../shared/markdown-text.ts';
import { markdownTable, type TableCell } from '../shared/markdown-table.ts';
import { childOf, elementsOf, valueOf, type XmlElement } from '../xml-tree.ts';
import { wrappers } from './word-elements.ts';
import { storyOf, type WordStory } from './word-story.ts';

const maxSpan = 300;

/** A table as rows of Markdown. What serves only to place text (one column) is written as paragraphs. (ECMA-376 part 1, 17.4.) */
export function tableBlocks(table: XmlElement, story: WordStory): MarkdownBlock[] {
  const rows: TableCell[][] = [];
  /** What merged cells hold that began in a row above, by column. */
  let above = new Map<number, string>();
  for (const row of partsOf(table, 'tr')) {
    if (childOf(row, 'trPr', 'del')) {
      story.document.changes.deleted += 1;
      continue;
    }
    const merged = new Map<number, string>();
    const cells: TableCell[] = gap(row, 'gridBefore');
    let column = cells.length;
    for (const cell of partsOf(row, 'tc')) {
      const properties = childOf(cell, 'tcPr');
      const columns = spanOf(valueOf(properties, 'gridSpan'));
      const merge = childOf(properties, 'vMerge');
      const own = cellText(cell, story);
      const goesOn = (one: XmlElement | undefined) => one !== undefined && one.attributes.val !== 'restart';
      const left = goesOn(childOf(properties, 'hMerge')) ? (cells.at(-1)?.text ?? '') : '';
      const text = own || left || (goesOn(merge) ? (above.get(column) ?? '') : '');
      if (merge) merged.set(column, text);
      cells.push({ text, columns });
      column += columns;
    }
    above = merged;
    rows.push([...cells, ...gap(row, 'gridAfter')]);
  }
  const blocks = rows.every((row) => row.length <= 1)
    ? rows.flat().map(({ text }) => text)
    : [markdownTable(rows).join('\n')];
  return blocks.filter((text) => text !== '').map((text) => ({ text }));
}

function cellText(cell: XmlElement, story: WordStory): string {
  const inner = { ...storyOf(story), isCell: true };
  const texts = story.document.readBlocks(cell, inner);
  story.hasText ||= inner.hasText;
  return texts.map(withoutFrame).join('\n').trim();
}

/** Of a table within a cell only the texts of its cells are left. */
function withoutFrame(block: string): string {
  if (!block.startsWith('| ')) return block;
  const rows = block.split('\n').filter((line) => !line.startsWith('| ---'));
  return rows.map((row) => row.replace(/^\| | \|$/g, '')).join('\n');
}

function gap(row: XmlElement, name: string): TableCell[] {
  return Array.from(
    { length: Number(valueOf(row, 'trPr', name) ?? 0) ? spanOf(valueOf(row, 'trPr', name)) : 0 },
    () => ({ text: '' }),
  );
}

function spanOf(value: string | undefined): number {
  return Math.min(maxSpan, Math.max(1, Math.trunc(Number(value ?? 1)) || 1));
}

function partsOf(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).flatMap((child) => {
    if (child.name === name) return [child];
    return wrappers.has(child.name) ? partsOf(child, name) : [];
  });
}
