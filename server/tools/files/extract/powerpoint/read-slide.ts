import { partOf, type Relationship, relationshipsOf } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { chartLines, readChart } from '../shared/chart.ts';
import { readDiagram } from '../shared/diagram.ts';
import { drawingText, type LinkTarget } from '../shared/drawing-text.ts';
import { markdownTable, type TableCell } from '../shared/markdown-table.ts';
import type { Tally } from '../shared/tally.ts';
import {
  childOf,
  childrenOf,
  descendantsOf,
  elementsOf,
  findElement,
  readTree,
  textOf,
  type XmlElement,
} from '../xml-tree.ts';
import type { Backgrounds } from './slide-background.ts';
import { readComments } from './slide-comments.ts';

interface SlideRequest {
  archive: Archive;
  part: string;
  tally: Tally;
  authors: Map<string, string>;
  backgrounds: Backgrounds;
}

interface Slide {
  title: string;
  isHidden: boolean;
  lines: string[];
}

const maxTitle = 120;

export async function readSlide(request: SlideRequest): Promise<Slide> {
  const { archive, part, tally, authors, backgrounds } = request;
  const relationships = await relationshipsOf(archive, part);
  const slide = await readTree(archive.stream(part));
  const reader = createShapeReader(archive, relationships, tally);
  const tree = findElement(slide, 'spTree');
  if (tree) await reader.readShapes(tree);
  else reader.blocks.push(...looseTexts(slide));
  const layout = partOf(archive, relationships, 'slideLayout');
  const fixed = slide.attributes.showMasterSp === '0' ? [] : await backgrounds.textsOf(layout);
  const notes = await readNotes(archive, partOf(archive, relationships, 'notesSlide'));
  const comments = await readComments(archive, relationships, authors);
  const title = reader.title ?? reader.blocks[0] ?? '';
  return {
    title: (title.split('\n')[0] ?? '').slice(0, maxTitle),
    isHidden: slide.attributes.show === '0' || slide.attributes.show === 'false',
    lines: [
      ...reader.blocks.flatMap((block, index) => [
        ...(index > 0 && block.startsWith('| ') ? [''] : []),
        ...block.split('\n'),
      ]),
      ...[...new Set(fixed)].map((text) => `[on the background: ${text}]`),
      ...comments,
      ...(notes === '' ? [] : [`Notes: ${notes}`]),
    ],
  };
}

/** Of a slide that keeps its paragraphs outside of shapes. */
function looseTexts(slide: XmlElement): string[] {
  return [...descendantsOf(slide, 'p')]
    .map((paragraph) => [...descendantsOf(paragraph, 't')].map(textOf).join(''))
    .filter((text) => text !== '');
}

/** The texts of shapes in their order, the title first. */
function createShapeReader(archive: Archive, relationships: Relationship[], tally: Tally) {
  const byId = new Map(relationships.map((each) => [each.id, each]));
  const blocks: string[] = [];
  let title: string | undefined;
  const linkTarget: LinkTarget = (id) => {
    const relationship = byId.get(id ?? '');
    return relationship?.isExternal ? relationship.target : undefined;
  };
  const add = (text: string) => void (text !== '' && blocks.push(text));

  function readText(shape: XmlElement) {
    const type = placeholderOf(shape);
    if (type === 'sldNum' || type === 'dt') return;
    const text = drawingText(shape, linkTarget);
    if (title === undefined && (type === 'title' || type === 'ctrTitle') && text !== '') {
      title = text.replace(/\s*\n\s*/g, ' ');
      blocks.unshift(text);
    } else add(text);
  }

  async function readFrame(frame: XmlElement): Promise<void> {
    const table = findElement(frame, 'tbl');
    const chart = byId.get(findElement(frame, 'chart')?.attributes[':id'] ?? '');
    const diagram = byId.get(findElement(frame, 'relIds')?.attributes.dm ?? '');
    if (table) add(tableLines(table, linkTarget).join('\n'));
    else if (chart) add(chartLines(await readChart(archive, chart.target)).join('\n'));
    else if (diagram) add((await readDiagram(archive, diagram.target)).join('\n'));
    else if (findElement(frame, 'oleObj')) tally.add('embedded file');
    else tally.add('drawing');
  }

  async function readShapes(tree: XmlElement): Promise<void> {
    for (const shape of elementsOf(tree)) {
      if (isHiddenShape(shape)) tally.add('hidden shape');
      else if (shape.name === 'sp' || shape.name === 'cxnSp') readText(shape);
      else if (shape.name === 'grpSp') await readShapes(shape);
      else if (shape.name === 'graphicFrame') await readFrame(shape);
      else if (shape.name === 'AlternateContent')
        await readShapes(childOf(shape, 'Choice') ?? childOf(shape, 'Fallback') ?? shape);
      else if (shape.name === 'pic') add(readPicture(shape, tally));
    }
  }

  return {
    blocks,
    get title() {
      return title;
    },
    readShapes,
  };
}

function readPicture(picture: XmlElement, tally: Tally): string {
  const properties = childOf(picture, 'nvPicPr');
  const isMedia = findElement(properties, 'videoFile') ?? findElement(properties, 'audioFile');
  tally.add(isMedia ? 'recording' : 'picture');
  const description = childOf(properties, 'cNvPr')?.attributes.descr?.replace(/\s+/g, ' ').trim();
  return description ? `[picture: ${description}]` : '';
}

function placeholderOf(shape: XmlElement): string | undefined {
  const placeholder = findElement(childOf(shape, 'nvSpPr'), 'ph');
  return placeholder && (placeholder.attributes.type ?? 'obj');
}

function isHiddenShape(shape: XmlElement): boolean {
  const properties = elementsOf(shape).find(({ name }) => /^nv\w+Pr$/.test(name));
  return /^(1|true)$/.test(childOf(properties, 'cNvPr')?.attributes.hidden ?? '');
}

/** (ECMA-376 part 1, 21.1.3.) */
function tableLines(table: XmlElement, linkTarget: LinkTarget): string[] {
  const rows = childrenOf(table, 'tr').map((row) =>
    childrenOf(row, 'tc')
      // What a merged cell reaches over is there once more, empty.
      .filter(({ attributes }) => attributes.hMerge !== '1' && attributes.vMerge !== '1')
      .map((cell): TableCell => ({
        text: drawingText(cell, linkTarget),
        columns: Number(cell.attributes.gridSpan ?? 1),
        rows: Number(cell.attributes.rowSpan ?? 1),
      })),
  );
  return markdownTable(rows);
}

/** What the speaker wrote under the slide. */
async function readNotes(archive: Archive, part: string | undefined): Promise<string> {
  if (part === undefined) return '';
  const tree = await readTree(archive.stream(part));
  const ignored = new Set(['sldNum', 'dt', 'hdr', 'ftr', 'sldImg']);
  return [...descendantsOf(tree, 'sp')]
    .filter((shape) => !ignored.has(placeholderOf(shape) ?? ''))
    .map((shape) => drawingText(shape))
    .filter((text) => text !== '')
    .join('\n');
}
