import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { pdfFixture, pdfOf, pdfStream, textAt } from './pdf-fixtures.ts';

let files: FilePlayground;
beforeAll(async () => {
  files = await createFilePlayground();
});
afterAll(() => files.remove());

let counter = 0;
async function read(pdf: Uint8Array, input: object = {}): Promise<string> {
  const name = `document${(counter += 1)}.pdf`;
  await files.put(`data/hr/${name}`, pdf);
  return (await files.read({ path: `/data/hr/${name}`, ...input })).text;
}

const onePage = (texts: Parameters<typeof textAt>[0]) => pdfOf({ pages: [{ content: textAt(texts) }] });

/** Lines of prose in a column, one below the other. */
const column = (x: number, y: number, lines: string[], pitch = 12, size = 10): Parameters<typeof textAt>[0] =>
  lines.map((line, index) => [x, y - index * pitch, line, size]);

describe('a table in a PDF', () => {
  it('keeps its columns where cells are empty', async () => {
    const text = await read(await pdfFixture('leave-table.pdf'));
    expect(text).toContain('Country\tMaternity\tPaternity\tParental');
    expect(text).toContain('\nGermany\t14\t\t156\n');
    expect(text).toContain('\nFrance\t16\t4\n');
    expect(text).toMatch(/\nSpain\t\t16(\n|$)/);
  });

  it('keeps them with figures on the right, a title across and a cell of two lines', async () => {
    const text = await read(
      onePage([
        [72, 700, 'Item'], [220, 700, 'Description'], [400, 700, 'Q1'], [480, 700, 'Q2'],
        [72, 680, 'Europe, all amounts in thousands of euros without value added tax (estimates)'],
        [72, 660, 'Rent'], [220, 660, 'Offices in Berlin and'], [220, 648, 'in Vienna'], [396, 660, '1,200'],
        [72, 628, 'Travel'], [485, 628, '30'],
        [72, 608, 'Sum'], [396, 608, '1,200'], [485, 608, '30'],
      ]),
    ); // prettier-ignore
    expect(text).toContain('Item\tDescription\tQ1\tQ2');
    expect(text).toContain('\nRent\tOffices in Berlin and in Vienna\t1,200\n');
    expect(text).toContain('\nTravel\t\t\t30\n');
    expect(text).toContain('\nSum\t\t1,200\t30');
  });
});

describe('the text of a PDF', () => {
  const left = [
    'The committee decided that every',
    'employee who works from abroad for',
    'more than thirty days must inform',
    'the people team before the journey',
    'begins and keep the receipts of it.',
  ];
  const right = [
    'Travel costs are paid back within',
    'four weeks from the day on which a',
    'claim was made. Claims after three',
    'months are not paid at all, unless',
    'the delay has a good reason for it.',
  ];

  it('is read column after column, below a title across', async () => {
    const text = await read(
      onePage([
        [72, 740, 'Report on what was decided in the meetings of the committee this year', 14],
        ...column(72, 700, left),
        ...column(320, 700, right),
      ]),
    );
    expect(text).toContain(
      ['Report on what was decided in the meetings of the committee this year', '', ...left, '', ...right].join('\n'),
    );
  });

  it('is read apart from a sidebar', async () => {
    const side = ['Questions? Anna from', 'the people team has', 'answers each Monday', 'in the large hall on'];
    const text = await read(onePage([...column(72, 700, left, 14, 11), ...column(400, 697, side, 9, 8)]));
    expect(text).toContain([...left, '', ...side].join('\n'));
  });

  it('puts words together that a hyphen broke, and leaves other hyphens', async () => {
    const text = await read(
      onePage(
        column(72, 700, [
          'Costs: the reim-',
          'bursement of costs is for short-',
          'and long-term stays, as in Ein-',
          'und Auszug.',
        ]),
      ),
    );
    expect(text).toContain(
      'Costs: the reimbursement\nof costs is for short-\nand long-term stays, as in Ein-\nund Auszug.',
    );
  });

  it('is shown once where it is drawn twice, and not where it lies outside of the page', async () => {
    const text = await read(
      onePage([
        [72, 700, 'Bold title'],
        [72.3, 700, 'Bold title'],
        [72, 2000, 'hidden outside'],
      ]),
    );
    expect(text.match(/Bold title/g)).toHaveLength(1);
    expect(text).not.toContain('hidden outside');
  });

  it('of Asian fonts that are not embedded is there', async () => {
    const text = await read(await pdfFixture('cjk.pdf'));
    expect(text).toContain('Invoice 2026-07\n育児休業は26週間です。');
    expect(text).toContain('育儿假为26周。');
    expect(text).toContain('육아 휴직은 26주입니다.');
  });

  it('is named by the labels of its pages too', async () => {
    const pages = ['Preface', 'First chapter'].map((text) => ({ content: textAt([[72, 700, text]]) }));
    const catalog = '/PageLabels << /Nums [0 << /S /r /St 4 >> 1 << /S /D /P (A-) >>] >>';
    const text = await read(pdfOf({ pages, catalog }));
    expect(text).toContain('[Page 1, labelled iv]\nPreface\n[Page 2, labelled A-1]\nFirst chapter');
  });
});

describe('what lies over the page of a PDF', () => {
  it('are the values of a form, in their places', async () => {
    const text = await read(await pdfFixture('form.pdf'));
    expect(text).toContain('Name:\tAlice Miller');
    expect(text).toContain('IBAN:\tDE02 1203 0000 0000 2020 51');
    expect(text).toMatch(/\[x\]\s+I agree|I agree\s+\[x\]/);
    expect(text).toContain('Plan:\tPremium');
  });

  it('are boxes that are not checked, chosen buttons, names of choices; not what is hidden or secret', async () => {
    const widget = (entries: string, y: number) =>
      `<< /Type /Annot /Subtype /Widget /Rect [200 ${y} 300 ${y + 12}] ${entries} >>`;
    const states = (on: string) => `/AP << /N << /${on} 30 0 R /Off 30 0 R >> >>`;
    const objects = [
      widget(`/FT /Btn /T (news) /V /Off /AS /Off ${states('Yes')}`, 698),
      widget('/FT /Ch /Ff 131072 /T (land) /V (de) /Opt [[(de) (Germany)] [(fr) (France)]]', 678),
      widget('/FT /Tx /F 2 /T (internal) /V (do not show)', 658),
      widget('/FT /Tx /Ff 8192 /T (pin) /V (1234)', 638),
      `<< /FT /Btn /Ff 49152 /T (size) /V /L /Kids [15 0 R 16 0 R] >>`,
      widget(`/Parent 14 0 R /AS /Off ${states('S')}`, 618),
      widget(`/Parent 14 0 R /AS /L ${states('L')}`, 598),
    ];
    const labels = ['Newsletter', 'Country', 'Internal', 'PIN', 'Small', 'Large'];
    const text = await read(
      pdfOf({
        pages: [
          {
            content: textAt(labels.map((label, index) => [72, 700 - index * 20, label])),
            entries: '/Annots [10 0 R 11 0 R 12 0 R 13 0 R 15 0 R 16 0 R]',
          },
        ],
        objects,
        catalog: '/AcroForm << /Fields [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R] >>',
      }),
    );
    expect(text).toContain('Newsletter\t[ ]\nCountry\tGermany\nInternal\nPIN\t•••\nSmall\t( )\nLarge\t(x)');
    expect(text).not.toMatch(/do not show|1234/);
  });

  it('are notes: those on the page in their place, comments below it', async () => {
    const text = await read(await pdfFixture('fee.pdf'));
    expect(text).toContain('The fee is 5 %.\nChanged to 4 % on 1 March');
    expect(text).toContain('[comment: Ask Anna]');
  });

  it('are links that the text does not name', async () => {
    const link = (url: string) =>
      `<< /Type /Annot /Subtype /Link /Rect [72 690 200 710] /A << /S /URI /URI (${url}) >> >>`;
    const text = await read(
      pdfOf({
        pages: [
          { content: textAt([[72, 700, 'See the policy, or www.example.com/b']]), entries: '/Annots [10 0 R 11 0 R]' },
        ],
        objects: [link('https://example.com/a'), link('https://www.example.com/b')],
      }),
    );
    expect(text).toContain('[links on this page: https://example.com/a]');
  });

  it('is named on the first line where it is not shown', async () => {
    const picture = pdfStream(
      '/Type /XObject /Subtype /Image /Width 20 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8',
      Buffer.alloc(400),
    );
    const file = '<< /Type /Filespec /F (terms.xlsx) /UF (terms.xlsx) /EF << /F 12 0 R >> >>';
    const pdf = pdfOf({
      pages: [
        {
          content: `${textAt([[72, 700, 'With a picture']])} q 99 0 0 99 72 500 cm /I Do Q`,
          resources: '/XObject << /I 10 0 R >>',
        },
      ],
      objects: [picture, file, pdfStream('/Type /EmbeddedFile', 'a')],
      catalog: '/Names << /EmbeddedFiles << /Names [(terms.xlsx) 11 0 R] >> >>',
    });
    expect(await read(pdf)).toMatch(
      /^File: \S+ \(PDF, page 1 of 1; not shown: 1 picture, 1 attachment \(terms\.xlsx\)\)\n/,
    );
  });

  it('is named as a portfolio', async () => {
    const pdf = pdfOf({
      pages: [{ content: textAt([[72, 700, 'Open this portfolio in Acrobat']]) }],
      objects: ['<< /Type /Filespec /F (a.pdf) /EF << /F 11 0 R >> >>', pdfStream('/Type /EmbeddedFile', 'a')],
      catalog: '/Collection << /View /T >> /Names << /EmbeddedFiles << /Names [(a.pdf) 10 0 R] >> >>',
    });
    expect(await read(pdf)).toContain('not shown: 1 document of this portfolio (a.pdf)');
  });
});

describe('a PDF that cannot be read', () => {
  it('says that it waits for another reader', async () => {
    const lines = [
      'Please wait...',
      'If this message is not eventually replaced by the proper contents of the document, your PDF',
      'viewer may not be able to display this type of document.',
    ];
    const text = await read(onePage(column(72, 700, lines)));
    expect(text).toContain('shown by Adobe Reader alone');
    expect(text).not.toContain('Please wait');
  });

  it('says that it needs a password', async () => {
    const encrypt = `<< /Filter /Standard /V 1 /R 2 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> /P -4 >>`;
    const pdf = onePage([[72, 700, 'secret']])
      .toString('latin1')
      .replace('/Root 1 0 R', `/Root 1 0 R /Encrypt 99 0 R /ID [<00> <00>]`)
      .replace('trailer', `99 0 obj\n${encrypt}\nendobj\ntrailer`);
    await expect(read(Buffer.from(pdf, 'latin1'))).rejects.toThrow('is protected with a password');
  });

  it('says that its font does not tell the letters', async () => {
    const toUnicode = pdfStream(
      '',
      'begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <e000> endbfrange endcmap',
    );
    const pdf = pdfOf({
      pages: [{ content: 'BT /F2 12 Tf 72 700 Td (abcdef) Tj ET', resources: '/Font << /F2 11 0 R >>' }],
      objects: [toUnicode, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 10 0 R >>'],
    });
    expect(await read(pdf)).toContain('font does not say which letters');
  });
});

describe('find', () => {
  it('finds in a PDF what people type, over line ends and hyphens', async () => {
    const pdf = await pdfFixture('handbook.pdf');
    for (const text of ['parental leave', 'reimbursement', '30 days', "employee's", 'PARENTAL  LEAVE of 26']) {
      expect(await read(pdf, { find: text }), text).toMatch(/\(search: matching lines: 1\)\npage 1, line \d: /);
    }
  });

  it('finds letters, quotes, spaces and dashes in any of their forms', async () => {
    await files.put('data/hr/notes.md', await pdfFixture('../notes.md'));
    const places = {
      Kündigungsfrist: 1,
      'Ku\u0308ndigungsfrist': 1,
      '30 Tage': 1,
      "employee's": 2,
      'employee‘s': 2,
      '10-20 %': 3,
      paragraph: 4,
    };
    for (const [text, line] of Object.entries(places)) {
      expect((await files.read({ path: '/data/hr/notes.md', find: text })).text, text).toContain(`\n${line}: `);
    }
  });

  it('finds over several line ends, and names the line where it begins', async () => {
    await files.put(
      'data/hr/wrapped.txt',
      'Der Anspruch auf\nErho-\nlungs\u00ad\nurlaub bleibt lang-\nfristig, e\ufb03zient\n\n育児休業は\n26週間',
    );
    const find = async (text: string) => (await files.read({ path: '/data/hr/wrapped.txt', find: text })).text;
    expect(await find('Anspruch auf Erholungsurlaub bleibt')).toContain('\n1: Der Anspruch auf / Erho-');
    expect(await find('lang-fristig')).toContain('\n4: ');
    expect(await find('langfristig')).toContain('\n4: ');
    expect(await find('effizient')).toContain('\n5: ');
    expect(await find('休業は26週')).toContain('\n7: ');
    expect(await find('bleibt fristig')).toContain('no line contains it');
  });

  it('says which pages it could not search', async () => {
    const scan = pdfStream(
      '/Type /XObject /Subtype /Image /Width 20 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8',
      Buffer.alloc(400),
    );
    const picture = { content: 'q 612 0 0 792 0 0 cm /I Do Q', resources: '/XObject << /I 10 0 R >>' };
    const text = await read(
      pdfOf({ pages: [{ content: textAt([[72, 700, 'Cover']]) }, picture, picture], objects: [scan] }),
      { find: 'parental' },
    );
    expect(text).toContain('no line contains it');
    expect(text).toContain('[Not searched: pages 2-3, which are scans without text');
  });
});

describe('layers of a PDF', () => {
  const layers = ['<< /Type /OCG /Name (Internal prices) >>', '<< /Type /OCG /Name (Public) >>'];
  const show = (y: number, text: string) => `BT /F1 12 Tf 72 ${y} Td (${text}) Tj ET`;

  it('that are off are not read, but named', async () => {
    const content = `/OC /L1 BDC ${show(700, 'Cost 99')} EMC ${show(680, 'Price 120')} /OC /L2 BDC ${show(660, 'Valid in 2026')} EMC`;
    const text = await read(
      pdfOf({
        pages: [{ content, resources: '/Properties << /L1 10 0 R /L2 11 0 R >>' }],
        objects: layers,
        catalog: '/OCProperties << /OCGs [10 0 R 11 0 R] /D << /OFF [10 0 R] >> >>',
      }),
    );
    expect(text).toContain('Price 120\nValid in 2026');
    expect(text).not.toContain('Cost 99');
    expect(text).toContain('not shown: text in a layer that is switched off (Internal prices)');
  });

  it('of which one language is shown hold the same words', async () => {
    const form = (layer: string, text: string) =>
      pdfStream(
        `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /OC ${layer} /Resources << /Font << /F1 3 0 R >> >>`,
        show(700, text),
      );
    const text = await read(
      pdfOf({
        pages: [
          { content: `/A Do /B Do ${show(600, 'Total 10 EUR')}`, resources: '/XObject << /A 12 0 R /B 13 0 R >>' },
        ],
        objects: [...layers, form('10 0 R', 'Price 10 EUR'), form('11 0 R', 'Preis 10 EUR')],
        catalog: '/OCProperties << /OCGs [10 0 R 11 0 R] /D << /BaseState /OFF /ON [11 0 R] >> >>',
      }),
    );
    expect(text).toContain('Preis 10 EUR\n');
    expect(text).toContain('Total 10 EUR');
    expect(text).not.toContain('Price');
  });
});
