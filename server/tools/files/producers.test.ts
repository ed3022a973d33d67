import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { storedZip } from './extract/stored-zip.ts';
import { packageOf, wordLine, wordOf, wordRun } from './office-fixtures.ts';
import { pdfOf, pdfStream, textAt } from './pdf-fixtures.ts';

// Small files in the manner of programs other than the usual ones, each read as a person sees it.

let files: FilePlayground;
beforeAll(async () => {
  files = await createFilePlayground();
});
afterAll(() => files.remove());

async function read(name: string, bytes: Uint8Array | string, input: object = {}): Promise<string> {
  await files.put(`data/hr/${name}`, bytes);
  return (await files.read({ path: `/data/hr/${name}`, ...input })).text;
}

const strict = 'http://purl.oclc.org/ooxml';

it('a workbook in the strict form, with prefixes, absolute targets and dates as text', async () => {
  const cell = (at: string, type: string, value: string) => `<x:c r="${at}" t="${type}"><x:v>${value}</x:v></x:c>`;
  const text = await read(
    'strict.xlsx',
    packageOf({
      '_rels/.rels': `<Relationships><Relationship Id="r" Type="${strict}/officeDocument/relationships/officeDocument" Target="/xl/book.xml"/></Relationships>`,
      'xl/book.xml': `<x:workbook xmlns:x="${strict}/spreadsheetml/main" xmlns:rel="${strict}/officeDocument/relationships" conformance="strict"><x:workbookPr date1904="false"/><x:sheets><x:sheet name="Fristen" sheetId="1" rel:id="a"/><x:sheet name="Alt" sheetId="2" state="veryHidden" rel:id="b"/></x:sheets></x:workbook>`,
      'xl/_rels/book.xml.rels': `<Relationships><Relationship Id="a" Type="${strict}/officeDocument/relationships/worksheet" Target="/xl/worksheets/s1.xml"/><Relationship Id="b" Type="${strict}/officeDocument/relationships/worksheet" Target="/xl/worksheets/s2.xml"/><Relationship Id="c" Type="${strict}/officeDocument/relationships/sharedStrings" Target="strings.xml"/></Relationships>`,
      'xl/strings.xml': `<x:sst xmlns:x="${strict}/spreadsheetml/main"><x:si><x:r><x:t>Vertrags</x:t></x:r><x:r><x:rPr><x:b/></x:rPr><x:t>ende</x:t></x:r></x:si><x:si><x:t>東京</x:t><x:rPh sb="0" eb="2"><x:t>トウキョウ</x:t></x:rPh></x:si></x:sst>`,
      'xl/worksheets/s1.xml': `<x:worksheet xmlns:x="${strict}/spreadsheetml/main"><x:sheetData><x:row r="1">${cell('A1', 's', '0')}${cell('C1', 'd', '2026-03-31T00:00:00')}</x:row><x:row r="2">${cell('A2', 's', '1')}${cell('B2', 'b', '1')}${cell('C2', 'e', '#DIV/0!')}</x:row></x:sheetData></x:worksheet>`,
      'xl/worksheets/s2.xml': `<x:worksheet xmlns:x="${strict}/spreadsheetml/main"><x:sheetData><x:row>${cell('A1', 'str', 'Vorher')}</x:row></x:sheetData></x:worksheet>`,
    }),
  );
  expect(text).toContain('Vertragsende\t\t2026-03-31');
  expect(text).toContain('東京\tTRUE\t#DIV/0!');
  expect(text).not.toContain('トウキョウ');
  expect(text).toMatch(/Alt.*hidden/);
});

it('a workbook of 1904 in the words of a schema library, with minutes, fractions and conditions', async () => {
  const formats = [
    'yyyy-mm-dd',
    '[mm]:ss',
    '[h]:mm:ss',
    '# ?/?',
    '[<1000]0;0.0,"k"',
    '"ja";;"nein"',
    '0.00E+00',
    '_-* #,##0.00 "€"_-',
  ];
  const values = [44_285, 1.5, 1.5, 2.75, 12_300, 0, 1_234.5, 1_234.5];
  const cells = values.map((value, index) => `<c r="${'ABCDEFGH'[index]}1" s="${index + 1}"><v>${value}</v></c>`);
  const text = await read(
    'schema.xlsx',
    packageOf({
      'xl/workbook.xml':
        '<workbook xmlns="m" xmlns:r="r" xmlns:mc="mc" xmlns:x15="x15"><fileVersion appName="xl"/><workbookPr date1904="true" codeName="Mappe1"/><mc:AlternateContent><mc:Choice Requires="x15"/></mc:AlternateContent><sheets><sheet name="Zeiten" sheetId="7" r:id="rId9"/></sheets><extLst><ext><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId9" Type="x/worksheet" Target="worksheets/sheet.xml"/><Relationship Id="rId2" Type="x/styles" Target="styles.xml"/></Relationships>',
      'xl/styles.xml': `<styleSheet><numFmts>${formats.map((format, index) => `<numFmt numFmtId="${170 + index}" formatCode="${format.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats.map((_, index) => `<xf numFmtId="${170 + index}" applyNumberFormat="true"/>`).join('')}</cellXfs></styleSheet>`,
      'xl/worksheets/sheet.xml': `<worksheet><cols><col min="2" max="2" width="0" hidden="true"/></cols><sheetData><row r="1">${cells.join('')}</row></sheetData></worksheet>`,
    }),
  );
  expect(text).toContain('2025-03-31');
  for (const shown of ['2160:00', '36:00:00', '2 3/4', '12.3k', 'nein', '1.23E+03', '1,234.50 €'])
    expect(text).toContain(shown);
  expect(text).toMatch(/hidden/);
});

it('a letter of an office suite for the web: boxes as letters, struck by style, numbered by style, cells merged the old way', async () => {
  const styles =
    '<w:style w:type="paragraph" w:styleId="Klausel"><w:name w:val="Klausel"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>' +
    '<w:style w:type="character" w:styleId="Alt"><w:name w:val="Alt"/><w:rPr><w:strike/></w:rPr></w:style>';
  const numbering =
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Klausel"/><w:suff w:val="space"/><w:lvlText w:val="Art. %1"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>';
  const cell = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${wordLine(text)}</w:tc>`;
  const table =
    `<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>${cell('Land')}${cell('Art')}${cell('Wochen')}</w:tr>` +
    `<w:tr>${cell('Frankreich')}${cell('siehe Intranet', '<w:hMerge w:val="restart"/>')}${cell('', '<w:hMerge/>')}</w:tr></w:tbl>`;
  const text = await read(
    'web.docx',
    wordOf(
      wordLine('Gegenstand', '<w:pStyle w:val="Klausel"/>') +
        wordLine('Laufzeit', '<w:pStyle w:val="Klausel"/>') +
        wordLine('Kein Punkt', '<w:pStyle w:val="Klausel"/><w:numPr><w:numId w:val="0"/></w:numPr>') +
        wordLine(
          wordRun('Frist: ') +
            wordRun('drei Monate', '<w:rStyle w:val="Alt"/>') +
            wordRun(' sechs Wochen', '<w:rStyle w:val="Alt"/><w:strike w:val="0"/>'),
        ) +
        wordLine(
          '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="true"/><w14:checkedState w14:val="2714"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>✔</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t xml:space="preserve"> Genehmigt</w:t></w:r>',
        ) +
        wordLine(wordRun('unsichtbar', '<w:vanish/>') + wordRun('sichtbar')) +
        table,
      { 'styles.xml': ['styles', styles], 'numbering.xml': ['numbering', numbering] },
    ),
  );
  expect(text).toContain('Art. IV Gegenstand');
  expect(text).toContain('Art. V Laufzeit');
  expect(text).toMatch(/\n\s*Kein Punkt/);
  expect(text).toMatch(/Frist: ~~drei Monate~~ sechs Wochen/);
  expect(text).toMatch(/[☒☑✔] Genehmigt/u);
  expect(text).toContain('| Frankreich | siehe Intranet | siehe Intranet |');
});

it('a form of another language: a ticked box by its own word, a choice by what it shows, radio buttons, a list', async () => {
  const field = (entries: string) => `<< /Type /Annot /Subtype /Widget /F 4 ${entries} >>`;
  const text = await read(
    'antrag.pdf',
    pdfOf({
      pages: [
        {
          content: textAt([
            [72, 700, 'Name:'],
            [72, 660, 'Ich stimme zu'],
            [72, 620, 'Tarif:'],
            [72, 580, 'Zahlweise:'],
            [72, 540, 'Orte:'],
          ]),
          entries: '/Annots [10 0 R 11 0 R 12 0 R 14 0 R 15 0 R 16 0 R]',
        },
      ],
      catalog:
        '/AcroForm << /Fields [10 0 R 11 0 R 12 0 R 13 0 R 16 0 R] /NeedAppearances true /DA (/Helv 10 Tf 0 g) >>',
      objects: [
        field('/FT /Tx /T (name) /V (J\\374rgen M\\374ller) /Rect [120 695 300 710]'),
        field(
          '/FT /Btn /T (zustimmung) /V /Ja /AS /Ja /AP << /N << /Ja 17 0 R /Off 17 0 R >> >> /Rect [150 658 160 668]',
        ),
        field('/FT /Ch /Ff 131072 /T (tarif) /V (p2) /Opt [[(p1) (Basis)] [(p2) (Premium)]] /Rect [120 615 300 630]'),
        '<< /FT /Btn /Ff 49152 /T (zahlweise) /V /jahr /Kids [14 0 R 15 0 R] >>',
        field(
          '/Parent 13 0 R /AS /Off /AP << /N << /monat 17 0 R /Off 17 0 R >> >> /Rect [120 575 130 585] /TU (monatlich)',
        ),
        field(
          '/Parent 13 0 R /AS /jahr /AP << /N << /jahr 17 0 R /Off 17 0 R >> >> /Rect [220 575 230 585] /TU (j\\344hrlich)',
        ),
        field(
          '/FT /Ch /Ff 2097152 /T (orte) /V [(w) (g)] /Opt [[(w) (Wien)] [(g) (Graz)] [(l) (Linz)]] /Rect [120 535 300 550]',
        ),
        pdfStream('/Type /XObject /Subtype /Form /BBox [0 0 10 10]', ''),
      ],
    }),
  );
  for (const shown of ['Jürgen Müller', 'Premium', 'Wien', 'Graz']) expect(text).toContain(shown);
  expect(text).not.toContain('Linz');
  expect(text).toMatch(/\[x\].*Ich stimme zu|Ich stimme zu.*\[x\]/);
  expect(text).toMatch(/Zahlweise:.*\( \).*\(x\)/);
});

it('a page of Asia without its fonts, in the encodings of older programs', async () => {
  const font = (number: number, encoding: string, ordering: string, name: string) => [
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /${encoding} /DescendantFonts [${number + 1} 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> /FontDescriptor ${number + 2} 0 R /DW 1000 >>`,
    `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 >>`,
  ];
  const shown: [hex: string, font: number][] = [
    // 育児休業 in Shift-JIS, 年假 in GBK, 연차 in EUC-KR, 年假 in Big5.
    ['88e78e998b788bc6', 10],
    ['c4eabcd9', 13],
    ['bfacc2f7', 16],
    ['a67eb0b2', 19],
  ];
  const text = await read(
    'asia.pdf',
    pdfOf({
      pages: shown.map(([hex, number]) => ({
        content: `BT /A 14 Tf 72 700 Td <${hex}> Tj ET`,
        resources: `/Font << /A ${number} 0 R >>`,
      })),
      objects: [
        ...font(10, '90ms-RKSJ-H', 'Japan1', 'Ryumin-Light'),
        ...font(13, 'GBK-EUC-H', 'GB1', 'STSong-Light'),
        ...font(16, 'KSCms-UHC-H', 'Korea1', 'HYSMyeongJo-Medium'),
        ...font(19, 'ETen-B5-H', 'CNS1', 'MSung-Light'),
      ],
    }).subarray(),
  );
  for (const word of ['育児休業', '年假', '연차']) expect(text).toContain(word);
  expect(text.match(/年假/g)).toHaveLength(2);
});

it('a mail of a phone: flowed lines, names in pieces, a message within, a part that was marked as text', async () => {
  const text = await read(
    'phone.eml',
    [
      'From: =?utf-8?B?SsO8cmdlbiBNw7xsbGVy?= <j@example.com>',
      'To: undisclosed-recipients:;',
      'Subject: =?iso-8859-1?Q?K=FCndigung_?=',
      ' =?iso-8859-1?Q?des_Vertrags?=',
      'Date: Tue, 02 Dec 2025 09:00:00 +0100',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="=_a b"',
      '',
      '--=_a b',
      'Content-Type: text/plain; charset="windows-1252"; format=flowed; delsp=yes',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Hiermit k=FCndigen wir zum 31. M=E4r=20',
      'z 2026 den Vertrag =20',
      '4711 =96 fristgerecht.',
      '',
      '--=_a b',
      'Content-Type: message/rfc822',
      '',
      'From: b@example.com',
      'Subject: Alte Frage',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Wann endet er?',
      '',
      '--=_a b',
      "Content-Type: text/plain; name*0*=utf-8''Frist%20; name*1*=%C3%9Cbersicht.txt",
      "Content-Disposition: attachment; filename*0*=utf-8''Frist%20; filename*1*=%C3%9Cbersicht.txt",
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('Frist: 3 Monate').toString('base64'),
      '--=_a b--',
      '',
    ].join('\r\n'),
  );
  for (const shown of [
    'Jürgen Müller',
    'Kündigung des Vertrags',
    'Hiermit kündigen wir zum 31. März 2026',
    '4711 – fristgerecht',
    'Alte Frage',
    'Wann endet er?',
    'Frist Übersicht.txt',
    'Frist: 3 Monate',
  ])
    expect(text).toContain(shown);
});

it('texts of other countries and of an old Mac', async () => {
  // Отпуск;27 дней in KOI8-R, 年次休暇;27日 in EUC-JP, 年假;27天 in Big5, Dovolená;27 dní in windows-1250.
  const cases: [string, string, string][] = [
    ['koi8.csv', 'efd4d0d5d3cb3b323720c4cec5ca0d0aefd4d0d5d3cb20d0cf20c2cfccc5dacec93b3134', 'Отпуск'],
    ['eucjp.csv', 'c7afbca1b5d9b2cb3b3237c6fc0d0ab0e9bbf9b5d9b6c83b3236bdb5b4d60d0a', '年次休暇'],
    ['big5.csv', 'a67eb0b23b3237a4d10d0aafa7b0b23b3134a4d1', '年假'],
    ['cp1250.csv', '446f766f6c656ee13b323720646eed0d0a4e656d6f63656e736be13b313020646ef92c207ae1f8ed', 'Dovolená'],
  ];
  for (const [name, hex, word] of cases) {
    const text = await read(name, Buffer.from(hex, 'hex')).catch((error: Error) => error.message);
    // The word, or that nobody can tell; never other letters as if they were the text.
    expect(text, name).toMatch(new RegExp(`${word}|told by few letters: they may be wrong`));
  }
  const mac = await read('mac.txt', 'Frist: 3 Monate\rUrlaub: 27 Tage\rEnde');
  expect(mac).toContain('lines 1-3 of 3');
});

it('a page saved by an old program: its own encoding, cells over rows, what was struck and what is not drawn', async () => {
  const html =
    '<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251"><TITLE>\xce\xf2\xef\xf3\xf1\xea</TITLE></HEAD><BODY>' +
    '<TABLE><TR><TH ROWSPAN=2>Land<TH COLSPAN=2>Wochen<TR><TH>Mutter<TH>Vater<TR><TD>AT<TD>16<TD><S>4</S> 5</TABLE>' +
    '<P HIDDEN>geheim<P STYLE="display : none">auch geheim<P>H<SUB>2</SUB>O &amp; &frac12; &euro;<NOSCRIPT>ohne Skript</NOSCRIPT></BODY></HTML>';
  const text = await read('alt.htm', Buffer.from(html, 'latin1'));
  expect(text).toContain('Отпуск');
  expect(text).toMatch(
    /\| Land \| Wochen \| Wochen \|[\s\S]*\| Land \| Mutter \| Vater \|[\s\S]*\| AT \| 16 \| ~~4~~ 5 \|/,
  );
  expect(text).toMatch(/½ €/);
  expect(text).not.toContain('geheim');
});

it('separated values that say how they are separated, with line ends within cells', async () => {
  const text = await read(
    'export.csv',
    'sep=;\r\nName;Note;Preis\r\n"Müller; Söhne";"Zeile 1\nZeile 2";"1.234,50 €"\r\nHuber;;3\r\n',
  );
  expect(text).toContain('Name');
  expect(
    await read(
      'export.csv',
      'sep=;\r\nName;Note;Preis\r\n"Müller; Söhne";"Zeile 1\nZeile 2";"1.234,50 €"\r\nHuber;;3\r\n',
      { find: 'Huber' },
    ),
  ).toContain('Name;Note;Preis');
});

it('a talk of another program: placeholders of the layout stay out, tables over cells, a chart of dates, a hidden slide', async () => {
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const names = `xmlns:p="p" xmlns:a="a" xmlns:r="${relationships}" xmlns:c="c"`;
  const text = (words: string) => `<a:p><a:r><a:rPr lang="de"/><a:t>${words}</a:t></a:r></a:p>`;
  const cell = (words: string, attributes = '') => `<a:tc ${attributes}><a:txBody>${text(words)}</a:txBody></a:tc>`;
  const shape = (id: number, type: string, words: string) =>
    `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody>${text(words)}</p:txBody></p:sp>`;
  const points = (tag: string, values: (string | number)[]) =>
    `<c:${tag}><c:ptCount val="${values.length}"/>${values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join('')}</c:${tag}>`;
  const shown = await read(
    'impress.pptx',
    packageOf({
      'ppt/presentation.xml': `<p:presentation ${names}><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst></p:presentation>`,
      'ppt/_rels/presentation.xml.rels': `<Relationships><Relationship Id="r1" Type="${relationships}/slide" Target="/ppt/slides/slide1.xml"/><Relationship Id="r2" Type="${relationships}/slide" Target="slides/slide2.xml"/></Relationships>`,
      'ppt/slides/slide1.xml': `<p:sld ${names} show="false"><p:cSld><p:spTree>${shape(2, 'title', 'Geheim')}</p:spTree></p:cSld></p:sld>`,
      'ppt/slides/slide2.xml': `<p:sld ${names}><p:cSld><p:spTree>${shape(2, 'title', 'Umsatz')}<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell('Land')}${cell('Wochen', 'gridSpan="2"')}${cell('', 'hMerge="true"')}</a:tr><a:tr>${cell('AT')}${cell('16')}${cell('4')}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame><p:graphicFrame><a:graphic><a:graphicData><c:chart r:id="c1"/></a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld></p:sld>`,
      'ppt/slides/_rels/slide2.xml.rels': `<Relationships><Relationship Id="c1" Type="${relationships}/chart" Target="../charts/chart7.xml"/><Relationship Id="n1" Type="${relationships}/notesSlide" Target="../notesSlides/n.xml"/></Relationships>`,
      'ppt/notesSlides/n.xml': `<p:notes ${names}><p:cSld><p:spTree>${shape(2, 'body', 'Nicht vor Mai zeigen.')}${shape(3, 'sldNum', '1')}</p:spTree></p:cSld></p:notes>`,
      'ppt/charts/chart7.xml': `<c:chartSpace ${names}><c:chart><c:plotArea><c:lineChart><c:ser><c:tx><c:v>Wien</c:v></c:tx><c:cat><c:numRef>${points('numCache', [46_023, 46_054]).replace('<c:ptCount', '<c:formatCode>mmm yy</c:formatCode><c:ptCount')}</c:numRef></c:cat><c:val><c:numRef>${points('numCache', [12, 7])}</c:numRef></c:val></c:ser></c:lineChart></c:plotArea></c:chart></c:chartSpace>`,
    }),
  );
  expect(shown).toContain('[Slide 1]\nUmsatz');
  expect(shown).toContain('| AT | 16 | 4 |');
  expect(shown).toContain('| Wien |');
  expect(shown).toMatch(/Jan 26 \| 12 \|\n\| Feb 26 \| 7 \|/);
  expect(shown).toContain('Notes: Nicht vor Mai zeigen.');
  expect(shown).toMatch(/\[Slide 2\] \(hidden\)\nGeheim/);
});

it('an archive whose parts are streamed, with sizes behind them, is a document like others', async () => {
  const body = Buffer.from(
    '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Gestreamt</w:t></w:r></w:p></w:body></w:document>',
  );
  const data = deflateRawSync(body);
  const archive = storedZip([{ name: 'word/document.xml', data }]);
  const local = archive.indexOf('PK\u0003\u0004');
  const central = archive.indexOf('PK\u0001\u0002');
  // Bit 3: the local header does not know checksum and sizes (APPNOTE.TXT, 4.4.4).
  archive.writeUInt16LE(8, local + 6);
  archive.writeUInt16LE(8, local + 8);
  for (const at of [14, 18, 22]) archive.writeUInt32LE(0, local + at);
  archive.writeUInt16LE(8, central + 8);
  archive.writeUInt16LE(8, central + 10);
  archive.writeUInt32LE(crc32(body), central + 16);
  archive.writeUInt32LE(body.length, central + 24);
  expect(await read('stream.docx', archive)).toContain('Gestreamt');
});
