import { describe, expect, test } from 'vitest';
import { escapeMarks, findMarks, unescapeMarks, withoutCode } from './citations.ts';
import { composed, findNames, passageAt } from './cited-names.ts';

const numbersIn = (text: string) => findMarks(withoutCode(text)).map(({ numbers }) => numbers);

describe('marks', () => {
  test.each([
    ['28 days [3].', [[3]]],
    ['28 days[3], and more [4].', [[3], [4]]],
    [
      'Both [3, 4] and [5; 6].',
      [
        [3, 4],
        [5, 6],
      ],
    ],
    ['Two [3][4] in a row', [[3], [4]]],
    [
      'A range [3-5] or [3–5]',
      [
        [3, 4, 5],
        [3, 4, 5],
      ],
    ],
    ['有給休暇は20日です【3】。', [[3]]],
    ['有給休暇は20日です［３］。', [[3]]],
    ['Like OpenAI 【3†leave.pdf】.', [[3]]],
    ['A footnote [^3].', [[3]]],
    ['- item one [1]\n\n    goes on [2]', [[1], [2]]],
    ['> quoted [7]', [[7]]],
    ['| cell [1] | other [2] |', [[1], [2]]],
  ])('%s', (text, numbers) => expect(numbersIn(text)).toEqual(numbers));

  test.each([
    'Call `arr[0]` first',
    '```ts\nconst x = arr[3];\n```\n',
    '~~~\n[3]\n~~~',
    '````\n```\n[3]\n```\n````',
    'Text:\n\n    indented[3]\n',
    'arr[3] = 5 and arr[3].name, arr[3](x) and arr[3][key]',
    '[3](https://example.com)',
    '[3]: https://example.com',
    '[x] [a3] [] [1234567]',
    String.raw`\[3] Smith et al.`,
    '``code ` with [3]`` more',
  ])('none in %s', (text) => expect(numbersIn(text)).toEqual([]));

  test.each([
    ['Leave is short [7], see [8][9].', String.raw`Leave is short \[7], see \[8]\[9].`],
    ['短いです【7】。［８］', String.raw`短いです\【7】。\［８］`],
    [String.raw`As it stands: \[7]`, String.raw`As it stands: \\[7]`],
    ['list[3].name and [a link](https://example.com)', 'list[3].name and [a link](https://example.com)'],
  ])('that are not ours are escaped, and come back: %s', (text, escaped) => {
    expect(escapeMarks(text)).toBe(escaped);
    expect(findMarks(escaped)).toEqual([]);
    expect(unescapeMarks(escaped)).toBe(text);
  });

  test('a lone backtick hides nothing, and code ends with its paragraph', () => {
    expect(numbersIn('It costs 5` [3].\n\nOr `this [4].')).toEqual([[3], [4]]);
  });

  test('thousands of marks and backticks take little time', () => {
    const start = process.cpuUsage();
    findMarks(withoutCode('[1]'.repeat(20_000)));
    findMarks(withoutCode('` `` ``` '.repeat(20_000)));
    unescapeMarks(escapeMarks('[1]'.repeat(20_000)));
    findMarks(withoutCode(`${'['.repeat(50_000)}${'[3,'.repeat(20_000)}`));
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_500);
  });
});

describe('names', () => {
  const upload = '/workspace/uploads/0b8a2f4e-1111-4222-8333-123456789abc-Reisekosten.pdf';
  const paths = [
    '/data/hr/leave.pdf',
    '/data/hr/Über uns.md',
    '/data/a/plan.md',
    '/data/b/plan.md',
    upload,
    'https://e.com/x.pdf',
  ];
  const named = (text: string) =>
    findNames(composed(text), paths).map(({ path, place }) => [path, place && `${place.kind} ${place.number}`]);

  test.each([
    ['See leave.pdf, page 3.', '/data/hr/leave.pdf', 'page 3'],
    ['Siehe leave.pdf (Seite 3).', '/data/hr/leave.pdf', 'page 3'],
    ['`leave.pdf`, p. 12', '/data/hr/leave.pdf', 'page 12'],
    ['休暇は leave.pdf の3ページ', '/data/hr/leave.pdf', undefined],
    ['leave.pdf、3ページ', '/data/hr/leave.pdf', 'page 3'],
    ['Source: `/data/hr/leave.pdf`, line 7', '/data/hr/leave.pdf', 'line 7'],
    ['[the policy](/data/hr/leave.pdf#page=4)', '/data/hr/leave.pdf', 'page 4'],
    ['[about](%C3%9Cber%20uns.md)', '/data/hr/Über uns.md', undefined],
    ['U\u0308ber uns.md says so', '/data/hr/Über uns.md', undefined],
    ['In ÜBER UNS.MD it says', '/data/hr/Über uns.md', undefined],
    ['data/a/plan.md', '/data/a/plan.md', undefined],
    ['Laut Reisekosten.pdf', upload, undefined],
  ])('%s', (text, path, place) => expect(named(text)).toEqual([[path, place]]));

  test('are found whatever signs a name holds', () => {
    for (const sign of [...String.raw`!"#$%&'()*+,-.:;<=>?@[\]^_{|}~§€ `, '-', '–', '😀']) {
      const name = `a${sign}b.md`;
      expect(findNames(`See ${name}, line 3.`, [`/data/${name}`]), name).toMatchObject([{ path: `/data/${name}` }]);
    }
  });

  test.each(['plan.md', 'other/leave.pdf', 'unpaid-leave.pdf', 'leave.pdfx', 'leave', 'x.pdf'])('not in %s', (text) =>
    expect(named(text)).toEqual([]),
  );

  test('a place finds the passage that it lies in', () => {
    const passages = [
      'page 1',
      'page 11',
      'line 1',
      'line 20',
      'sheet Prices, rows 2–9',
      'sheet Prices, rows 10–19',
    ].map((place) => ({
      place,
    }));
    expect(passageAt(passages, { kind: 'page', number: 11 })?.place).toBe('page 11');
    expect(passageAt(passages, { kind: 'page', number: 2 })).toBeUndefined();
    expect(passageAt(passages, { kind: 'line', number: 25 })?.place).toBe('line 20');
    expect(passageAt(passages, { kind: 'row', number: 12 })?.place).toBe('sheet Prices, rows 10–19');
  });
});
