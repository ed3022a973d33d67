import type { Section } from './extract/document.ts';
import { linesOf } from './text-lines.ts';

/** A section by the line of the text at which it begins, counted from 1. */
export interface LinedSection extends Section {
  firstLine: number;
}

/** Breaks the text of a page into lines and finds the line at which each section begins. */
export function linesWithSections(page: string, sections: Section[]): { lines: string[]; sections: LinedSection[] } {
  const lines: string[] = [];
  const lined: LinedSection[] = [];
  let start = 0;
  const addUntil = (end: number) => {
    if (end > start) for (const line of linesOf(page.slice(start, end))) lines.push(line);
    start = Math.max(start, end);
  };
  for (const section of sections) {
    addUntil(section.start);
    lined.push({ ...section, firstLine: lines.length + 1 });
  }
  addUntil(page.length);
  return { lines: lines.length > 0 ? lines : [''], sections: lined };
}

/** The section that a line belongs to: the last one that begins at it or before. */
export function sectionAt(sections: LinedSection[], line: number): LinedSection | undefined {
  let [low, high] = [0, sections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.firstLine ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return sections[low - 1];
}

/** What people call the place: `sheet Prices`, `slide 5`. */
export function placeOf(section: Section): string {
  if (section.kind === 'slide') return `slide ${section.name.split(':')[0]}`;
  return section.kind === 'sheet' ? `sheet ${section.name}` : `“${section.name}”`;
}
