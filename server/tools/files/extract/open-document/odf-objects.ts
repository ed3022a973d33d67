import type { Archive } from '../read-archive.ts';
import { markdownTable } from '../shared/markdown-table.ts';
import { childOf, childrenOf, descendantsOf, findElement, readTree, textOf, type XmlElement } from '../xml-tree.ts';

const maxObjects = 200;

/** Charts and formulas are documents within the document, by their directories: `Object 1`. */
export type OdfObjects = Map<string, string[]>;

export async function readOdfObjects(archive: Archive): Promise<OdfObjects> {
  const objects: OdfObjects = new Map();
  for (const name of archive.names) {
    const directory = /^([^/]+)\/content\.xml$/.exec(name)?.[1];
    if (directory === undefined || objects.size >= maxObjects) continue;
    objects.set(directory, objectLines(await readTree(archive.stream(name))));
  }
  return objects;
}

function objectLines(content: XmlElement): string[] {
  if (content.name === 'math') return [formula(content)];
  const chart = findElement(content, 'chart');
  const body = childOf(content, 'body', 'chart', 'chart') ?? chart;
  if (!body) return [];
  const title = textOf(childOf(body, 'title')).trim();
  const kind = body.attributes.class?.split(':').at(-1);
  const table = findElement(body, 'table');
  const rows = table ? [...descendantsOf(table, 'table-row')] : [];
  const cells = rows.map((row) =>
    childrenOf(row, 'table-cell').map((cell) => ({ text: childrenOf(cell, 'p').map(textOf).join(' ') })),
  );
  return [`[chart${title ? `: ${title}` : ''}${kind ? ` (${kind})` : ''}]`, ...markdownTable(cells)];
}

function formula(content: XmlElement): string {
  return textOf(findElement(content, 'annotation') ?? content)
    .replace(/\s+/g, ' ')
    .trim();
}
