import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createPrecedence } from './precedence.ts';

/** Asks for `count` pieces at once, and says which of them have had their turn. */
function grow(precedence: ReturnType<typeof createPrecedence>, count: number): number[] {
  const grown: number[] = [];
  for (let piece = 0; piece < count; piece += 1) {
    const turn = precedence.giveWay();
    if (turn) void turn.then(() => grown.push(piece));
    else grown.push(piece);
  }
  return grown;
}

test('what grows does not wait while there is little of it', () => {
  expect(grow(createPrecedence({ usual: 4, urgent: 1 }), 4)).toEqual([0, 1, 2, 3]);
});

test('much of it goes on in rounds of the event loop, whoever asked first', async () => {
  const grown = grow(createPrecedence({ usual: 4, urgent: 1 }), 10);
  await nextRound();
  expect(grown).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  await nextRound();
  expect(grown).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('who comes later does not pass those who wait', async () => {
  const precedence = createPrecedence({ usual: 2, urgent: 1 });
  const first = grow(precedence, 3);
  await nextRound();
  const later = grow(precedence, 3);
  expect([first, later]).toEqual([[0, 1, 2], [0]]);
  await nextRound();
  expect(later).toEqual([0, 1, 2]);
});

test('less grows in a round while something is urgent, but never nothing', async () => {
  const precedence = createPrecedence({ usual: 4, urgent: 1 });
  const ends = [precedence.begin(), precedence.begin()];
  const grown = grow(precedence, 7);
  expect(grown).toEqual([0]);
  await nextRound();
  expect(grown).toEqual([0, 1]);
  ends[0]?.();
  ends[0]?.();
  await nextRound();
  expect(grown).toEqual([0, 1, 2]);
  ends[1]?.();
  await nextRound();
  expect(grown).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
