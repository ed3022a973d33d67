import { describeChart, readChart } from '../shared/chart.ts';
import { drawingText } from '../shared/drawing-text.ts';
import type { Tally } from '../shared/tally.ts';
import type { Archive } from '../read-archive.ts';
import { partsOf, type Relationship, relationshipsOf } from '../package-parts.ts';
import { findElement, readElements, type XmlElement } from '../xml-tree.ts';

/** What lies over the cells of a sheet: charts by their titles, text boxes, and pictures, which are counted. */
export async function readDrawings(archive: Archive, relationships: Relationship[], tally: Tally): Promise<string[]> {
  const lines: string[] = [];
  for (const part of partsOf(archive, relationships, 'drawing')) {
    const targets = new Map((await relationshipsOf(archive, part)).map(({ id, target }) => [id, target]));
    const charts: string[] = [];
    const addShape = (element: XmlElement) => {
      if (element.name === 'pic') {
        tally.add('picture');
      } else if (element.name === 'sp') {
        const text = drawingText(element);
        if (text !== '') lines.push(`[text box: ${text.replace(/\s*\n\s*/g, ' / ')}]`);
      } else {
        const target = targets.get(findElement(element, 'chart')?.attributes[':id'] ?? '');
        if (target === undefined) tally.add('drawing');
        else charts.push(target);
      }
    };
    const isShape = (name: string) => name === 'pic' || name === 'sp' || name === 'graphicFrame';
    await readElements(archive.stream(part), {
      isWanted: (name, parents) => isShape(name) && !parents.includes('Fallback'),
      onElement: addShape,
    });
    for (const chart of charts) lines.push(describeChart(await readChart(archive, chart)));
  }
  tally.add('form control', partsOf(archive, relationships, 'ctrlProp').length);
  tally.add('embedded file', relationships.filter(({ type }) => type === 'oleObject' || type === 'package').length);
  return lines;
}
