import { partsOf, type Relationship } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { childOf, descendantsOf, readElements, textOf, type XmlElement } from '../xml-tree.ts';

/** Who writes comments, by their ids: a number in older presentations, a GUID in newer ones. */
export async function readCommentAuthors(
  archive: Archive,
  relationships: Relationship[],
): Promise<Map<string, string>> {
  const authors = new Map<string, string>();
  for (const type of ['commentAuthors', 'authors']) {
    for (const part of partsOf(archive, relationships, type)) {
      await readElements(archive.stream(part), {
        isWanted: (name) => name === 'cmAuthor' || name === 'author',
        onElement: ({ attributes: { id, name } }) => void (id && authors.set(id, name ?? '')),
      });
    }
  }
  return authors;
}

/** (ECMA-376 part 1, 19.4; threads: MS-PPTX 2.16.3.3.) */
export async function readComments(
  archive: Archive,
  relationships: Relationship[],
  authors: Map<string, string>,
): Promise<string[]> {
  const lines: string[] = [];
  const add = (comment: XmlElement, text: string) => {
    const author = authors.get(comment.attributes.authorId ?? '');
    const resolved = comment.attributes.status === 'resolved' ? ' (resolved)' : '';
    if (text !== '') lines.push(`[comment${author ? ` by ${author}` : ''}: ${text}${resolved}]`);
  };
  for (const part of partsOf(archive, relationships, 'comments')) {
    await readElements(archive.stream(part), {
      isWanted: (name) => name === 'cm',
      onElement(comment) {
        add(comment, commentText(comment));
        for (const reply of descendantsOf(comment, 'reply')) add(reply, commentText(reply));
      },
    });
  }
  return lines;
}

function commentText(comment: XmlElement): string {
  const body = childOf(comment, 'txBody');
  const text = body ? [...descendantsOf(body, 't')].map(textOf).join('') : textOf(childOf(comment, 'text'));
  return text.replace(/\s+/g, ' ').trim();
}
