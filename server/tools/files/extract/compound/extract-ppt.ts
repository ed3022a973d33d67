import { type ExtractedText, UnreadableDocument } from '../document.ts';
import { createSlideText } from '../shared/slide-text.ts';

// The records of a PowerPoint presentation of before 2007. (MS-PPT 2.3.1, 2.13.24.)
const types = {
  slide: 0x03ee,
  slidePersist: 0x03f3,
  notes: 0x03f0,
  slideShowInfo: 0x03f9,
  slideList: 0x0ff0,
  textCharacters: 0x0fa0,
  textBytes: 0x0fa8,
  persistDirectory: 0x1772,
};
const maxDepth = 30;

interface PptRecord {
  type: number;
  instance: number;
  isContainer: boolean;
  start: number;
  end: number;
}

/** The texts of slides in their order, then of notes. */
export function extractPpt(stream: Uint8Array): ExtractedText {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const places = placesOf(view);
  const lists = [...recordsIn(view, 0, stream.length, 0)].filter(({ type }) => type === types.slideList);
  const slides = lists.filter(({ instance }) => instance === 0).flatMap((list) => entriesOf(view, list));
  const notes = lists.filter(({ instance }) => instance === 2).flatMap((list) => entriesOf(view, list));
  if (slides.length === 0) throw new UnreadableDocument('is damaged or no valid PowerPoint presentation');
  const text = createSlideText();
  slides.forEach((slide, index) => {
    const place = places.get(slide.id);
    const record = place === undefined ? undefined : recordAt(view, place);
    const isHidden = record?.type === types.slide && isHiddenSlide(view, record);
    const texts = [...slide.texts, ...(record ? textsIn(view, record) : [])];
    const lines = [...new Set(texts.flatMap((each) => each.split('\n')).filter((line) => line.trim() !== ''))];
    text.add({ number: index + 1, title: lines[0]?.slice(0, 120), isHidden, lines });
  });
  const noteTexts = notes.flatMap(({ id, texts }) => {
    const place = places.get(id);
    const record = place === undefined ? undefined : recordAt(view, place);
    return [...texts, ...(record ? textsIn(view, record) : [])].filter(
      (each) => each.trim() !== '' && each.trim() !== '*',
    );
  });
  if (noteTexts.length > 0) text.append(`\n\nNotes of the slides:\n${noteTexts.join('\n')}`);
  return text.end({
    format: 'PowerPoint',
    notShown: ['pictures', 'charts', 'the columns of tables (this is an old .ppt)'],
    leftOut: 'the end of the presentation',
  });
}

function recordAt(view: DataView, start: number): PptRecord | undefined {
  if (start + 8 > view.byteLength) return undefined;
  const head = view.getUint16(start, true);
  const length = view.getUint32(start + 4, true);
  const end = Math.min(view.byteLength, start + 8 + length);
  return {
    type: view.getUint16(start + 2, true),
    instance: head >> 4,
    isContainer: (head & 15) === 15,
    start: start + 8,
    end,
  };
}

/** All records, containers before what they hold. */
function* recordsIn(view: DataView, start: number, end: number, depth: number): Generator<PptRecord> {
  for (let at = start; at + 8 <= end;) {
    const record = recordAt(view, at);
    if (!record) return;
    yield record;
    if (record.isContainer && depth < maxDepth) yield* recordsIn(view, record.start, record.end, depth + 1);
    at = record.end;
  }
}

/** Where the slides and notes lie in the stream, by their ids; later directories replace earlier ones. */
function placesOf(view: DataView): Map<number, number> {
  const places = new Map<number, number>();
  for (const { type, start, end } of recordsIn(view, 0, view.byteLength, maxDepth)) {
    if (type !== types.persistDirectory) continue;
    for (let at = start; at + 4 <= end;) {
      const head = view.getUint32(at, true);
      const [first, count] = [head & 0xfffff, head >>> 20];
      at += 4;
      for (let index = 0; index < count && at + 4 <= end; index += 1, at += 4)
        places.set(first + index, view.getUint32(at, true));
    }
  }
  return places;
}

function entriesOf(view: DataView, list: PptRecord): { id: number; texts: string[] }[] {
  const entries: { id: number; texts: string[] }[] = [];
  for (const record of recordsIn(view, list.start, list.end, maxDepth)) {
    if (record.type === types.slidePersist && record.start + 4 <= record.end)
      entries.push({ id: view.getUint32(record.start, true), texts: [] });
    const text = textOf(view, record);
    if (text !== undefined) entries.at(-1)?.texts.push(text);
  }
  return entries;
}

function textsIn(view: DataView, container: PptRecord): string[] {
  return [...recordsIn(view, container.start, container.end, 0)]
    .map((record) => textOf(view, record))
    .filter((text) => text !== undefined);
}

function textOf(view: DataView, { type, start, end }: PptRecord): string | undefined {
  if (type !== types.textCharacters && type !== types.textBytes) return undefined;
  const bytes = new Uint8Array(view.buffer, view.byteOffset + start, end - start);
  const label = type === types.textCharacters ? 'utf-16le' : 'latin1';
  return new TextDecoder(label)
    .decode(bytes)
    .replace(/[\r\v]/g, '\n')
    .replaceAll('\0', '');
}

function isHiddenSlide(view: DataView, slide: PptRecord): boolean {
  for (const { type, start, end } of recordsIn(view, slide.start, slide.end, 0)) {
    if (type === types.slideShowInfo && start + 12 <= end) return (view.getUint16(start + 10, true) & 4) !== 0;
  }
  return false;
}
