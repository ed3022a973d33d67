import { setImmediate as nextTask } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { createFairQueue, type FairQueue, type FairQueueOptions } from './fair-queue.ts';

const limits = { name: 'test', running: 1, waitingPerKey: 1_000, waiting: 10_000, refusal: 'Too much waits.' };
const queueWith = (options: Partial<FairQueueOptions> = {}) => createFairQueue({ ...limits, ...options });

/** Fills a queue whose work ends when it is told to, and keeps the order in which it begins. */
function stage(queue: FairQueue) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const settled: Promise<unknown>[] = [];
  return {
    begun,
    settled,
    add(key: string, options: { cost?: number; label?: string; signal?: AbortSignal } = {}) {
      const { label = key, ...request } = options;
      const done = queue.run({ key, ...request }, () => {
        begun.push(label);
        return new Promise<void>((resolve) => ends.push(resolve));
      });
      settled.push(done.catch((error: unknown) => error));
      return done;
    },
    async endOne() {
      ends.shift()?.();
      await nextTask();
    },
    async endAll() {
      for (await nextTask(); ends.length > 0; await nextTask()) ends.shift()?.();
    },
  };
}

describe('turns', () => {
  test('a newcomer comes next, however many of another wait', async () => {
    const { add, begun, endAll } = stage(queueWith());
    for (let index = 0; index < 20; index++) void add('crowd');
    void add('newcomer');
    await endAll();
    expect(begun.indexOf('newcomer')).toBe(1);
    expect(begun).toHaveLength(21);
  });

  test('what is moved to another key waits behind what waits there, can still leave, and is counted there', async () => {
    const queue = queueWith({ runningPerKey: 1 });
    const { add, begun, settled, endAll } = stage(queue);
    const gone = new AbortController();
    void add('one', { label: 'one 0' });
    void add('crowd', { label: 'crowd 0' });
    for (let index = 1; index < 4; index++) void add('one', { label: `one ${index}` });
    void add('one', { label: 'gone', signal: gone.signal });
    await nextTask();
    queue.move('one', 'crowd');
    queue.move('nobody', 'crowd');
    gone.abort(new Error('gone'));
    void add('newcomer');
    await endAll();
    expect(begun).toEqual(['one 0', 'crowd 0', 'newcomer', 'one 1', 'one 2', 'one 3']);
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
    expect((await Promise.all(settled)).filter((result) => result instanceof Error)).toHaveLength(1);
  });

  test('a heavy one among many light ones waits, not the light ones', async () => {
    const { add, begun, endAll } = stage(queueWith());
    void add('first');
    void add('heavy', { cost: 10 });
    for (let index = 0; index < 30; index++) void add(`light ${index % 3}`);
    await endAll();
    const before = begun.indexOf('heavy') - 1;
    expect(before).toBeGreaterThanOrEqual(10);
    // Nor does it wait for ever: each of the others has done about as much as it costs.
    expect(before).toBeLessThanOrEqual(30);
  });

  test('heavy work comes at last, however much light work of newcomers goes on arriving', async () => {
    const { add, begun, endOne } = stage(queueWith());
    void add('first');
    void add('heavy', { cost: 10 });
    for (let index = 0; index < 40 && !begun.includes('heavy'); index++) {
      void add(`newcomer ${index}`);
      await endOne();
    }
    expect(begun).toContain('heavy');
  });

  test('work that was dearer than announced is paid for with the next turns', async () => {
    const queue = queueWith();
    const { add, begun, endAll } = stage(queue);
    void add('dear');
    void add('dear');
    void add('cheap');
    for (let index = 0; index < 4; index++) void add('cheap');
    queue.charge('dear', 4);
    await endAll();
    expect(begun).toEqual(['dear', 'cheap', 'cheap', 'cheap', 'cheap', 'dear', 'cheap']);
  });

  test('one key never has all the places where it may have fewer', async () => {
    const queue = queueWith({ running: 3, runningPerKey: 2 });
    const { add, begun, endAll } = stage(queue);
    for (let index = 0; index < 5; index++) void add('crowd');
    await nextTask();
    expect([queue.running, queue.waiting]).toEqual([2, 3]);
    void add('newcomer');
    await nextTask();
    expect(begun).toEqual(['crowd', 'crowd', 'newcomer']);
    expect(queue.doOthersWait('crowd')).toBe(false);
    expect(queue.doOthersWait('newcomer')).toBe(true);
    await endAll();
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  test('a turn that was taken ends once, and work that fails ends its own', async () => {
    const queue = queueWith();
    const end = await queue.takeTurn({ key: 'a' });
    const failing = queue.run({ key: 'b' }, () => Promise.reject(new Error('broken')));
    end();
    end();
    await expect(failing).rejects.toThrow('broken');
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
    await expect(queue.run({ key: 'a' }, () => Promise.resolve(7))).resolves.toBe(7);
  });
});

describe('limits', () => {
  test('beyond what one key may have waiting it is told so, and others are not', async () => {
    const { add, begun, endAll } = stage(queueWith({ waitingPerKey: 2 }));
    const all = Array.from({ length: 4 }, () => add('crowd'));
    void add('other');
    const refusal = await all[3]?.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'rate_limited', message: 'Too much waits.', retryAfter: 5 });
    await endAll();
    expect(begun).toEqual(['crowd', 'other', 'crowd', 'crowd']);
  });

  test('when too much waits altogether, whoever has most of it waiting gives way', async () => {
    const queue = queueWith({ waiting: 5 });
    const { add, begun, endAll, settled } = stage(queue);
    for (let index = 0; index < 6; index++) void add('crowd', { label: `crowd ${index}` });
    void add('newcomer');
    await nextTask();
    expect(queue.waiting).toBe(5);
    await endAll();
    expect(begun).toContain('newcomer');
    expect(begun).not.toContain('crowd 5');
    expect((await Promise.all(settled)).filter((result) => result instanceof AppError)).toHaveLength(1);
  });
});

describe('what nobody waits for any more', () => {
  test('is not begun, and holds nobody up', async () => {
    const queue = queueWith();
    const { add, begun, endAll } = stage(queue);
    const gone = new AbortController();
    void add('first');
    const left = add('gone', { signal: gone.signal });
    void add('last');
    gone.abort(new Error('The client is gone.'));
    await expect(left).rejects.toThrow('The client is gone.');
    expect(queue.waiting).toBe(1);
    await endAll();
    expect(begun).toEqual(['first', 'last']);
    await expect(add('gone', { signal: gone.signal })).rejects.toThrow('The client is gone.');
  });

  test('is not begun either when it leaves in the moment its turn comes', async () => {
    const queue = queueWith();
    const gone = new AbortController();
    const end = await queue.takeTurn({ key: 'a' });
    let begun = false;
    const left = queue.run({ key: 'b', signal: gone.signal }, async () => {
      begun = true;
    });
    end();
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect([begun, queue.running, queue.waiting]).toEqual([false, 0, 0]);
  });
});

describe('for any work', () => {
  const job = fc.record({
    key: fc.integer({ min: 0, max: 5 }),
    cost: fc.integer({ min: 1, max: 20 }),
    leaves: fc.boolean(),
  });

  test('limits hold, all of it begins once or is refused or left, and nothing is kept', async () => {
    const sizes = fc.record({
      running: fc.integer({ min: 1, max: 4 }),
      runningPerKey: fc.integer({ min: 1, max: 4 }),
      waitingPerKey: fc.integer({ min: 1, max: 10 }),
      waiting: fc.integer({ min: 1, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(job, { maxLength: 60 }), async (size, jobs) => {
        const queue = queueWith(size);
        const runningOf = new Map<number, number>();
        const count = (key: number, change: number) => runningOf.set(key, (runningOf.get(key) ?? 0) + change);
        let begun = 0;
        const results = await Promise.allSettled(
          jobs.map(({ key, cost, leaves }) => {
            const gone = new AbortController();
            if (leaves) setImmediate(() => gone.abort());
            return queue.run({ key: String(key), cost, signal: gone.signal }, async () => {
              begun += 1;
              count(key, 1);
              expect(runningOf.get(key)).toBeLessThanOrEqual(size.runningPerKey);
              expect(queue.running).toBeLessThanOrEqual(size.running);
              expect(queue.waiting).toBeLessThanOrEqual(size.waiting);
              await nextTask();
              count(key, -1);
            });
          }),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(begun);
        expect([queue.running, queue.waiting]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });

  test('what keys with work waiting were given differs by no more than one work of each', async () => {
    const costs = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(costs, async (costOf) => {
        const { add, begun, endOne } = stage(queueWith());
        const amount = 60;
        costOf.forEach((cost, key) => {
          for (let index = 0; index < amount / cost; index++) void add(String(key), { cost });
        });
        const given = costOf.map(() => 0);
        const largest = Math.max(...costOf);
        let seen = 0;
        for (await nextTask(); given.every((sum) => sum < amount); await endOne()) {
          for (const key of begun.slice(seen)) given[Number(key)]! += costOf[Number(key)]!;
          seen = begun.length;
          if (given.every((sum) => sum < amount))
            expect(Math.max(...given) - Math.min(...given)).toBeLessThanOrEqual(2 * largest);
        }
      }),
      { numRuns: 25 },
    );
  });
});
