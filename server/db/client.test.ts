import { expect, inject, test } from 'vitest';
import { connectDatabase } from './client.ts';

test('a transaction that cannot begin gives its connection back', async () => {
  const connection = connectDatabase(inject('postgresUrl'), { maximumConnections: 1 });
  const broken = { isolationLevel: 'of no kind' as 'serializable' };
  await expect(connection.db.transaction(async () => undefined, broken)).rejects.toThrow();
  expect(connection.pool.idleCount).toBe(1);
  expect(await connection.db.transaction(async (tx) => (await tx.execute('select 1 as one')).rows)).toEqual([
    { one: 1 },
  ]);
  await connection.close();
});
