import { readFile } from 'node:fs/promises';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentKindOf } from './document-kind.ts';
import { extract } from './extract/extract.ts';
import type { ExtractedText } from './extract/document.ts';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { officeFixture, packageOf } from './office-fixtures.ts';

// Office before 2007, OpenDocument and RTF; the samples were saved by LibreOffice 7.4 from those of the collection.

async function extracted(bytes: Buffer): Promise<ExtractedText> {
  const kind = documentKindOf(bytes, '');
  if (!kind) throw new Error('not recognised as a document');
  return extract({ kind, bytes: new Uint8Array(bytes), firstPage: 1 });
}

async function textOf(bytes: Buffer): Promise<string> {
  return (await extracted(bytes)).pages.join('\n');
}

const leave = '| Country | Kind | Weeks |\n| --- | --- | --- |\n| Germany | Parental | 14 |';
const clauses =
  '§ 1 Scope\n§ 2 Term\n  2.1 Start\n  2.2 Notice\n    (a) by letter\n    (b) by email\n§ 3 Fees\n\nOther list:\n\n10. Tenth item';

describe('documents in other formats', () => {
  it.each([
    ['leave.doc', `Leave by country\n\n${leave}\n|  | Sick | 6 |\n| France | see intranet |  |`],
    [
      'policy.doc',
      '[header: DRAFT - not approved - Version 0.9]\n\n[footer: Effective 1 January 2027]\n\nEmployees get 26 weeks of parental leave.',
    ],
    ['contract.rtf', clauses],
    ['leave.rtf', `Leave by country\n\n${leave}\n| Germany | Sick | 6 |\n| France | see intranet | see intranet |`],
    ['changes.rtf', 'Vacation is 25 days.\n\n| Kept row | 1 |\n| --- | --- |\n\nMoved sentence.'],
    ['contract.odt', clauses],
    ['leave.odt', `Leave by country\n\n${leave}\n| Germany | Sick | 6 |\n| France | see intranet | see intranet |`],
    ['bonus.odt', 'Bonus is 10 % of the salary. [comment by Legal: Not valid any more since 2025, see circular 12.]'],
    [
      'prices.ods',
      '[Prices]\n1\tProduct\tPrice\n2\tA-100\t49 [comment: Valid only until 30 June 2025 – see legal]\n3\tPolicy <https://intranet.example/policy-17>\tsee link\n[chart: Revenue by region (bar)]',
    ],
    [
      'rates.xls',
      '[Rates]\n1\tVAT rate\t19%\n2\tGrowth\t2.50%\n3\tPrice\t1,234.50 €\n4\tBudget\t$1,599.99\n5\tZIP\t01067\n6\tEmployee no.\t00042\n7\tShare\t0.55\n8\tSum\t0.3\n9\tIn millions\t12.3M\n10\tPhone\t+49 30 1234567',
    ],
    ['table.ppt', '[Slide 1]\nTargets\nTeam'],
  ])('%s is read', async (name, text) => {
    expect(await textOf(await officeFixture(name))).toBe(text);
  });

  it.each(['staff.ods', 'staff.xls'])('%s marks what is hidden', async (name) => {
    const text = await textOf(await officeFixture(name));
    expect(text).toContain('(hidden in this sheet: column C; 1 row)');
    expect(text).toContain('3 (hidden)\tBob');
    expect(text).toContain('[Salaries] (hidden sheet)');
  });

  it('.xlsb is read as the workbook that it is', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Item', 'Rate'],
      ['VAT', 0.19],
    ]);
    sheet.B2.z = '0%';
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'Rates');
    const bytes = Buffer.from(write(book, { bookType: 'xlsb', type: 'array' }) as ArrayBuffer);
    expect(await textOf(bytes)).toBe('[Rates]\n1\tItem\tRate\n2\tVAT\t19%');
  });

  it('.doc says what it cannot show', async () => {
    expect((await extracted(await officeFixture('leave.doc'))).notShown?.join()).toContain('pictures');
  });

  it('.rtf is read in its code pages, with links, notes, raised and struck text', async () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1250\uc1{\fonttbl{\f0\fcharset238 Arial;}{\f1\fcharset128 MS;}{\f2\fcharset204 Cyr;}}{\stylesheet{\s1 heading 1;}}
{\header Draft \'9a\par}\pard\outlinelevel0\f0 Za\'9elucie\par
\pard 10{\super 3} m{\super 2}, {\strike old} new {\v secret}{\f1\'93\'8c\'8b\'9e} {\f2\'cf\'f0\'e8} \u8364? \emdash  {\field{\*\fldinst HYPERLINK "https://example.org/x"}{\fldrslt here}} end{\footnote  Without VAT.}\par
{\pict\pngblip 89504e47}{\*\generator Me;}}`;
    const { pages, sections, notShown } = await extracted(Buffer.from(rtf, 'latin1'));
    expect(pages[0]).toBe(
      '[header: Draft š]\n\n# Zažlucie\n\n10³ m², ~~old~~ new 東京 При € — [here](https://example.org/x) end[^1]\n\n[^1]: Without VAT.',
    );
    expect(sections).toEqual([{ kind: 'heading', name: 'Zažlucie', level: 1, start: 19 }]);
    expect(notShown).toEqual(['1 hidden text', '1 picture']);
  });

  it('.odt is read with headings, notes, links, readings, text boxes and formulas', async () => {
    const content =
      '<office:document-content xmlns:office="o" xmlns:style="st" xmlns:text="t" xmlns:draw="d" xmlns:svg="s" xmlns:xlink="x" xmlns:fo="f"><office:automatic-styles>' +
      '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style>' +
      '<style:style style:name="U"><style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles><office:body><office:text>' +
      '<text:h text:outline-level="2">Leave</text:h><text:p>10<text:span text:style-name="U">3</text:span><text:s text:c="2"/><text:span text:style-name="S">old</text:span> <text:a xlink:href="https://example.org">site</text:a>' +
      '<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note> <text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby></text:p>' +
      '<text:p><draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box></draw:frame><draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame><draw:frame><draw:image/><svg:desc>A map</svg:desc></draw:frame></text:p>' +
      '</office:text></office:body></office:document-content>';
    const { pages, notShown, sections } = await extracted(
      packageOf({
        mimetype: 'application/vnd.oasis.opendocument.text',
        'content.xml': content,
        'Object 1/content.xml':
          '<math><semantics><mi>x</mi><annotation encoding="StarMath 5.0">x over y</annotation></semantics></math>',
      }),
    );
    expect(pages[0]).toBe(
      '## Leave\n\n10³  ~~old~~ [site](https://example.org)[^1] 東京(とうきょう)\n\n[^1]: Note.\n\n[picture: A map]\n\nIn the box\n\nx over y',
    );
    expect(notShown).toEqual(['1 picture']);
    expect(sections).toMatchObject([{ name: 'Leave', level: 2 }]);
  });

  it('.odt leaves out sections that are hidden, and says so', async () => {
    const content =
      '<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>Shown</text:p>' +
      '<text:section text:name="a" text:display="none"><text:p>Hidden</text:p></text:section>' +
      '<text:section text:name="b"><text:p>Shown too</text:p></text:section></office:text></office:body></office:document-content>';
    const { pages, notShown } = await extracted(
      packageOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': content }),
    );
    expect(pages[0]).toBe('Shown\n\nShown too');
    expect(notShown).toEqual(['1 hidden section']);
  });

  it('.odp is read slide by slide, with tables, notes and hidden slides', async () => {
    const cell = (text: string) => `<table:table-cell>${text ? `<text:p>${text}</text:p>` : ''}</table:table-cell>`;
    const content =
      '<office:document-content xmlns:office="o" xmlns:style="st" xmlns:text="t" xmlns:draw="d" xmlns:presentation="p" xmlns:table="tb"><office:automatic-styles>' +
      '<style:style style:name="H"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles><office:body><office:presentation>' +
      '<draw:page><draw:frame><draw:text-box><text:p>Body</text:p></draw:text-box></draw:frame><draw:frame presentation:class="title"><draw:text-box><text:p>Title</text:p></draw:text-box></draw:frame>' +
      `<draw:frame><table:table><table:table-row>${cell('Team')}${cell('Q1')}${cell('Q2')}</table:table-row><table:table-row>${cell('Sales')}${cell('')}${cell('3')}</table:table-row></table:table></draw:frame>` +
      '<presentation:notes><draw:frame><draw:text-box><text:p>Say hello</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>' +
      '<draw:page draw:style-name="H"><draw:g><draw:custom-shape><text:p>Secret</text:p></draw:custom-shape></draw:g></draw:page></office:presentation></office:body></office:document-content>';
    const { pages, sections } = await extracted(
      packageOf({ mimetype: 'application/vnd.oasis.opendocument.presentation', 'content.xml': content }),
    );
    expect(pages[0]).toBe(
      '[Slide 1]\nTitle\nBody\n\n| Team | Q1 | Q2 |\n| --- | --- | --- |\n| Sales |  | 3 |\nNotes: Say hello\n\n[Slide 2] (hidden)\nSecret',
    );
    expect(sections?.map(({ name, note }) => [name, note])).toEqual([
      ['1: Title', undefined],
      ['2: Secret', 'hidden'],
    ]);
  });
});

describe('what cannot be read', () => {
  let files: FilePlayground;
  beforeAll(async () => {
    files = await createFilePlayground();
  });
  afterAll(() => files.remove());

  it('names a password, whatever the file is called', async () => {
    await files.put('data/hr/secret.docx', await officeFixture('encrypted-password-is-pass.docx'));
    await expect(files.read({ path: '/data/hr/secret.docx' })).rejects.toThrow(
      '/data/hr/secret.docx is protected with a password. Ask for a copy without one.',
    );
  });

  it.each([
    ['a Pages document', { 'Index/Document.iwa': '', 'Index/CalculationEngine.iwa': '', 'Index/Section.iwa': '' }],
    ['a Numbers spreadsheet', { 'Index/Document.iwa': '', 'Index/CalculationEngine-1.iwa': '' }],
    ['a Keynote presentation', { 'Index/Document.iwa': '', 'Index/Slide-1.iwa': '' }],
    ['a Visio drawing (.vsdx)', { 'visio/document.xml': '<x/>' }],
    [
      'an archive (zip) of other files: a.txt, b.txt, c.txt and 1 more',
      { 'a.txt': '', 'b.txt': '', 'c.txt': '', 'd.txt': '' },
    ],
  ])('is %s, and says what to do', async (name, parts: Record<string, string>) => {
    await expect(extracted(packageOf(parts))).rejects.toThrow(`is ${name}`);
  });

  it('is an OpenDocument file with a password', async () => {
    const manifest =
      '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    const parts = {
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': 'x',
      'META-INF/manifest.xml': manifest,
    };
    await expect(extracted(packageOf(parts))).rejects.toThrow('is protected with a password');
  });

  it.each(['compound', 'rtf'] as const)('is damaged: a %s file that ends too early', async (kind) => {
    const whole = await readFile(new URL(`fixtures/office/leave.${kind === 'rtf' ? 'rtf' : 'doc'}`, import.meta.url));
    const cut = whole.subarray(0, 700);
    const reading = extract({ kind, bytes: new Uint8Array(cut), firstPage: 1 });
    if (kind === 'compound') await expect(reading).rejects.toThrow(/damaged|cannot be read/);
    else expect((await reading).format).toBe('RTF');
  });
});
