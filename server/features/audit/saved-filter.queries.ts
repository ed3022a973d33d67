import { and, asc, count, eq, getTableColumns, ne, or, sql } from 'drizzle-orm';
import type { AuditCriteria } from '../../../contract/saved-filters.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { savedFilters, users } from '../../db/schema/index.ts';

type SavedFilterRow = typeof savedFilters.$inferSelect;
/** With the name of whose it is. */
export type FoundFilter = SavedFilterRow & { owner: string };

interface Values {
  name: string;
  filter: AuditCriteria;
  shared: boolean;
}

/** Those of the person, and what others share as long as they may read the trail themselves; by name. */
export const listSavedFilters = (executor: Executor, userId: string): Promise<FoundFilter[]> =>
  executor
    .select({ ...getTableColumns(savedFilters), owner: users.name })
    .from(savedFilters)
    .innerJoin(users, eq(users.id, savedFilters.ownerId))
    .where(
      or(
        eq(savedFilters.ownerId, userId),
        and(eq(savedFilters.shared, true), eq(users.role, 'admin'), eq(users.banned, false)),
      ),
    )
    .orderBy(asc(sql`lower(${savedFilters.name})`), asc(savedFilters.id));

/** Nobody else can add or rename one of the person's until the transaction ends. */
export async function lockSavedFilters(tx: Transaction, userId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`pinchy saved filters ${userId}`}))`);
}

export async function countSavedFilters(tx: Transaction, userId: string): Promise<number> {
  const [had] = await tx.select({ count: count() }).from(savedFilters).where(eq(savedFilters.ownerId, userId));
  return had?.count ?? 0;
}

/** Whether another one of the person's has the name, however it is written. */
export async function isNameTaken(
  tx: Transaction,
  { userId, name, except }: { userId: string; name: string; except?: string },
): Promise<boolean> {
  const rows = await tx
    .select({ id: savedFilters.id })
    .from(savedFilters)
    .where(
      and(
        eq(savedFilters.ownerId, userId),
        sql`lower(${savedFilters.name}) = lower(${name})`,
        except === undefined ? undefined : ne(savedFilters.id, except),
      ),
    );
  return rows.length > 0;
}

/** One of the person's own; locks the row until the transaction ends. */
export async function findSavedFilterForUpdate(
  tx: Transaction,
  userId: string,
  id: string,
): Promise<SavedFilterRow | undefined> {
  const [row] = await tx
    .select()
    .from(savedFilters)
    .where(and(eq(savedFilters.id, id), eq(savedFilters.ownerId, userId)))
    .for('update');
  return row;
}

export async function insertSavedFilter(tx: Transaction, ownerId: string, values: Values): Promise<SavedFilterRow> {
  const [row] = await tx
    .insert(savedFilters)
    .values({ ownerId, ...values })
    .returning();
  if (!row) throw new Error('The filter was not inserted.');
  return row;
}

export async function updateSavedFilter(tx: Transaction, id: string, values: Values): Promise<SavedFilterRow> {
  const [row] = await tx
    .update(savedFilters)
    .set({ ...values, updatedAt: new Date() })
    .where(eq(savedFilters.id, id))
    .returning();
  if (!row) throw new Error('The filter is not there.');
  return row;
}

export async function deleteSavedFilter(tx: Transaction, id: string): Promise<void> {
  await tx.delete(savedFilters).where(eq(savedFilters.id, id));
}
