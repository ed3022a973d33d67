import type { CachedDocument } from './document-cache.ts';
import { type LinedSection, placeOf, sectionAt } from './document-sections.ts';

const maxSheetNames = 30;

/** What the first line of an answer says of a document and of the part that is shown. */
export function describeDocument(document: CachedDocument, first: number, last: number): string {
  const lines = document.pages[0] ?? [];
  const { leftOut, notShown = [] } = document;
  const sheets = document.sections.filter(({ kind }) => kind === 'sheet');
  return [
    // What limits cut is no part of the lines, so their number is not the document's.
    `${document.format}, lines ${first}-${last} of ${leftOut ? `the ${lines.length} that were read` : lines.length}`,
    ...(sheets.length > 0 ? [`sheets: ${sheetNames(sheets)}`] : []),
    ...(leftOut ? [`left out because it is too large: ${leftOut}`] : []),
    ...(notShown.length > 0 ? [`not shown: ${notShown.join(', ')}`] : []),
  ].join('; ');
}

function sheetNames(sheets: LinedSection[]): string {
  const names = sheets.slice(0, maxSheetNames).map(({ name, note }) => (note ? `${name} (${note})` : name));
  return names.join(', ') + (sheets.length > names.length ? ` and ${sheets.length - names.length} more` : '');
}

/** What a part that begins in the middle of a section repeats of it: its name, and the header row of its sheet. */
export function restatedSection(document: CachedDocument, line: number): string[] {
  const section = sectionAt(document.sections, line);
  if (!section || section.firstLine === line) return [];
  if (section.kind === 'heading') return [`(in: ${headingPath(document.sections, section)})`];
  return [`${markOf(section)} (goes on)`, ...headerBefore(document, section, line)];
}

/** Names the lines of a document for a list of hits; the first hit of each sheet comes with its header row. */
export function inSection(document: CachedDocument): (line: number) => string {
  let last: LinedSection | undefined;
  return (line) => {
    const section = sectionAt(document.sections, line);
    if (!section) return String(line);
    const place = section.kind === 'heading' ? `${line}` : `${placeOf(section)}, line ${line}`;
    const header = section === last ? [] : headerBefore(document, section, line);
    last = section;
    return [...(header.length > 0 ? [markOf(section), ...header] : []), place].join('\n');
  };
}

function markOf(section: LinedSection): string {
  const name = section.kind === 'slide' ? `Slide ${section.name}` : section.name;
  return `[${name}]${section.note ? ` (${section.note})` : ''}`;
}

function headerBefore(document: CachedDocument, { header, firstLine }: LinedSection, line: number): string[] {
  if (header === undefined || document.pages[0]?.[line - 1] === header) return [];
  return firstLine < line ? [header] : [];
}

function headingPath(sections: LinedSection[], section: LinedSection): string {
  const path = [section];
  for (let index = sections.indexOf(section) - 1; index >= 0; index -= 1) {
    const above = sections[index];
    if (above && (above.level ?? 1) < (path[0]?.level ?? 1)) path.unshift(above);
  }
  return path.map(({ name }) => name).join(' › ');
}
