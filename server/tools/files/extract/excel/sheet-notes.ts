import type { Archive } from '../read-archive.ts';
import { partOf, partsOf, type Relationship } from '../package-parts.ts';
import { childOf, readElements, textOf, type XmlElement } from '../xml-tree.ts';

/** What people wrote beside cells, by the cell's reference. */
export type SheetComments = Map<string, string[]>;

/** Comments of both kinds: notes, and threads of answers. (ECMA-376 part 1, 18.7; MS-XLSX 2.6.205.) */
export async function readSheetComments(
  archive: Archive,
  relationships: Relationship[],
  persons: Map<string, string>,
): Promise<SheetComments> {
  const comments: SheetComments = new Map();
  const add = (reference: string, author: string | undefined, text: string) => {
    const known = comments.get(reference) ?? [];
    if (text !== '') comments.set(reference, [...known, `[comment${author ? ` by ${author}` : ''}: ${text}]`]);
  };
  for (const part of partsOf(archive, relationships, 'threadedComment')) {
    await readElements(archive.stream(part), {
      isWanted: (name) => name === 'threadedComment',
      onElement(comment) {
        const author = persons.get(comment.attributes.personId ?? '');
        const resolved = /^(1|true)$/.test(comment.attributes.done ?? '') ? ' (resolved)' : '';
        add(comment.attributes.ref ?? '', author, textOf(childOf(comment, 'text')).trim() + resolved);
      },
    });
  }
  const notes = partOf(archive, relationships, 'comments');
  if (notes === undefined) return comments;
  const authors: string[] = [];
  const threads = new Set(comments.keys());
  await readElements(archive.stream(notes), {
    isWanted: (name) => name === 'author' || name === 'comment',
    onElement(element) {
      const reference = element.attributes.ref ?? '';
      if (element.name === 'author') authors.push(textOf(element).trim());
      // A thread leaves a note that only says that there is one.
      else if (!threads.has(reference)) add(reference, ...noteOf(element, authors));
    },
  });
  return comments;
}

function noteOf(comment: XmlElement, authors: string[]): [author: string | undefined, text: string] {
  const author = authors[Number(comment.attributes.authorId)];
  const text = textOf(childOf(comment, 'text')).trim();
  if (author?.startsWith('tc=')) return [undefined, text];
  // Excel begins a note with its author's name.
  return [author, author && text.startsWith(`${author}:`) ? text.slice(author.length + 1).trim() : text];
}
