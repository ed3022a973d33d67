import { storedZip } from '../server/tools/files/extract/stored-zip.ts';
import { docxWithBody, pdfWithContent, wordParagraph } from '../test/files/file-fixtures.ts';
import { outlookMessage } from '../server/tools/files/msg-fixture.ts';
import type { Sample } from './document-samples.ts';

type Writer = (sample: Sample) => Buffer;

/** Each kind of document by its ending. */
export const writers: Record<string, { name: string; write: Writer; isAscii?: true; hasTables?: false }> = {
  docx: { name: 'Word', write: docx },
  xlsx: { name: 'Excel', write: xlsx },
  pptx: { name: 'PowerPoint', write: pptx },
  odt: { name: 'OpenDocument text', write: (sample) => openDocument('text', odtBody(sample)) },
  ods: { name: 'OpenDocument spreadsheet', write: (sample) => openDocument('spreadsheet', odsBody(sample)) },
  pdf: { name: 'PDF', write: pdf, isAscii: true },
  html: { name: 'HTML', write: (sample) => Buffer.from(html(sample)) },
  mht: { name: 'web archive', write: mht },
  epub: { name: 'EPUB', write: epub },
  eml: { name: 'mail, half of it attached', write: eml },
  msg: { name: 'Outlook message', write: msg },
  mbox: {
    name: 'mailbox',
    write: (sample) => Buffer.from(`From a@b.c Tue Dec  2 09:00:00 2025\n${eml(sample).toString()}\n\n`),
  },
  ics: { name: 'calendar', write: ics, hasTables: false },
  csv: { name: 'CSV in windows-1252', write: (sample) => Buffer.from(csv(sample), 'latin1') },
  txt: { name: 'text in UTF-16 without a mark', write: (sample) => Buffer.from(csv(sample, '\t'), 'utf16le') },
};

const zip = (parts: Record<string, string>) =>
  storedZip(Object.entries(parts).map(([name, text]) => ({ name, data: Buffer.from(text) })));

const rowsAs = (rows: string[][], row: (cells: string[]) => string) => rows.map(row).join('');

function docx({ title, paragraphs, tables }: Sample): Buffer {
  const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`;
  const table = (rows: string[][]) =>
    `<w:tbl>${rowsAs(rows, (cells) => `<w:tr>${cells.map(cell).join('')}</w:tr>`)}</w:tbl>`;
  return docxWithBody(
    wordParagraph(title, 'Heading1') +
      paragraphs.map((text) => wordParagraph(text)).join('') +
      tables.map(table).join('<w:p/>'),
  );
}

function xlsx({ title, paragraphs, tables }: Sample): Buffer {
  const cell = (text: string) => (text === '' ? '<c/>' : `<c t="inlineStr"><is><t>${text}</t></is></c>`);
  const sheet = (rows: string[][]) =>
    `<worksheet><sheetData>${rowsAs(rows, (cells) => `<row>${cells.map(cell).join('')}</row>`)}</sheetData></worksheet>`;
  const sheets = [...tables, [[title], ...paragraphs.map((text) => [text])]];
  return zip({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${sheets.map((_, index) => `<sheet name="S${index}" r:id="r${index}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/sheet${index}.xml"/>`).join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map((rows, index) => [`xl/worksheets/sheet${index}.xml`, sheet(rows)])),
  });
}

function pptx({ title, paragraphs, tables }: Sample): Buffer {
  const paragraph = (text: string) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;
  const cell = (text: string) => `<a:tc><a:txBody>${paragraph(text)}</a:txBody></a:tc>`;
  const table = (rows: string[][]) =>
    `<p:graphicFrame><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>${rowsAs(rows, (cells) => `<a:tr>${cells.map(cell).join('')}</a:tr>`)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
  const shape = (texts: string[]) => `<p:sp><p:txBody>${texts.map(paragraph).join('')}</p:txBody></p:sp>`;
  const slides = [shape([title, ...paragraphs]), ...tables.map(table)];
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zip({
    'ppt/presentation.xml': `<p:presentation xmlns:p="p" xmlns:r="${office}"><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="r${index}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': `<Relationships>${slides.map((_, index) => `<Relationship Id="r${index}" Type="${office}/slide" Target="slides/slide${index + 1}.xml"/>`).join('')}</Relationships>`,
    ...Object.fromEntries(
      slides.map((content, index) => [
        `ppt/slides/slide${index + 1}.xml`,
        `<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>${content}</p:spTree></p:cSld></p:sld>`,
      ]),
    ),
  });
}

const odNames = ['office', 'text', 'table']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');
const odCell = (text: string) =>
  text === ''
    ? '<table:table-cell/>'
    : `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
const odTable = (rows: string[][], name: string) =>
  `<table:table table:name="${name}">${rowsAs(rows, (cells) => `<table:table-row>${cells.map(odCell).join('')}</table:table-row>`)}</table:table>`;

function odtBody({ title, paragraphs, tables }: Sample): string {
  const texts = paragraphs.map((text) => `<text:p>${text}</text:p>`).join('');
  return `<text:h text:outline-level="1">${title}</text:h>${texts}${tables.map((rows, index) => odTable(rows, `T${index}`)).join('')}`;
}

function odsBody({ title, paragraphs, tables }: Sample): string {
  return [...tables, [[title], ...paragraphs.map((text) => [text])]]
    .map((rows, index) => odTable(rows, `S${index}`))
    .join('');
}

function openDocument(kind: 'text' | 'spreadsheet', body: string): Buffer {
  const type = `application/vnd.oasis.opendocument.${kind}`;
  return zip({
    mimetype: type,
    'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/></manifest:manifest>`,
    'content.xml': `<office:document-content ${odNames}><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
  });
}

/** One long page: lines of text, and cells where the columns of their tables begin. */
function pdf({ title, paragraphs, tables }: Sample): Buffer {
  const lineHeight = 14;
  const columnWidth = 110;
  let top = 1400;
  const show = (x: number, text: string) => (text === '' ? '' : `1 0 0 1 ${x} ${top} Tm (${text}) Tj\n`);
  let content = 'BT /F1 10 Tf\n';
  const line = (draw: () => string) => {
    content += draw();
    top -= lineHeight;
  };
  for (const text of [title, ...paragraphs]) line(() => show(40, text));
  for (const rows of tables) {
    top -= 2 * lineHeight;
    for (const cells of rows) line(() => cells.map((text, column) => show(40 + column * columnWidth, text)).join(''));
  }
  const resources = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>';
  return Buffer.from(
    pdfWithContent(Buffer.from(`${content}ET`), { resources })
      .toString('latin1')
      .replace('[0 0 9 9]', '[0 0 700 1440]'),
    'latin1',
  );
}

function html({ title, paragraphs, tables, unseen }: Sample): string {
  const table = (rows: string[][]) =>
    `<table>${rowsAs(rows, (cells) => `<tr>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>`)}</table>`;
  const [script = '', style = '', menu = '', hidden = '', comment = ''] = unseen;
  return (
    `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title><script>var ${script}</script><style>.${style}{}</style></head><body>` +
    `<nav><a href="/">${menu}</a></nav><p style="display:none">${hidden}</p><!-- ${comment} --><h1>${title}</h1>` +
    `${paragraphs.map((text) => `<p>${text.replace(' ', '&nbsp;').replaceAll('ü', '&uuml;')}</p>`).join('')}${tables.map(table).join('')}</body></html>`
  );
}

function mht(sample: Sample): Buffer {
  const page = Buffer.from(html(sample)).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"; type="text/html"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${page}\r\n--b--\r\n`,
  );
}

function epub(sample: Sample): Buffer {
  const half = Math.floor(sample.paragraphs.length / 2);
  const chapters = [
    { ...sample, paragraphs: sample.paragraphs.slice(0, half), tables: [] },
    { ...sample, paragraphs: sample.paragraphs.slice(half) },
  ];
  return zip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
    'book.opf': `<package xmlns:dc="d"><metadata><dc:title>${sample.title}</dc:title></metadata><manifest><item id="c0" href="0.xhtml"/><item id="c1" href="1.xhtml"/></manifest><spine><itemref idref="c0"/><itemref idref="c1"/></spine></package>`,
    ...Object.fromEntries(chapters.map((chapter, index) => [`${index}.xhtml`, html(chapter)])),
  });
}

function eml(sample: Sample): Buffer {
  const half = Math.floor(sample.paragraphs.length / 2);
  const encode = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  const body = html({ ...sample, paragraphs: sample.paragraphs.slice(0, half), tables: [] });
  const attached = docx({ ...sample, paragraphs: sample.paragraphs.slice(half) });
  return Buffer.from(
    `From: a@example.com\r\nTo: b@example.com\r\nSubject: =?utf-8?B?${Buffer.from(sample.title).toString('base64')}?=\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${encode(Buffer.from(body))}\r\n` +
      `--b\r\nContent-Type: application/octet-stream; name="annex.docx"\r\nContent-Disposition: attachment; filename="annex.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\n${encode(attached)}\r\n--b--\r\n`,
  );
}

function msg(sample: Sample): Buffer {
  return outlookMessage({
    '0037001F': sample.title,
    '0C1A001F': 'Anna',
    '10130102': Buffer.from(html(sample)),
    '3FDE0003': 65_001,
  });
}

function ics({ title, paragraphs, tables }: Sample): Buffer {
  const events = [...paragraphs, ...tables.flat().map((cells) => cells.join(' '))].map(
    (text, index) =>
      `BEGIN:VEVENT\r\nSUMMARY:${text}\r\nDTSTART:202601${String(1 + (index % 28)).padStart(2, '0')}T090000Z\r\nEND:VEVENT\r\n`,
  );
  return Buffer.from(`BEGIN:VCALENDAR\r\nX-WR-CALNAME:${title}\r\n${events.join('')}END:VCALENDAR\r\n`);
}

function csv({ title, paragraphs, tables }: Sample, separator = ';'): string {
  const rows = tables.flatMap((table) => [...table.map((cells) => cells.join(separator)), '']);
  return [title, ...paragraphs, '', ...rows].join('\r\n');
}
