import { expect, test } from 'vitest';
import { ApiError } from '../../../api/api-error.ts';
import { doForEach } from './outcomes.ts';

const refusal = (status: number, retryAfter?: number) =>
  new ApiError({ status, code: 'refused', message: `Refused with ${status}.`, retryAfter });

test('a refusal costs only its own, and progress is told', async () => {
  const done: number[] = [];
  const outcomes = await doForEach(
    [1, 2, 3],
    async (number) => {
      if (number === 2) throw refusal(400);
      return number * 10;
    },
    { onProgress: (count) => done.push(count) },
  );
  expect(outcomes).toEqual([
    { subject: 1, result: 10 },
    { subject: 2, problem: 'Refused with 400.' },
    { subject: 3, result: 30 },
  ]);
  expect(done).toEqual([1, 2, 3]);
});

test('where the server asks to wait, it waits and asks again', async () => {
  let asked = 0;
  const start = performance.now();
  const outcomes = await doForEach(['one'], async () => {
    asked += 1;
    if (asked === 1) throw refusal(429, 0.2);
    return asked;
  });
  expect(outcomes).toEqual([{ subject: 'one', result: 2 }]);
  expect(performance.now() - start).toBeGreaterThan(150);
});

test('what was stopped before it was begun is left out, and nothing waits any more', async () => {
  const stop = new AbortController();
  const outcomes = await doForEach(
    [1, 2, 3],
    async (number) => {
      if (number === 1) return number;
      setTimeout(() => stop.abort(), 20);
      throw refusal(429, 3_600);
    },
    { signal: stop.signal },
  );
  expect(outcomes).toEqual([
    { subject: 1, result: 1 },
    { subject: 2, problem: 'Refused with 429.' },
  ]);
});
