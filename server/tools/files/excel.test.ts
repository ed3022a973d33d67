import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedZip } from './extract/stored-zip.ts';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { officeFixture, packageOf, relationshipsXml, sheetRow, stylesXml, workbookOf } from './office-fixtures.ts';

let files: FilePlayground;
beforeAll(async () => {
  files = await createFilePlayground();
});
afterAll(() => files.remove());

let counter = 0;
async function read(workbook: Uint8Array, input: object = {}): Promise<string> {
  const name = `book${(counter += 1)}.xlsx`;
  await files.put(`data/hr/${name}`, workbook);
  return (await files.read({ path: `/data/hr/${name}`, ...input })).text;
}

/** One cell for each format and value, as it is shown. */
async function shownAs(cells: [format: number | string, value: number][], fonts?: string): Promise<string[]> {
  const rows = cells.map(([, value], index) => `<row r="${index + 1}"><c s="${index}"><v>${value}</v></c></row>`);
  const styles = stylesXml(
    cells.map(([format]) => format),
    fonts,
  );
  const text = await read(workbookOf({ S: { rows: rows.join('') } }, { 'xl/styles.xml': styles }));
  return text
    .split('\n')
    .slice(2)
    .map((line) => line.slice(line.indexOf('\t') + 1));
}

describe('numbers in a workbook', () => {
  it('are shown with their formats', async () => {
    const text = await read(await officeFixture('rates.xlsx'));
    const values = [
      '19%',
      '2.50%',
      '1,234.50 €',
      '$1,599.99',
      '01067',
      '00042',
      '0.55',
      '0.3',
      '12.3M',
      '+49 30 1234567',
    ];
    for (const value of values) expect(text).toContain(`\t${value}`);
    expect(text).not.toContain('0.55000000000000004');
  });

  it('keep the separators that their pattern has, whatever the currency', async () => {
    expect(
      await shownAs([
        ['#,##0.00\\ [$€-407]', 1234.5],
        ['_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_)', -1234.5],
        ['[$¥-804]#,##0', 5000],
        ['#,##0.00 "kg";[Red]-#,##0.00 "kg"', -2.5],
        ['0.00E+00', 12345],
        ['# ?/?', 1.5],
        ['"no such format', 7],
        [0, 1234567890123],
        [0, 0.1 + 0.2],
        [';;;', 42],
      ]),
    ).toEqual([
      '1,234.50 €',
      '$(1,234.50)',
      '¥5,000',
      '-2.50 kg',
      '1.23E+04',
      '1 1/2',
      '7',
      '1234567890123',
      '0.3',
      '42 (hidden)',
    ]);
  });

  it('that are durations count beyond a day', async () => {
    const text = await read(await officeFixture('timesheet.xlsx'));
    expect(text).toContain('1\tMon\t08:30\n2\tTue\t09:15\n3\tTotal\t38:30\n4\tProject total\t1234:30');
    expect(
      await shownAs([
        [46, 1.6],
        ['[mm]:ss', 0.1],
        ['h:mm', 1.6],
        [21, 0.75],
      ]),
    ).toEqual(['38:24:00', '144:00', '14:24', '18:00:00']);
  });

  it('that are dates say the day in one way beside the one that people see', async () => {
    expect(
      await shownAs([
        [14, 46112],
        ['yyyy-mm-dd', 46112],
        ['dd.mm.yyyy', 46112],
        ['mm/dd/yy', 46112],
        ['mmm yyyy', 46112],
        ['d. mmmm yyyy', 46112],
        ['yyyy-mm-dd hh:mm', 46112.25],
        [22, 46112.25],
        ['[$-411]ggge"年"m"月"d"日"', 46112],
      ]),
    ).toEqual([
      '2026-03-31',
      '2026-03-31',
      '31.03.2026 (2026-03-31)',
      '03/31/26 (2026-03-31)',
      'Mar 2026',
      '31. March 2026 (2026-03-31)',
      '2026-03-31 06:00',
      '2026-03-31 06:00',
      '2026-03-31',
    ]);
  });

  it('in East Asian built-in formats are dates, in the language of the fonts', async () => {
    const ids = [27, 31, 57].map((id): [number, number] => [id, 46112]);
    expect(await shownAs(ids, '<font><charset val="134"/></font>')).toEqual([
      '2026年3月',
      '2026年3月31日 (2026-03-31)',
      '2026年3月',
    ]);
    expect(await shownAs(ids, '<font><charset val="129"/></font>')).toEqual([
      '2026年 03月 31日 (2026-03-31)',
      '2026년 03월 31일 (2026-03-31)',
      '2026年 03月 31日 (2026-03-31)',
    ]);
    expect(await shownAs(ids, '<font><charset val="128"/></font>')).toEqual([
      '2026-03-31',
      '2026年3月31日 (2026-03-31)',
      '2026-03-31',
    ]);
    expect(await shownAs([...ids, [32, 0.75]])).toEqual(['2026-03-31', '2026-03-31', '2026-03-31', '18:00:00']);
  });

  it('of a workbook that counts from 1904 are the right days', async () => {
    const text = await read(await officeFixture('contract-1904.xlsx'));
    expect(text).toContain('1\tContract end\t2026-03-31\n2\tNotice by\t2025-12-31');
  });

  it('that a formula has not calculated yet say so', async () => {
    const cells =
      '<c r="A1"><f>SUM(B1:B2)</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>2+2</f><v>4</v></c>';
    const text = await read(workbookOf({ S: { rows: `<row r="1">${cells}</row>` } }));
    expect(text).toContain('1\t=SUM(B1:B2) (formula without a value)\t=1+1 (formula without a value)\t\t4');
  });
});

describe('a workbook', () => {
  it('marks what is hidden in it', async () => {
    const text = await read(await officeFixture('staff.xlsx'));
    expect(text).toContain('sheets: Public, Salaries (hidden sheet)');
    expect(text).toContain(
      '[Public]\n(hidden in this sheet: column C; 1 row)\n1\tName\tDept\tBonus (hidden col) (hidden column)\n2\tAnn\tOps\t5000\n3 (hidden)\tBob',
    );
    expect(text).toContain('[Salaries] (hidden sheet)');
    const very = await read(workbookOf({ S: { rows: sheetRow(1, ['x']), state: 'veryHidden' } }));
    expect(very).toContain('[S] (very hidden sheet)');
  });

  it('shows comments and the targets of links in their cells, and names charts', async () => {
    const text = await read(await officeFixture('prices.xlsx'));
    expect(text).toContain('2\tA-100\t49 [comment by Legal: Valid only until 30 June 2025 – see legal]');
    expect(text).toContain('3\tPolicy <https://intranet.example/policy-17>\tsee link');
    expect(text).toContain('[chart: Revenue by region (bar)');
  });

  it('shows what is crossed out as such, and text boxes, and counts pictures', async () => {
    const styles = stylesXml([0], '<font><strike/></font>');
    const rich =
      '<c s="1" t="inlineStr"><is><r><t>was </t></r><r><rPr><strike/></rPr><t>12</t></r><r><t> now 13</t></r></is></c>';
    const drawing =
      '<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>Ask finance</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>' +
      '<xdr:twoCellAnchor><xdr:pic/></xdr:twoCellAnchor></xdr:wsDr>';
    const text = await read(
      workbookOf(
        {
          S: {
            rows: `<row r="1"><c s="0"><v>9</v></c>${rich}</row>`,
            relationships: relationshipsXml({ d: ['drawing', '../drawings/d.xml'] }),
          },
        },
        { 'xl/styles.xml': styles, 'xl/drawings/d.xml': drawing },
      ),
    );
    expect(text).toContain('not shown: 1 picture)');
    expect(text).toContain('1\t~~9~~\twas ~~12~~ now 13\n[text box: Ask finance]');
  });

  it('shows threads of comments with the names of their authors, and those of empty cells', async () => {
    const relationships = relationshipsXml({
      c: ['comments', '../comments1.xml'],
      t: ['threadedComment', '../threadedComments/t1.xml'],
    });
    const text = await read(
      workbookOf(
        { S: { rows: sheetRow(1, ['Fee', 12]), relationships } },
        {
          'xl/_rels/workbook.xml.rels': relationshipsXml({
            s0: ['worksheet', 'worksheets/sheet0.xml'],
            p: ['person', 'persons/person.xml'],
          }),
          'xl/persons/person.xml': '<personList><person displayName="Ann Lee" id="{1}"/></personList>',
          'xl/threadedComments/t1.xml':
            '<ThreadedComments><threadedComment ref="B1" personId="{1}" done="1"><text>Too high?</text></threadedComment>' +
            '<threadedComment ref="D9" personId="{1}"><text>Fill in</text></threadedComment></ThreadedComments>',
          'xl/comments1.xml':
            '<comments><authors><author>tc={9}</author></authors><commentList><comment ref="B1" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>',
        },
      ),
    );
    expect(text).toContain('1\tFee\t12 [comment by Ann Lee: Too high? (resolved)]');
    expect(text).toContain('D9: [comment by Ann Lee: Fill in]');
    expect(text).not.toContain('Threaded comment');
  });

  it('names its sheet and repeats its header row on every page and for every hit', async () => {
    const rows = (factor: number) =>
      [sheetRow(1, ['SKU', 'Price', 'Currency'])]
        .concat(
          Array.from({ length: 1500 }, (_, index) =>
            sheetRow(index + 2, [`SKU-${String(index).padStart(4, '0')}`, index * factor, 'EUR']),
          ),
        )
        .join('');
    await files.put('data/hr/prices.xlsx', workbookOf({ EU: { rows: rows(1) }, US: { rows: rows(2) } }));
    const later = (await files.read({ path: '/data/hr/prices.xlsx', offset: 1200, limit: 2 })).text;
    expect(later).toBe(
      'File: /data/hr/prices.xlsx (Excel, lines 1200-1201 of 3005; sheets: EU, US)\n' +
        '[EU] (goes on)\n1\tSKU\tPrice\tCurrency\n1199\tSKU-1197\t1197\tEUR\n1200\tSKU-1198\t1198\tEUR\n[There is more: go on with offset=1202.]',
    );
    const hits = (await files.read({ path: '/data/hr/prices.xlsx', find: 'SKU-0700' })).text;
    expect(hits).toContain('[EU]\n1\tSKU\tPrice\tCurrency\nsheet EU, line 703: 702\tSKU-0700\t700\tEUR');
    expect(hits).toContain('[US]\n1\tSKU\tPrice\tCurrency\nsheet US, line 2206: 702\tSKU-0700\t1400\tEUR');
    expect((await files.read({ path: '/data/hr/prices.xlsx', offset: 2206, limit: 1 })).text).toContain(
      'SKU-0700\t1400',
    );
  });

  it('is read beyond 100,000 rows, to its last sheet', async () => {
    const rows = Array.from(
      { length: 100_200 },
      (_, index) => `<row r="${index + 1}"><c t="str"><v>r${index + 1}</v></c></row>`,
    );
    await files.put(
      'data/hr/orders.xlsx',
      workbookOf({ Orders: { rows: rows.join('') }, Summary: { rows: sheetRow(1, ['Total open: 4711']) } }),
    );
    const path = '/data/hr/orders.xlsx';
    expect((await files.read({ path, limit: 3 })).text).toContain(
      '(Excel, lines 1-3 of 100204; sheets: Orders, Summary)',
    );
    expect((await files.read({ path, find: 'r100150' })).text).toContain('sheet Orders, line 100151: 100150\tr100150');
    expect((await files.read({ path, find: 'Total open' })).text).toContain(
      'sheet Summary, line 100204: 1\tTotal open: 4711',
    );
  }, 30_000);

  it('beyond the limits says on the first line what is missing, and shows the sheets after it', async () => {
    const row = (index: number) => `<row r="${index + 1}"><c t="str"><v>${'x'.repeat(60)}</v></c></row>`;
    const rows = Array.from({ length: 90_000 }, (_, index) => row(index));
    const wide = `<row r="1"><c r="A1"><v>1</v></c><c r="AMK1"><v>2</v></c></row>`;
    await files.put(
      'data/hr/huge.xlsx',
      workbookOf({
        Orders: { before: '<dimension ref="A1:A90000"/>', rows: rows.join('') },
        Wide: { rows: wide },
      }),
    );
    const path = '/data/hr/huge.xlsx';
    const [first] = (await files.read({ path, limit: 3 })).text.split('\n');
    expect(first).toMatch(
      /lines 1-3 of the \d+ that were read; sheets: Orders, Wide; left out because it is too large: rows after 7\d+ of 90000 of sheet Orders; columns after AMJ of sheet Wide\)$/,
    );
    const nothing = (await files.read({ path, find: 'nowhere' })).text;
    expect(nothing).toMatch(
      /no line contains it\)\n\[Not searched: rows after 7\d+ of 90000 of sheet Orders; columns after AMJ of sheet Wide\.\]$/,
    );
  }, 30_000);

  it('is found by its relationships when its main part has another name', async () => {
    const parts = {
      '[Content_Types].xml':
        '<Types><Override PartName="/xl/book2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
      '_rels/.rels': relationshipsXml({ r: ['officeDocument', '/xl/book2.xml'] }),
      'xl/book2.xml':
        '<x:workbook xmlns:x="x" xmlns:r="r"><x:sheets><x:sheet name="S" r:id="r1"/></x:sheets></x:workbook>',
      'xl/_rels/book2.xml.rels': relationshipsXml({ r1: ['worksheet', 'Sheets/One.xml'] }),
      'xl/sheets/one.xml': `<worksheet><sheetData>${sheetRow(1, ['found'])}</sheetData></worksheet>`,
    };
    expect(await read(packageOf(parts))).toContain('[S]\n1\tfound');
  });
});

describe('texts in a workbook', () => {
  it('are shown without the escapes of their file, in whichever encoding its parts are', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const rows = `<row r="1">${cell('one_x000D_\ntwo')}${cell('a_x005F_x000D_b')}</row>`;
    expect(await read(workbookOf({ S: { rows } }))).toContain('1\tone two\ta_x000D_b');
    const utf16 = storedZip(
      Object.entries({
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="Größe" r:id="s0"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': relationshipsXml({ s0: ['worksheet', 'worksheets/sheet0.xml'] }),
        'xl/worksheets/sheet0.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      }).map(([name, text]) => ({ name, data: Buffer.from(`\ufeff${text}`, 'utf16le') })),
    );
    expect(await read(utf16)).toContain('[Größe]\n1\tone two');
  });

  it('tell the days before March 1900 as Excel does', async () => {
    expect(
      await shownAs([
        ['dd.mm.yyyy', 59],
        ['dd.mm.yyyy', 61],
      ]),
    ).toEqual(['28.02.1900 (1900-02-28)', '01.03.1900 (1900-03-01)']);
  });
});
