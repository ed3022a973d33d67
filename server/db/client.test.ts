import { expect, inject, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { allowTime, connectDatabase } from './client.ts';
import { explainDatabaseFault } from './database-fault.ts';

test('a transaction that cannot begin gives its connection back', async () => {
  const connection = connectDatabase(inject('postgresUrl'), { maxConnections: 1 });
  const broken = { isolationLevel: 'of no kind' as 'serializable' };
  await expect(connection.db.transaction(async () => undefined, broken)).rejects.toThrow();
  expect(connection.pool.idleCount).toBe(1);
  expect(await connection.db.transaction(async (tx) => (await tx.execute('select 1 as one')).rows)).toEqual([
    { one: 1 },
  ]);
  await connection.close();
});

test('every statement has a time limit, and what runs into one says so', async () => {
  const { pool, close } = connectDatabase(inject('postgresUrl'));
  const { rows } = await pool.query(
    "select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock",
  );
  expect(rows).toEqual([{ statement: '30s', lock: '10s' }]);
  await close();

  const hurried = connectDatabase(inject('postgresUrl'), { statementTimeoutMs: 100, lockTimeoutMs: 50 });
  const slow = await hurried.db.execute(sql`select pg_sleep(5)`).catch((error: unknown) => error);
  expect(explainDatabaseFault(slow)).toContain('took too long');
  await hurried.db.transaction(async (holder) => {
    await holder.execute(sql`select pg_advisory_xact_lock(4711)`);
    const waited = await hurried.db.execute(sql`select pg_advisory_lock(4711)`).catch((error: unknown) => error);
    expect(explainDatabaseFault(waited)).toContain('being changed by others');
  });
  await hurried.db.transaction(async (tx) => {
    await allowTime(tx, 5_000);
    await tx.execute(sql`select pg_sleep(0.2)`);
  });
  await expect(hurried.db.execute(sql`select pg_sleep(0.2)`)).rejects.toThrow();
  await hurried.close();
});

test('nothing that the database, the role or its address is set to takes the limits, or built-in functions, away', async () => {
  const address = new URL(inject('postgresUrl'));
  address.searchParams.set('options', '-c work_mem=5MB');
  const { pool, close } = connectDatabase(address.href);
  const { rows } = await pool.query(
    `select current_setting('statement_timeout') as statement, current_setting('work_mem') as memory,
       current_setting('search_path') as path`,
  );
  expect(rows).toEqual([{ statement: '30s', memory: '5MB', path: '"$user",public' }]);
  await close();
});
