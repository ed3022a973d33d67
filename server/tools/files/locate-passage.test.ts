import { expect, test } from 'vitest';
import { measureMaxBusyMs } from '../../../test/measure-max-busy.ts';
import { locatePassage } from './locate-passage.ts';

test.each([
  ['with a part-time option of 60 to 80 percent', 'part-time option'],
  ['costs 5.00 € (net) [see §3], a+b*c?', '5.00 € (net) [see §3], a+b*c?'],
  ['a path such as C:\\data\\x or /data/x', 'C:\\data\\x or /data/x'],
])('finds a passage in a line whatever signs it holds: %s', async (line, passage) => {
  expect(await locatePassage([line], passage, { near: 0 })).toEqual([
    { index: 0, start: line.indexOf(passage), end: line.indexOf(passage) + passage.length },
  ]);
});

test('of several it is the nearest one', async () => {
  const lines = ['Term', 'other', 'Term', 'other', 'other', 'Term'];
  for (const [near, index] of [
    [0, 0],
    [3, 2],
    [5, 5],
    [99, 5],
  ] as const)
    expect(await locatePassage(lines, 'Term', { near })).toEqual([{ index, start: 0, end: 4 }]);
  expect(await locatePassage(lines, 'Term\nother\nother', { near: 0 })).toHaveLength(3);
});

test('what nearly stands everywhere in a long document holds nobody else up', async () => {
  const lines = Array.from({ length: 350_000 }, () => 'x'.repeat(70));
  const passage = `${`${'x'.repeat(70)}\n`.repeat(20)}z`;
  const busy = await measureMaxBusyMs(async () => {
    expect(await locatePassage(lines, passage, { near: 0 })).toBeUndefined();
  });
  expect(busy).toBeLessThan(100);
}, 60_000);
