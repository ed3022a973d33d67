import type { Archive } from '../read-archive.ts';
import { type Relationship, partOf, relationshipsOf } from '../package-parts.ts';
import { readXml, type XmlReader } from '../read-xml.ts';
import { readCellStyles, type CellStyle } from './cell-styles.ts';

export interface WorkbookSheet {
  name: string;
  part: string;
  state: 'visible' | 'hidden' | 'very hidden';
}

export interface Workbook {
  sheets: WorkbookSheet[];
  sharedStrings: string[];
  styles: CellStyle[];
  /** Names of people who write in threaded comments, by their id. */
  persons: Map<string, string>;
}

/** Reads what all sheets share. (ECMA-376 part 1, 18.2.) */
export async function readWorkbook(archive: Archive, part: string): Promise<Workbook> {
  const relationships = await relationshipsOf(archive, part);
  const targets = new Map(relationships.map((each) => [each.id, each.target]));
  const sheets: WorkbookSheet[] = [];
  const parents: string[] = [];
  let countsFrom1904 = false;
  await readXml(archive.stream(part), {
    open(name, attributes) {
      // An extension below has a workbookPr of its own, which says nothing of dates.
      if (name === 'workbookPr' && parents.length === 1) countsFrom1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      parents.push(name);
      if (name !== 'sheet') return;
      const target = targets.get(attributes[':id'] ?? '');
      if (target === undefined || !archive.has(target)) return;
      sheets.push({ name: attributes.name ?? '', part: target, state: stateOf(attributes.state) });
    },
    close: () => void parents.pop(),
  });
  return {
    sheets,
    sharedStrings: await readSharedStrings(archive, partOf(archive, relationships, 'sharedStrings')),
    styles: await readCellStyles(archive, partOf(archive, relationships, 'styles'), countsFrom1904),
    persons: await readPersons(archive, relationships),
  };
}

function stateOf(state: string | undefined): WorkbookSheet['state'] {
  if (state === 'veryHidden') return 'very hidden';
  return state === 'hidden' ? 'hidden' : 'visible';
}

async function readSharedStrings(archive: Archive, part: string | undefined): Promise<string[]> {
  if (part === undefined) return [];
  const strings: string[] = [];
  const rich = createRichText();
  await readXml(archive.stream(part), {
    open(name, attributes) {
      if (name === 'si') rich.begin();
      rich.open(name, attributes);
    },
    text: rich.text,
    close(name) {
      rich.close(name);
      if (name === 'si') strings.push(rich.value);
    },
  });
  return strings;
}

/** Collects the text of a cell that may be written in several fonts; what is crossed out stands between `~~`. */
export function createRichText(): Required<Pick<XmlReader, 'open' | 'text' | 'close'>> & {
  begin(): void;
  readonly value: string;
} {
  let value = '';
  let isText = false;
  let phonetic = 0;
  let isStruck = false;
  return {
    get value() {
      return value.replaceAll('~~~~', '');
    },
    begin: () => void ((value = ''), (isStruck = false)),
    open(name, attributes) {
      // rPh holds the reading of Asian characters, which would double the text.
      if (name === 'rPh') phonetic += 1;
      if (name === 'r') isStruck = false;
      if (name === 'strike') isStruck = !/^(0|false)$/.test(attributes.val ?? '1');
      isText = name === 't' && phonetic === 0;
      if (isText && isStruck) value += '~~';
    },
    text: (part) => void (isText && (value += part)),
    close(name) {
      if (name === 'rPh') phonetic -= 1;
      if (isText && isStruck) value += '~~';
      isText = false;
    },
  };
}

async function readPersons(archive: Archive, relationships: Relationship[]): Promise<Map<string, string>> {
  const persons = new Map<string, string>();
  const part = partOf(archive, relationships, 'person');
  if (part === undefined) return persons;
  await readXml(archive.stream(part), {
    open: (name, { id, displayName }) => void (name === 'person' && id && persons.set(id, displayName ?? '')),
  });
  return persons;
}
