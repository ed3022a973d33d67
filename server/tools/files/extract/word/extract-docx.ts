import { type ExtractedText, extractLimits } from '../document.ts';
import { partOf, relationshipsOf } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { createTally } from '../shared/tally.ts';
import { childOf, childrenOf, readElements, switchOf, type XmlElement } from '../xml-tree.ts';
import { blocksOf, createBlockWriter } from './word-blocks.ts';
import { wrappers } from './word-elements.ts';
import { readWordNumbering } from './word-numbering.ts';
import {
  hasEvenHeaders,
  type HeaderReference,
  readComments,
  readHeaders,
  readNotes,
  storyOfPart,
} from './word-parts.ts';
import type { WordDocument } from './word-story.ts';
import { readWordStyles } from './word-styles.ts';
import { createMarkdown, withoutText } from '../shared/markdown-text.ts';

/**
 * Reads a Word document as Markdown, as somebody sees it who has accepted all changes: with numbers of lists and clauses, merged
 * cells, notes, comments, headers and footers. (Format: ECMA-376 part 1, 17.)
 */
export async function extractDocx(archive: Archive, part: string): Promise<ExtractedText> {
  const relationships = await relationshipsOf(archive, part);
  const styles = await readWordStyles(archive, partOf(archive, relationships, 'styles'));
  const document: WordDocument = {
    styles,
    numbering: await readWordNumbering(archive, partOf(archive, relationships, 'numbering'), styles),
    comments: new Map(),
    footnotes: await readNotes(archive, relationships, 'footnote'),
    endnotes: await readNotes(archive, relationships, 'endnote'),
    tally: createTally(),
    changes: { inserted: 0, deleted: 0 },
    readBlocks: blocksOf,
    counts: { footnotes: 0, endnotes: 0 },
  };
  await readComments(archive, document, relationships);
  const story = await storyOfPart(archive, document, relationships);
  const hasEven = await hasEvenHeaders(archive, relationships);
  const writer = createBlockWriter(story);
  const markdown = createMarkdown(extractLimits.characters);
  const references: HeaderReference[] = [];
  const addSection = (properties: XmlElement | undefined) => references.push(...shownHeaders(properties, hasEven));

  await readElements(archive.stream(part), {
    isWanted: isBlock,
    onElement(element) {
      if (element.name === 'altChunk') document.tally.add('embedded document');
      if (element.name === 'sectPr') addSection(element);
      if (element.name === 'p') addSection(childOf(element, 'pPr', 'sectPr'));
      for (const block of writer.write(element)) markdown.add(block);
    },
    isDone: () => markdown.isFull,
  });

  const headers = await readHeaders(archive, document, relationships, references);
  return markdown.end({
    format: 'Word',
    above: [...(story.hasText ? [] : [withoutText(document.tally.list())]), ...headers, ...noteOfChanges(document)],
    notShown: document.tally.list(),
  });
}

function isBlock(name: string, parents: readonly string[]): boolean {
  if (name !== 'p' && name !== 'tbl' && name !== 'sectPr' && name !== 'altChunk') return false;
  const body = parents.indexOf('body');
  return body >= 0 && parents.slice(body + 1).every((parent) => wrappers.has(parent));
}

/** Those of the first page and of even pages only where they are used. */
function shownHeaders(section: XmlElement | undefined, hasEven: boolean): HeaderReference[] {
  const hasFirst = switchOf(childOf(section, 'titlePg')) ?? false;
  const isShown = (type: string | undefined) => (type === 'first' ? hasFirst : type === 'even' ? hasEven : true);
  return (['header', 'footer'] as const).flatMap((kind) =>
    childrenOf(section, `${kind}Reference`)
      .filter(({ attributes }) => isShown(attributes.type))
      .map(({ attributes }) => ({ kind, relationshipId: attributes[':id'] ?? '' })),
  );
}

function noteOfChanges({ changes: { inserted, deleted } }: WordDocument): string[] {
  if (inserted + deleted === 0) return [];
  const counts = [
    ...(inserted > 0 ? [`${inserted} ${inserted === 1 ? 'insertion' : 'insertions'}`] : []),
    ...(deleted > 0 ? [`${deleted} ${deleted === 1 ? 'deletion' : 'deletions'}`] : []),
  ];
  return [`[tracked changes are shown as accepted: ${counts.join(', ')}]`];
}
