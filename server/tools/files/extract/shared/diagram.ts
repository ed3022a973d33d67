import type { Archive } from '../read-archive.ts';
import { childOf, descendantsOf, readTree, textOf, type XmlElement } from '../xml-tree.ts';

const maxLevels = 8;

/** The texts of a diagram (SmartArt), indented by their levels. (ECMA-376 part 1, 21.4.) */
export async function readDiagram(archive: Archive, part: string): Promise<string[]> {
  if (!archive.has(part)) return [];
  const model = await readTree(archive.stream(part));
  const texts = new Map<string, string>();
  const children = new Map<string, { id: string; order: number }[]>();
  const hasParent = new Set<string>();
  for (const point of descendantsOf(model, 'pt')) {
    const text = pointText(point);
    if (!['pres', 'parTrans', 'sibTrans'].includes(point.attributes.type ?? ''))
      texts.set(point.attributes.modelId ?? '', text);
  }
  for (const { attributes } of descendantsOf(model, 'cxn')) {
    if ((attributes.type ?? 'parOf') !== 'parOf') continue;
    const { srcId = '', destId = '', srcOrd } = attributes;
    children.set(srcId, [...(children.get(srcId) ?? []), { id: destId, order: Number(srcOrd ?? 0) }]);
    hasParent.add(destId);
  }
  const lines: string[] = [];
  const seen = new Set<string>();
  const add = (id: string, level: number) => {
    if (seen.has(id)) return;
    seen.add(id);
    const text = texts.get(id);
    if (text) lines.push(`${'  '.repeat(level)}- ${text}`);
    const below = (children.get(id) ?? []).toSorted((one, other) => one.order - other.order);
    for (const child of below) add(child.id, text ? Math.min(level + 1, maxLevels) : level);
  };
  for (const id of texts.keys()) if (!hasParent.has(id)) add(id, 0);
  return lines.length > 0 ? ['[diagram]', ...lines] : [];
}

function pointText(point: XmlElement): string {
  const body = childOf(point, 't');
  if (!body) return '';
  return [...descendantsOf(body, 'p')]
    .map((paragraph) => [...descendantsOf(paragraph, 't')].map(textOf).join(''))
    .filter((text) => text !== '')
    .join(' / ')
    .trim();
}
