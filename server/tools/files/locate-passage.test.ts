import { expect, test } from 'vitest';
import { locatePassage } from './locate-passage.ts';

test.each([
  ['with a part-time option of 60 to 80 percent', 'part-time option'],
  ['costs 5.00 € (net) [see §3], a+b*c?', '5.00 € (net) [see §3], a+b*c?'],
  ['a path such as C:\\data\\x or /data/x', 'C:\\data\\x or /data/x'],
])('finds a passage in a line whatever signs it holds: %s', (line, passage) => {
  expect(locatePassage([line], passage, 0)).toEqual([
    { index: 0, start: line.indexOf(passage), end: line.indexOf(passage) + passage.length },
  ]);
});
