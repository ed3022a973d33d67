import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/create-test-app.ts';
import { query } from '../../test/test-database.ts';
import { AppError } from '../platform/errors.ts';
import { createLogger } from '../platform/logger.ts';
import { withoutSession } from './authority.ts';
import { connectDatabase } from './client.ts';
import { createSignals } from './signals.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
  await query(database.url, 'create table written (step int)');
});
afterAll(() => database.drop());

test('what is sent together with the question for an authority comes to nothing when that is refused, at any later step', async () => {
  const connection = connectDatabase(database.url, { maxConnections: 1 });
  const signals = createSignals({
    db: connection.db,
    databaseUrl: database.url,
    log: createLogger('silent'),
    async holdAuthority(tx) {
      await tx.execute(sql`select 1`);
      throw new AppError('unauthenticated', 'Your session has ended.');
    },
  });
  const write = async (step: number, pauseMs = 0) => {
    const answered = await signals
      .transaction(
        withoutSession(crypto.randomUUID()),
        async (tx) => {
          await tx.execute(sql`select 2`);
          await sleep(pauseMs);
          await tx.execute(sql`insert into written values (${step})`);
          signals.write(tx, tx.execute(sql`insert into written values (${step + 1})`));
          if (pauseMs > 0) throw new Error('Its own refusal comes second.');
        },
        undefined,
        { sendsAtOnce: true },
      )
      .catch((error: unknown) => error);
    expect(answered).toMatchObject({ code: 'unauthenticated' });
  };
  await write(1);
  await write(3, 20);
  expect(await query(database.url, 'select * from written')).toEqual([]);
  expect(connection.pool.idleCount).toBe(1);
  await connection.close();
});
