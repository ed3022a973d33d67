import { describe, expect, test } from 'vitest';
import { claimFor, findQuote } from './find-quote.ts';
import { marksOnPage } from './pdf-marks.ts';

const quoted = (passage: string, claim: string) => {
  const range = findQuote(passage, claim);
  return range && passage.slice(range.start, range.end);
};

describe('what an answer quotes of a passage', () => {
  test.each([
    [
      'Leave is good. Employees have 27 days of paid leave per year. Ask HR.',
      '> Employees have **27 days** of paid leave',
      'Employees have 27 days of paid leave',
    ],
    ['You have 28 days. Hotels cost 140 euros.', 'It is 140 euros', '140 euros'],
    ['有給休暇は年間20日です。半休も取れます。', '有給休暇は年間20日です【3】', '有給休暇は年間20日です'],
    ['พนักงานมีวันหยุดสิบวัน', 'พนักงานมีวันหยุดสิบวันต่อปี', 'พนักงานมีวันหยุดสิบวัน'],
    ['Der Urlaub beträgt 30 Tage.', 'Der Urlaub betra\u0308gt 30 Tage', 'Der Urlaub beträgt 30 Tage'],
    ['1\tField Sensor Pro\t329.00', '| Field Sensor Pro | 329.00 |', 'Field Sensor Pro\t329.00'],
  ])('%s', (passage, claim, found) => expect(quoted(passage, claim)).toBe(found));

  test('nothing where they share no more than any two texts do', () => {
    expect(quoted('The weather is fine today.', 'A bridge is closed.')).toBeUndefined();
    expect(quoted('', 'x')).toBeUndefined();
  });

  test('long texts take little time', () => {
    const start = process.cpuUsage();
    findQuote('abc '.repeat(2_000), 'bca '.repeat(2_000));
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_500);
  });
});

test('the claim is the paragraph that cites, and the one before where it only names the source', () => {
  const source = { number: 3, path: '/data/hr/leave.md', place: 'line 1', text: '' };
  const answer = '> 27 days of leave\n\nIn the same section: more.\n\nSource: `/data/hr/leave.md`, line 7 [3]\n\nBye.';
  expect(claimFor(answer, source)).toBe(
    '> 27 days of leave\n\nIn the same section: more.\n\nSource: `/data/hr/leave.md`, line 7 [3]',
  );
  expect(claimFor('First [2].\n\nIt is 27 days of paid leave [3].', source)).toBe('It is 27 days of paid leave [3].');
});

test('a passage is found in a page that spaces and orders it differently', () => {
  const page = 'Cover\nTrains are\nbooked in second\nclass. Hotels: 140';
  const marks = marksOnPage(
    page,
    'Trains are booked in second class.\nHotels: 140',
    'Second class only: booked in second class',
  );
  expect(marks.map(({ start, end, isQuote }) => [page.slice(start, end), isQuote])).toEqual([
    ['Trains are\n', false],
    ['booked in second\nclass', true],
    ['. Hotels: 140', false],
  ]);
  const reordered = marksOnPage('Right column text\nLeft column text', 'Left column text\nRight column text', '');
  expect(reordered).toHaveLength(2);
});
