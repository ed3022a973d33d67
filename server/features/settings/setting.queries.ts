import { asc, eq, inArray, notLike } from 'drizzle-orm';
import type { Executor, Transaction, WritableDatabase } from '../../db/client.ts';
import { settings } from '../../db/schema/index.ts';
import { systemPrefix } from './setting-keys.ts';

export type SettingRow = typeof settings.$inferSelect;

/** By key, without the facts that nobody sets by hand. */
export const listSettings = (executor: Executor): Promise<SettingRow[]> =>
  executor
    .select()
    .from(settings)
    .where(notLike(settings.key, `${systemPrefix}%`))
    .orderBy(asc(settings.key));

export async function findSetting(executor: Executor, key: string): Promise<SettingRow | undefined> {
  const [row] = await executor.select().from(settings).where(eq(settings.key, key));
  return row;
}

export const findSettings = (executor: Executor, keys: string[]): Promise<SettingRow[]> =>
  executor.select().from(settings).where(inArray(settings.key, keys));

export async function saveSetting(
  tx: Transaction,
  { key, value, encrypted }: Pick<SettingRow, 'key' | 'value' | 'encrypted'>,
): Promise<void> {
  const row = { value, encrypted, updatedAt: new Date() };
  await tx
    .insert(settings)
    .values({ key, ...row })
    .onConflictDoUpdate({ target: settings.key, set: row });
}

export async function deleteSetting(tx: Transaction, key: string): Promise<void> {
  await tx.delete(settings).where(eq(settings.key, key));
}

/** Those that are set already stay as they are. */
export async function insertMissingSettings(
  db: WritableDatabase,
  rows: { key: string; value: string }[],
): Promise<void> {
  await db.insert(settings).values(rows).onConflictDoNothing();
}

export async function replaceSettingValue(db: WritableDatabase, key: string, value: string): Promise<void> {
  await db.update(settings).set({ value }).where(eq(settings.key, key));
}
