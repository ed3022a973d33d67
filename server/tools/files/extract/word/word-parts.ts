import { chartLines, readChart } from '../shared/chart.ts';
import { readDiagram } from '../shared/diagram.ts';
import { partOf, type Relationship, relationshipsOf } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { childrenOf, readElements, readTree, type XmlElement } from '../xml-tree.ts';
import { blocksOf } from './word-blocks.ts';
import { storyOf, type WordDocument, type WordStory } from './word-story.ts';

const maxDrawings = 200;

/** A story of a part, with the links and drawings that the part refers to. */
export async function storyOfPart(
  archive: Archive,
  document: WordDocument,
  relationships: Relationship[],
): Promise<WordStory> {
  const links = new Map(relationships.filter(({ isExternal }) => isExternal).map(({ id, target }) => [id, target]));
  const drawings = new Map<string, string[]>();
  for (const { id, type, target } of relationships) {
    if (drawings.size >= maxDrawings) break;
    if (type === 'chart' || type === 'chartEx') drawings.set(id, chartLines(await readChart(archive, target)));
    if (type === 'diagramData') drawings.set(id, await readDiagram(archive, target));
  }
  return storyOf({ document, links, drawings });
}

/** Comments as they are shown in the text, by their ids. */
export async function readComments(
  archive: Archive,
  document: WordDocument,
  relationships: Relationship[],
): Promise<void> {
  const part = partOf(archive, relationships, 'comments');
  if (part === undefined) return;
  const resolved = await resolvedComments(archive, partOf(archive, relationships, 'commentsExtended'));
  const story = await storyOfPart(archive, document, await relationshipsOf(archive, part));
  await readElements(archive.stream(part), {
    isWanted: (name) => name === 'comment',
    onElement(comment) {
      const { id = '', author } = comment.attributes;
      const text = blocksOf(comment, story).join(' ');
      const isResolved = childrenOf(comment, 'p').some(({ attributes }) => resolved.has(attributes.paraId ?? ''));
      const by = author ? ` by ${author}` : '';
      document.comments.set(id, `[comment${by}: ${text}${isResolved ? ' (resolved)' : ''}]`);
    },
  });
}

async function resolvedComments(archive: Archive, part: string | undefined): Promise<Set<string>> {
  const resolved = new Set<string>();
  if (part === undefined) return resolved;
  await readElements(archive.stream(part), {
    isWanted: (name) => name === 'commentEx',
    onElement: ({ attributes }) => void (attributes.done === '1' && resolved.add(attributes.paraId ?? '')),
  });
  return resolved;
}

/** Footnotes or endnotes, by their ids. */
export async function readNotes(
  archive: Archive,
  relationships: Relationship[],
  kind: 'footnote' | 'endnote',
): Promise<Map<string, XmlElement>> {
  const notes = new Map<string, XmlElement>();
  const part = partOf(archive, relationships, `${kind}s`);
  if (part === undefined) return notes;
  await readElements(archive.stream(part), {
    isWanted: (name) => name === kind,
    onElement: (note) => void (note.attributes.type === undefined && notes.set(note.attributes.id ?? '', note)),
  });
  return notes;
}

export interface HeaderReference {
  kind: 'header' | 'footer';
  relationshipId: string;
}

/** Headers and footers, each text once. */
export async function readHeaders(
  archive: Archive,
  document: WordDocument,
  relationships: Relationship[],
  references: HeaderReference[],
): Promise<string[]> {
  const lines = new Set<string>();
  const targets = new Map(relationships.map(({ id, target }) => [id, target]));
  for (const { kind, relationshipId } of references) {
    const part = targets.get(relationshipId);
    if (part === undefined || !archive.has(part)) continue;
    const story = await storyOfPart(archive, document, await relationshipsOf(archive, part));
    const texts = blocksOf(await readTree(archive.stream(part)), story);
    const text = texts
      .join(' / ')
      .replace(/\s*\n\s*/g, ' / ')
      .replace(/\t+/g, ' | ')
      .trim();
    if (text !== '') lines.add(`[${kind}: ${text}]`);
  }
  return [...lines];
}

/** Whether pages with even numbers have headers of their own. */
export async function hasEvenHeaders(archive: Archive, relationships: Relationship[]): Promise<boolean> {
  const part = partOf(archive, relationships, 'settings');
  let isOn = false;
  if (part === undefined) return isOn;
  await readElements(archive.stream(part), {
    isWanted: (name) => name === 'evenAndOddHeaders',
    onElement: ({ attributes }) => void (isOn = !['0', 'false', 'off'].includes(attributes.val ?? '1')),
  });
  return isOn;
}
