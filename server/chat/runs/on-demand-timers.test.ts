import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOnDemandTimers } from './on-demand-timers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('beats while it is needed, rests afterwards, and begins again', () => {
  let needed = true;
  const [quick, slow] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const timersOnDemand = createOnDemandTimers({
    isNeeded: () => needed,
    beats: [
      { every: 60, work: quick },
      { every: 300, work: slow },
    ],
  });
  vi.advanceTimersByTime(1_000);
  expect(quick).not.toHaveBeenCalled();

  timersOnDemand.wake();
  timersOnDemand.wake();
  vi.advanceTimersByTime(600);
  expect(quick).toHaveBeenCalledTimes(10);
  expect(slow).toHaveBeenCalledTimes(2);

  needed = false;
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);

  needed = true;
  timersOnDemand.wake();
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  timersOnDemand.stop();
  timersOnDemand.wake();
  expect(vi.getTimerCount()).toBe(0);
});
