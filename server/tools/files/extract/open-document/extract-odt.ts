import { type ExtractedText, extractLimits } from '../document.ts';
import type { Archive } from '../read-archive.ts';
import { createMarkdown, withoutText } from '../shared/markdown-text.ts';
import { createTally } from '../shared/tally.ts';
import { childrenOf, readElements, type XmlElement } from '../xml-tree.ts';
import { readOdfObjects } from './odf-objects.ts';
import { readOdfStyles } from './odf-styles.ts';
import { createOdfReader, odfWrappers, type OdfReader } from './odf-text.ts';

/** Reads an OpenDocument text as Markdown, with all its changes accepted. */
export async function extractOdt(archive: Archive): Promise<ExtractedText> {
  const tally = createTally();
  const styles = await readOdfStyles(archive);
  const context = { styles, objects: await readOdfObjects(archive), tally };
  const reader = createOdfReader(context);
  const markdown = createMarkdown(extractLimits.characters);
  const changes = { insertion: 0, deletion: 0 };
  await readElements(archive.stream('content.xml'), {
    isWanted: isBlock,
    onElement(element) {
      if (element.name === 'tracked-changes') countChanges(element, changes);
      else for (const block of reader.block(element)) markdown.add(block);
    },
    isDone: () => markdown.isFull,
  });
  const { insertion, deletion } = changes;
  const headers = await readHeaders(archive, createOdfReader(context));
  return markdown.end({
    format: 'OpenDocument text',
    above: [
      ...(reader.hasText ? [] : [withoutText(tally.list())]),
      ...headers,
      ...(insertion + deletion > 0
        ? [`[tracked changes are shown as accepted: insertions ${insertion}, deletions ${deletion}]`]
        : []),
    ],
    notShown: tally.list(),
  });
}

const blocks = new Set(['p', 'h', 'list', 'table', 'frame', 'tracked-changes']);

function isBlock(name: string, parents: readonly string[], { display }: Record<string, string>): boolean {
  const isHidden = name === 'section' && display === 'none';
  if (!blocks.has(name) && !isHidden) return false;
  const body = parents.indexOf('text');
  return body >= 0 && parents.slice(body + 1).every((parent) => odfWrappers.has(parent));
}

function countChanges(element: XmlElement, changes: { insertion: number; deletion: number }): void {
  for (const region of childrenOf(element, 'changed-region')) {
    changes.insertion += childrenOf(region, 'insertion').length;
    changes.deletion += childrenOf(region, 'deletion').length;
  }
}

/** Headers and footers of the page styles, each text once. */
async function readHeaders(archive: Archive, reader: OdfReader): Promise<string[]> {
  const lines = new Set<string>();
  if (!archive.has('styles.xml')) return [];
  await readElements(archive.stream('styles.xml'), {
    isWanted: (name, parents) => /^(header|footer)(-left|-first)?$/.test(name) && parents.includes('master-page'),
    onElement(element) {
      const text = reader.textsIn(element).join(' / ').replace(/\t+/g, ' | ').trim();
      if (text !== '' && element.attributes.display !== 'false') lines.add(`[${element.name.split('-')[0]}: ${text}]`);
    },
  });
  return [...lines];
}
