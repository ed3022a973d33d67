import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storedZip } from './extract/stored-zip.ts';

/** For tests: a small Office document of the collection that shows what people see. */
export async function officeFixture(name: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, 'fixtures/office', name));
}

/** An archive of text parts. */
export function packageOf(parts: Record<string, string>): Buffer<ArrayBuffer> {
  return storedZip(Object.entries(parts).map(([name, text]) => ({ name, data: Buffer.from(text) })));
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function relationshipsXml(targets: Record<string, [type: string, target: string, mode?: 'External']>): string {
  const each = Object.entries(targets).map(
    ([id, [type, target, mode]]) =>
      `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`,
  );
  return `<Relationships>${each.join('')}</Relationships>`;
}

interface SheetParts {
  /** What stands before and after the rows. */
  before?: string;
  rows: string;
  after?: string;
  state?: string;
  relationships?: string;
}

/** A workbook of these sheets; `more` are further parts, such as styles. */
export function workbookOf(sheets: Record<string, SheetParts>, more: Record<string, string> = {}): Buffer<ArrayBuffer> {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    'xl/workbook.xml':
      `<workbook xmlns:r="r"><sheets>` +
      names
        .map((name, index) => `<sheet name="${name}" state="${sheets[name]?.state ?? 'visible'}" r:id="s${index}"/>`)
        .join('') +
      '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relationshipsXml({
      ...Object.fromEntries(names.map((_, index) => [`s${index}`, ['worksheet', `worksheets/sheet${index}.xml`]])),
      styles: ['styles', 'styles.xml'],
    }),
  };
  names.forEach((name, index) => {
    const { before = '', rows, after = '', relationships } = sheets[name] ?? { rows: '' };
    parts[`xl/worksheets/sheet${index}.xml`] =
      `<worksheet xmlns:r="r">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
    if (relationships) parts[`xl/worksheets/_rels/sheet${index}.xml.rels`] = relationships;
  });
  return packageOf({ ...parts, ...more });
}

/** A row of texts and numbers. */
export function sheetRow(number: number, cells: (string | number)[], attributes = ''): string {
  const each = cells.map((cell) => (typeof cell === 'number' ? `<c><v>${cell}</v></c>` : textCell(cell)));
  return `<row r="${number}" ${attributes}>${each.join('')}</row>`;
}

function textCell(text: string): string {
  return text === '' ? '<c/>' : `<c t="inlineStr"><is><t>${text}</t></is></c>`;
}

/** Styles with one cell style for each number format: a built-in one by its id, or a pattern. */
export function stylesXml(formats: (number | string)[], fonts = '<font/>'): string {
  const escaped = (pattern: string) =>
    pattern.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const own = formats.map((format, index) =>
    typeof format === 'string' ? `<numFmt numFmtId="${200 + index}" formatCode="${escaped(format)}"/>` : '',
  );
  const styles = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'string' ? 200 + index : format}"/>`,
  );
  return `<styleSheet><numFmts>${own.join('')}</numFmts><fonts>${fonts}</fonts><cellXfs>${styles.join('')}</cellXfs></styleSheet>`;
}

const wordNamespaces =
  'xmlns:w="w" xmlns:w14="w14" xmlns:r="r" xmlns:m="m" xmlns:a="a" xmlns:wp="wp" xmlns:wps="wps" xmlns:pic="pic" xmlns:c="c" xmlns:v="v" xmlns:mc="mc" xmlns:dgm="dgm"';

/** A Word document around the XML of its body; `parts` are further parts, referred to by a relationship of this type. */
export function wordOf(
  body: string,
  parts: Record<string, [type: string, xml: string]> = {},
  links: Record<string, string> = {},
): Buffer<ArrayBuffer> {
  const targets = Object.entries(parts).map(([name, [type]]): [string, [string, string]] => [
    name.replace(/\W/g, ''),
    [type, name],
  ]);
  const external = Object.entries(links).map(([id, target]): [string, [string, string, 'External']] => [
    id,
    ['hyperlink', target, 'External'],
  ]);
  return packageOf({
    'word/document.xml': `<w:document ${wordNamespaces}><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relationshipsXml(Object.fromEntries([...targets, ...external])),
    ...Object.fromEntries(
      Object.entries(parts).map(([name, [type, xml]]) => [
        `word/${name}`,
        `<w:${type} ${wordNamespaces}>${xml}</w:${type}>`,
      ]),
    ),
  });
}

/** A run of text with these properties. */
export function wordRun(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

export function wordLine(content: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${content.startsWith('<') ? content : wordRun(content)}</w:p>`;
}
