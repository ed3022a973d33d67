import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startMemoryUpkeep } from './memory-upkeep.ts';

const mebibyte = 1024 * 1024;
let taken = 0;
let given = 0;
let collections = 0;
let busy = false;
let upkeep: { stop(): void };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  taken = 150 * mebibyte;
  given = 20 * mebibyte;
  collections = 0;
  busy = false;
  upkeep = startMemoryUpkeep({
    read: () => taken,
    isBusy: () => busy,
    collect() {
      collections += 1;
      taken -= given;
    },
  });
});

afterEach(() => {
  upkeep.stop();
  vi.useRealTimers();
});

test('what starting took is given back, and then what a burst took', () => {
  vi.advanceTimersByTime(5_000);
  expect(collections).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(collections).toBe(1);
  taken += 100 * mebibyte;
  given = 100 * mebibyte;
  busy = true;
  vi.advanceTimersByTime(60_000);
  expect(collections).toBe(1);
  busy = false;
  vi.advanceTimersByTime(15_000);
  expect([collections, taken]).toEqual([2, 130 * mebibyte]);
});

test('what a burst took is given back soon, however often the memory was in use before', () => {
  given = 0;
  vi.advanceTimersByTime(5_000);
  taken += 100 * mebibyte;
  vi.advanceTimersByTime(300_000);
  const before = collections;
  busy = true;
  vi.advanceTimersByTime(5_000);
  taken += 10 * mebibyte;
  given = 100 * mebibyte;
  busy = false;
  vi.advanceTimersByTime(5_000);
  expect([collections, taken]).toEqual([before + 1, 160 * mebibyte]);
});

test('what work took that left the thread idle is given back soon too', () => {
  given = 0;
  vi.advanceTimersByTime(5_000);
  taken += 100 * mebibyte;
  vi.advanceTimersByTime(300_000);
  const before = collections;
  taken += 100 * mebibyte;
  given = 100 * mebibyte;
  vi.advanceTimersByTime(5_000);
  expect(collections).toBe(before + 1);
});

test('memory that is in use is asked for less and less often', () => {
  vi.advanceTimersByTime(5_000);
  taken += 100 * mebibyte;
  given = 0;
  vi.advanceTimersByTime(300_000);
  expect(collections).toBeGreaterThan(3);
  expect(collections).toBeLessThan(9);
});
