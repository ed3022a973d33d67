import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/create-test-app.ts';
import { query } from '../../test/test-database.ts';
import { createLogger } from '../platform/logger.ts';
import { connectDatabase } from './client.ts';
import { createJobRunner } from './jobs.ts';

// Real: three runners with connections of their own on one PostgreSQL, as in three server processes, and the clock's minute.

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

test('a scheduled job runs once a minute, however many processes there are, and goes on when the one that ran it is gone', async () => {
  // A tick is taken up to a minute late: begun at the end of one, two of them would run in the next.
  const second = new Date().getSeconds();
  if (second > 40) await sleep((62 - second) * 1_000);
  const database = await createTestDatabase();
  closers.push(() => database.drop());
  const runs: { by: number; minute: string }[] = [];
  const startOne = async (by: number) => {
    const { pool, close } = connectDatabase(database.url, { maxConnections: 4 });
    closers.push(close);
    const runner = createJobRunner({
      pool,
      log: createLogger('silent'),
      lookSeconds: 1,
      jobs: [
        {
          id: 'test.job',
          schedule: '* * * * *',
          async run() {
            runs.push({ by, minute: new Date().toISOString().slice(0, 16) });
            await sleep(500);
          },
        },
      ],
    });
    await runner.start();
    closers.push(() => runner.stop());
    return runner;
  };
  const runners = [await startOne(0), await startOne(1), await startOne(2)];
  await expect.poll(() => runs.length, { timeout: 75_000 }).toBe(1);
  const [first] = runs;
  await runners[first!.by]!.stop();
  await expect.poll(() => runs.length, { timeout: 75_000 }).toBe(2);
  // Time for another that took the same tick.
  await sleep(4_000);
  const minutes = runs.map(({ minute }) => minute);
  expect(new Set(minutes).size).toBe(minutes.length);
  expect(runs[1]!.by).not.toBe(first!.by);
  const queued = `select state, count(*)::int as count from jobs.job where name = 'test.job' group by 1`;
  expect(await query(database.url, queued)).toEqual([{ state: 'completed', count: runs.length }]);
}, 180_000);
