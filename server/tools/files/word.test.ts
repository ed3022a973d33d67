import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { officeFixture, packageOf, relationshipsXml, wordLine, wordOf, wordRun } from './office-fixtures.ts';

let files: FilePlayground;
beforeAll(async () => {
  files = await createFilePlayground();
});
afterAll(() => files.remove());

let counter = 0;
async function answerTo(document: Uint8Array, input: object = {}): Promise<string> {
  const name = `document${(counter += 1)}.docx`;
  await files.put(`data/hr/${name}`, document);
  return (await files.read({ path: `/data/hr/${name}`, ...input })).text;
}

/** The text without the line that names the file. */
async function textOf(document: Uint8Array): Promise<string> {
  const text = await answerTo(document);
  return text.slice(text.indexOf('\n') + 1);
}

function list(id: number, depth: number, text: string): string {
  return wordLine(text, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${id}"/></w:numPr>`);
}

function level(index: number, format: string, text: string, more = ''): string {
  return `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
}

describe('Word documents of the collection', () => {
  it.each([
    ['request.docx', 'Decision on request 4711\n\n☒ Approved\n\n☐ Rejected\n\n☐ Needs rework'],
    ['bonus.docx', 'Bonus is 10 % of the salary. [comment by Legal: Not valid any more since 2025, see circular 12.]'],
    [
      'policy.docx',
      '[header: DRAFT – not approved – Version 0.9]\n[footer: Effective 1 January 2027]\n\nEmployees get 26 weeks of parental leave.',
    ],
    [
      'contract.docx',
      '§ 1 Scope\n§ 2 Term\n  2.1 Start\n  2.2 Notice\n    (a) by letter\n    (b) by email\n§ 3 Fees\n\nOther list:\n\n10. Tenth item',
    ],
    [
      'leave.docx',
      'Leave by country\n\n| Country | Kind | Weeks |\n| --- | --- | --- |\n| Germany | Parental | 14 |\n| Germany | Sick | 6 |\n| France | see intranet | see intranet |',
    ],
    ['scan.docx', '(no text in this document, only 1 picture)\n\n[picture: Scan of the signed lease]'],
    ['notice.docx', 'The notice period is ~~three months~~ six weeks.'],
    [
      'changes.docx',
      '[tracked changes are shown as accepted: 1 insertion, 2 deletions]\n\nVacation is 25 days.\n\n| Kept row | 1 |\n| --- | --- |\n\nMoved sentence.',
    ],
  ])('%s is read as a person sees it', async (name, text) => {
    expect(await textOf(await officeFixture(name))).toBe(text);
  });
});

describe('A Word document', () => {
  it('says in its first line what is not shown', async () => {
    expect(await answerTo(await officeFixture('scan.docx'))).toContain('(Word, lines 1-3 of 3; not shown: 1 picture)');
  });

  it('keeps the labels of numbered paragraphs: restarted, continued, legal, from styles, without a number', async () => {
    const numbering =
      `<w:abstractNum w:abstractNumId="0">${level(0, 'upperRoman', 'Article %1', '<w:pStyle w:val="Clause"/>')}` +
      `${level(1, 'decimalZero', '%1.%2', '<w:isLgl/>')}${level(2, 'lowerRoman', '(%3)')}</w:abstractNum>` +
      `<w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '')}${level(1, 'none', '')}</w:abstractNum>` +
      '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>' +
      '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>';
    const styles =
      '<w:style w:styleId="Clause"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Clause"/></w:style>';
    const body =
      wordLine('Scope', '<w:pStyle w:val="Clause"/>') +
      list(1, 1, 'First') +
      list(1, 2, 'Detail') +
      wordLine('Term', '<w:pStyle w:val="Own"/>') +
      list(1, 1, 'Second') +
      list(2, 0, 'Bullet') +
      list(2, 1, 'Plain') +
      list(3, 0, 'Restarted') +
      wordLine('Not numbered', '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>');
    const text = await textOf(
      wordOf(body, { 'numbering.xml': ['numbering', numbering], 'styles.xml': ['styles', styles] }),
    );
    expect(text.split(/\n+/)).toEqual([
      '## Article I Scope',
      '  1.01 First',
      '    (i) Detail',
      '## Article II Term',
      '  2.01 Second',
      '- Bullet',
      'Plain',
      'Article VII Restarted',
      '## Not numbered',
    ]);
  });

  it('says of a later part under which headings it stands', async () => {
    const styles = [1, 2]
      .map((each) => `<w:style w:styleId="H${each}"><w:name w:val="heading ${each}"/></w:style>`)
      .join('');
    const heading = (text: string, each: number) => wordLine(text, `<w:pStyle w:val="H${each}"/>`);
    const body = heading('Leave', 1) + heading('Germany', 2) + wordLine('One') + wordLine('Two');
    const document = wordOf(body, { 'styles.xml': ['styles', styles] });
    expect(await answerTo(document, { offset: 7 })).toMatch(/\n\(in: Leave › Germany\)\nTwo$/);
  });

  it('shows form fields, chosen entries, and results of fields in place of their code', async () => {
    const field = (data: string, code: string, result = '') =>
      `<w:r><w:fldChar w:fldCharType="begin">${data}</w:fldChar></w:r><w:r><w:instrText>${code}</w:instrText></w:r>` +
      (result ? `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}` : '') +
      '<w:r><w:fldChar w:fldCharType="end"/></w:r>';
    const box = (state: string) => `<w:ffData><w:checkBox>${state}</w:checkBox></w:ffData>`;
    const entries =
      '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/><w:listEntry w:val="Blue"/></w:ddList></w:ffData>';
    const body = wordLine(
      field(box('<w:default w:val="0"/><w:checked/>'), ' FORMCHECKBOX ') +
        wordRun(' yes ') +
        field(box('<w:default w:val="0"/>'), ' FORMCHECKBOX ') +
        wordRun(' no; ') +
        field(entries, ' FORMDROPDOWN ') +
        wordRun(', ') +
        // As Word writes it: with a result that is empty.
        field(entries, ' FORMDROPDOWN ', '<w:r></w:r>') +
        wordRun('; see ') +
        field('', ' REF _x \\h ', wordRun('section 4')) +
        wordRun(' and ') +
        field('', ' HYPERLINK "https://example.org/a" ', wordRun('the page')) +
        wordRun(' for ') +
        field('', ' MERGEFIELD Name '),
    );
    expect(await textOf(wordOf(body))).toBe(
      '☒ yes ☐ no; Blue, Blue; see section 4 and [the page](https://example.org/a) for «Name»',
    );
  });

  it('tells raised and lowered, struck and hidden text, symbols, readings and links', async () => {
    const styles = '<w:style w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>';
    const body =
      wordLine(
        wordRun('Area 10') +
          wordRun('3', '<w:vertAlign w:val="superscript"/>') +
          wordRun(' m') +
          wordRun('2', '<w:vertAlign w:val="superscript"/>') +
          wordRun(', H') +
          wordRun('2', '<w:vertAlign w:val="subscript"/>') +
          wordRun('O, x') +
          wordRun('max', '<w:vertAlign w:val="subscript"/>') +
          wordRun(', the 1') +
          wordRun('st', '<w:vertAlign w:val="superscript"/>'),
      ) +
      wordLine(
        wordRun('30', '<w:dstrike/>') +
          wordRun('31', '<w:rStyle w:val="Gone"/>') +
          wordRun(' 32', '<w:strike w:val="0"/>'),
      ) +
      wordLine(wordRun('Seen') + wordRun(' secret', '<w:vanish/>')) +
      wordLine(
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> ticked</w:t><w:noBreakHyphen/><w:sym w:font="Symbol" w:char="F062"/></w:r>',
      ) +
      wordLine(
        `<w:r><w:ruby><w:rt>${wordRun('とうきょう')}</w:rt><w:rubyBase>${wordRun('東京')}</w:rubyBase></w:ruby></w:r>`,
      ) +
      wordLine(`<w:hyperlink r:id="l1">${wordRun('policy')}</w:hyperlink>`);
    const document = wordOf(body, { 'styles.xml': ['styles', styles] }, { l1: 'https://intranet.example/17' });
    expect(await textOf(document)).toBe(
      'Area 10³ m², H₂O, x_(max), the 1st\n\n~~3031~~ 32\n\nSeen\n\n☑ ticked-β\n\n東京(とうきょう)\n\n[policy](https://intranet.example/17)',
    );
    expect(await answerTo(document)).toContain('not shown: 1 hidden text)');
  });

  it('shows notes after the paragraph that refers to them, and who commented', async () => {
    const body =
      wordLine(
        wordRun('Fee') +
          '<w:r><w:footnoteReference w:id="2"/></w:r>' +
          wordRun(' and term') +
          '<w:r><w:endnoteReference w:id="3"/></w:r>',
      ) +
      wordLine(wordRun('Last') + '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="1"/></w:r>');
    const text = await textOf(
      wordOf(body, {
        'footnotes.xml': [
          'footnotes',
          `<w:footnote w:type="separator" w:id="-1">${wordLine('no')}</w:footnote><w:footnote w:id="2">${wordLine('Without VAT.')}</w:footnote>`,
        ],
        'endnotes.xml': ['endnotes', `<w:endnote w:id="3">${wordLine('See annex.')}</w:endnote>`],
        'comments.xml': [
          'comments',
          `<w:comment w:id="0" w:author="Ann">${wordLine('Really?')}</w:comment><w:comment w:id="1" w:author="Bob"><w:p w14:paraId="A1">${wordRun('Yes.')}</w:p></w:comment>`,
        ],
        'commentsExtended.xml': ['commentsExtended', '<w:commentEx w:paraId="A1" w:done="1"/>'],
      }),
    );
    expect(text).toBe(
      'Fee[^1] and term[^i]\n\n[^1]: Without VAT.\n\n[^i]: See annex.\n\nLast [comment by Ann: Really?] [comment by Bob: Yes. (resolved)]',
    );
  });

  it('shows text boxes once, charts with values, diagrams and equations, and counts what it cannot show', async () => {
    const box = `<w:txbxContent>${wordLine('In the box')}</w:txbxContent>`;
    const value = (text: string, each: string | number) => `<c:pt idx="${each}"><c:v>${text}</c:v></c:pt>`;
    const chart =
      '<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:pieChart><c:ser>' +
      `<c:tx><c:strRef><c:strCache>${value('2026', 0)}</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>${value('North', 0)}${value('South', 1)}</c:strCache></c:strRef></c:cat>` +
      `<c:val><c:numRef><c:numCache><c:formatCode>0%</c:formatCode>${value('0.75', 0)}${value('0.25', 1)}</c:numCache></c:numRef></c:val></c:ser></c:pieChart></c:plotArea></c:chart>`;
    const point = (id: number, text: string) =>
      `<dgm:pt modelId="${id}"><dgm:t><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt>`;
    const diagram =
      `<dgm:ptLst><dgm:pt modelId="0" type="doc"/>${point(1, 'Plan')}${point(2, 'Do')}${point(3, 'Detail')}</dgm:ptLst>` +
      '<dgm:cxnLst><dgm:cxn modelId="8" srcId="0" destId="2" srcOrd="1"/><dgm:cxn modelId="9" srcId="0" destId="1" srcOrd="0"/><dgm:cxn modelId="7" srcId="1" destId="3" srcOrd="0"/></dgm:cxnLst>';
    const drawing = (content: string) =>
      `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
    const body =
      wordLine(
        wordRun('Before') +
          `<w:r><mc:AlternateContent><mc:Choice>${`<w:drawing><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></w:drawing>`}</mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
      ) +
      wordLine(drawing('<c:chart r:id="chart1xml"/>')) +
      wordLine(drawing('<dgm:relIds r:dm="data1xml"/>')) +
      wordLine(
        '<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f><m:r><m:t>=</m:t></m:r><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>',
      ) +
      wordLine(drawing('<pic:pic/>') + drawing('<pic:pic/>') + '<w:r><w:object><v:shape/></w:object></w:r>');
    const document = wordOf(body, { 'chart1.xml': ['chart', chart], 'data1.xml': ['diagramData', diagram] });
    expect(await textOf(document)).toBe(
      'Before\n\nIn the box\n\n[chart: Sales (pie)]\n|  | 2026 |\n| --- | --- |\n| North | 75% |\n| South | 25% |\n\n[diagram]\n- Plan\n  - Detail\n- Do\n\n(a+b)/c=x²',
    );
    expect(await answerTo(document)).toContain('not shown: 2 pictures, 1 embedded file)');
  });

  it('keeps columns under gaps, nested tables and tables within controls', async () => {
    const cell = (text: string, properties = '') =>
      `<w:tc><w:tcPr>${properties}</w:tcPr>${text.startsWith('<') ? text : wordLine(text)}</w:tc>`;
    const inner = `<w:tbl><w:tr>${cell('x')}${cell('y')}</w:tr></w:tbl>`;
    const body =
      `<w:sdt><w:sdtContent><w:tbl><w:tr>${cell('A')}${cell('B')}${cell('C')}</w:tr>` +
      `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell('b')}${cell(inner)}</w:tr>` +
      `<w:sdt><w:sdtContent><w:tr>${cell('whole row', '<w:gridSpan w:val="3"/>')}</w:tr></w:sdtContent></w:sdt></w:tbl></w:sdtContent></w:sdt>`;
    expect(await textOf(wordOf(body))).toBe(
      '| A | B | C |\n| --- | --- | --- |\n|  | b | x \\| y |\n| whole row |  |  |',
    );
  });

  it('shows headers of the first page and of even pages only where they are used, and watermarks', async () => {
    const header = (text: string): [string, string] => ['header', wordLine(text)];
    const references =
      '<w:headerReference w:type="first" r:id="h1xml"/><w:headerReference w:type="even" r:id="h2xml"/><w:headerReference w:type="default" r:id="h3xml"/>';
    const parts = {
      'h1.xml': header('First'),
      'h2.xml': header('Even'),
      'h3.xml': [
        'header',
        wordLine('<w:r><w:pict><v:shape><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'),
      ] as [string, string],
    };
    const text = await textOf(wordOf(`${wordLine('Body')}<w:sectPr>${references}<w:titlePg/></w:sectPr>`, parts));
    expect(text).toBe('[header: First]\n[header: [text: CONFIDENTIAL]]\n\nBody');
  });

  it('is found by its relationships when its main part has another name', async () => {
    const parts = {
      '[Content_Types].xml':
        '<Types><Override PartName="/word/document2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      '_rels/.rels': relationshipsXml({ r: ['officeDocument', 'word/document2.xml'] }),
      'word/document2.xml': `<w:document xmlns:w="w"><w:body>${wordLine('Found')}</w:body></w:document>`,
    };
    expect(await textOf(packageOf(parts))).toBe('Found');
    expect(await textOf(packageOf({ ...parts, '[Content_Types].xml': '<Types/>' }))).toBe('Found');
  });
});
