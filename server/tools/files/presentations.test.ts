import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { officeFixture, packageOf, relationshipsXml } from './office-fixtures.ts';

let files: FilePlayground;
beforeAll(async () => {
  files = await createFilePlayground();
});
afterAll(() => files.remove());

let counter = 0;
async function answerTo(document: Uint8Array, input: object = {}): Promise<string> {
  const name = `talk${(counter += 1)}.pptx`;
  await files.put(`data/hr/${name}`, document);
  return (await files.read({ path: `/data/hr/${name}`, ...input })).text;
}

const namespaces = 'xmlns:p="p" xmlns:a="a" xmlns:r="r" xmlns:dgm="dgm" xmlns:mc="mc" xmlns:p188="p188"';
const paragraph = (text: string, properties = '') => `<a:p><a:pPr ${properties}/><a:r><a:t>${text}</a:t></a:r></a:p>`;
const shape = (content: string, placeholder = '', more = '') =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" ${more}/><p:nvPr>${placeholder ? `<p:ph type="${placeholder}"/>` : ''}</p:nvPr></p:nvSpPr><p:txBody>${content}</p:txBody></p:sp>`;
const slide = (shapes: string, attributes = '') =>
  `<p:sld ${namespaces} ${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;

/** A presentation of slides by their names, in this order. */
function presentationOf(slides: Record<string, string>, more: Record<string, string> = {}): Buffer<ArrayBuffer> {
  const names = Object.keys(slides);
  return packageOf({
    'ppt/presentation.xml': `<p:presentation ${namespaces}><p:sldIdLst>${names.map((name, index) => `<p:sldId r:id="${name}" id="${256 + index}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationshipsXml({
      ...Object.fromEntries(names.map((name) => [name, ['slide', `slides/${name}.xml`]])),
      authors: ['commentAuthors', 'commentAuthors.xml'],
    }),
    ...Object.fromEntries(Object.entries(slides).map(([name, xml]) => [`ppt/slides/${name}.xml`, xml])),
    ...more,
  });
}

describe('a presentation', () => {
  it('keeps the columns of its tables where cells are empty', async () => {
    expect(await answerTo(await officeFixture('table.pptx'))).toContain(
      '[Slide 1]\nTargets\n\n| Team | Q1 | Q2 | Q3 |\n| --- | --- | --- | --- |\n| Sales | 10 |  | 30 |\n| Support |  |  | 7 |',
    );
  });

  it('shows notes and the values of charts', async () => {
    const text = await answerTo(await officeFixture('results.pptx'));
    expect(text).toContain(
      '[Slide 1]\nResults\n[chart: Revenue (bar)]\n|  | Revenue |\n| --- | --- |\n| North | 12 |\n| South | 7 |',
    );
    expect(text).toContain('Notes: Do not publish before 1 May: numbers are preliminary.');
  });

  it('shows slides in their order, with their numbers, and marks hidden ones', async () => {
    const text = await answerTo(
      presentationOf({
        slide7: slide(shape(paragraph('Below')) + shape(paragraph('Welcome'), 'ctrTitle')),
        slide2: slide(shape(paragraph('Secret'), 'title') + shape(paragraph('3'), 'sldNum'), 'show="0"'),
        slide1: slide(shape(paragraph('End'), 'title')),
      }),
    );
    expect(text).toContain('[Slide 1]\nWelcome\nBelow\n\n[Slide 2] (hidden)\nSecret\n\n[Slide 3]\nEnd');
  });

  it('names the slide of a hit, and of a part that begins in the middle of one', async () => {
    const document = presentationOf({
      one: slide(shape(paragraph('First'), 'title')),
      two: slide(shape(paragraph('Second'), 'title') + shape(paragraph('Budget 4711') + paragraph('More'))),
    });
    expect(await answerTo(document, { find: '4711' })).toContain('slide 2, line 6: Budget 4711');
    expect(await answerTo(document, { offset: 7 })).toMatch(/\n\[Slide 2: Second\] \(goes on\)\nMore$/);
  });

  it('reads groups, lists, links, struck text, diagrams, merged cells and comments', async () => {
    const link =
      '<a:p><a:r><a:rPr><a:hlinkClick r:id="l"/></a:rPr><a:t>policy</a:t></a:r><a:r><a:rPr strike="sngStrike"/><a:t>old</a:t></a:r></a:p>';
    const numbered =
      '<a:p><a:pPr><a:buAutoNum type="alphaLcParenR"/></a:pPr><a:r><a:t>first</a:t></a:r></a:p><a:p><a:pPr><a:buAutoNum type="alphaLcParenR"/></a:pPr><a:r><a:t>second</a:t></a:r></a:p>';
    const cell = (text: string, attributes = '') =>
      `<a:tc ${attributes}><a:txBody>${paragraph(text)}</a:txBody></a:tc>`;
    const table = `<a:tbl><a:tr>${cell('Team')}${cell('Q1')}${cell('Q2')}</a:tr><a:tr>${cell('Sales', 'rowSpan="2"')}${cell('both', 'gridSpan="2"')}${cell('', 'hMerge="1"')}</a:tr><a:tr>${cell('', 'vMerge="1"')}${cell('1')}${cell('2')}</a:tr></a:tbl>`;
    const frame = (content: string) =>
      `<p:graphicFrame><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></p:graphicFrame>`;
    const shapes =
      `<p:grpSp><p:grpSp>${shape(paragraph('Grouped') + paragraph('deeper', 'lvl="1"'))}</p:grpSp></p:grpSp>` +
      shape(link) +
      shape(numbered) +
      frame(table) +
      frame('<dgm:relIds r:dm="d"/>') +
      '<p:pic><p:nvPicPr><p:cNvPr descr="Map of sites"/></p:nvPicPr></p:pic>' +
      shape(paragraph('unseen'), '', 'hidden="1"');
    const text = await answerTo(
      presentationOf(
        { s: slide(shapes) },
        {
          'ppt/slides/_rels/s.xml.rels': relationshipsXml({
            l: ['hyperlink', 'https://example.org/p', 'External'],
            d: ['diagramData', '../diagrams/data1.xml'],
            c: ['comments', '../comments/comment1.xml'],
          }),
          'ppt/diagrams/data1.xml': `<dgm:dataModel ${namespaces}><dgm:ptLst><dgm:pt modelId="1"><dgm:t>${paragraph('Plan')}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`,
          'ppt/comments/comment1.xml': `<p:cmLst ${namespaces}><p:cm authorId="0"><p:text>Check this</p:text></p:cm></p:cmLst>`,
          'ppt/commentAuthors.xml': `<p:cmAuthorLst ${namespaces}><p:cmAuthor id="0" name="Ann"/></p:cmAuthorLst>`,
        },
      ),
    );
    expect(text.slice(text.indexOf('\n') + 1)).toBe(
      '[Slide 1]\nGrouped\n  deeper\n[policy](https://example.org/p)~~old~~\na) first\nb) second\n\n' +
        '| Team | Q1 | Q2 |\n| --- | --- | --- |\n| Sales | both | both |\n| Sales | 1 | 2 |\n[diagram]\n- Plan\n[picture: Map of sites]\n[comment by Ann: Check this]',
    );
    expect(text).toContain('not shown: 1 picture, 1 hidden shape)');
  });

  it('shows what its master puts on every slide, but not the places for text', async () => {
    const text = await answerTo(
      presentationOf(
        { s: slide(shape(paragraph('Body'))) },
        {
          'ppt/slides/_rels/s.xml.rels': relationshipsXml({ y: ['slideLayout', '../slideLayouts/l.xml'] }),
          'ppt/slideLayouts/l.xml': slide(shape(paragraph('Click to edit'), 'body')),
          'ppt/slideLayouts/_rels/l.xml.rels': relationshipsXml({ m: ['slideMaster', '../slideMasters/m.xml'] }),
          'ppt/slideMasters/m.xml': slide(shape(paragraph('Confidential'))),
        },
      ),
    );
    expect(text).toMatch(/\[Slide 1\]\nBody\n\[on the background: Confidential\]$/);
  });
});
