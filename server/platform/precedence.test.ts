import { expect, test } from 'vitest';
import { createPrecedence } from './precedence.ts';

const isOver = (promise: Promise<void> | undefined) =>
  Promise.race([promise?.then(() => true) ?? true, new Promise((resolve) => setImmediate(resolve, false))]);

test('nothing gives way while nothing is urgent', () => {
  expect(createPrecedence({ maxWaitMs: 60_000 }).giveWay()).toBeUndefined();
});

test('what gives way goes on when the last urgent thing has ended', async () => {
  const precedence = createPrecedence({ maxWaitMs: 60_000 });
  const ends = [precedence.begin(), precedence.begin()];
  const wait = precedence.giveWay();
  ends[0]?.();
  ends[0]?.();
  expect(await isOver(wait)).toBe(false);
  ends[1]?.();
  expect(await isOver(wait)).toBe(true);
  expect(precedence.giveWay()).toBeUndefined();
});

test('and after a while, however much is urgent', async () => {
  const precedence = createPrecedence({ maxWaitMs: 20 });
  precedence.begin();
  const start = performance.now();
  await precedence.giveWay();
  expect(performance.now() - start).toBeGreaterThan(15);
  expect(precedence.giveWay()).toBeDefined();
});
