import { and, asc, count, eq, isNull, or, sql } from 'drizzle-orm';
import type { PromptLibrary } from '../../../contract/prompts.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { prompts } from '../../db/schema/index.ts';

export type PromptRow = typeof prompts.$inferSelect;

/** A library: the organisation's, or that of the person. */
interface Library {
  library: PromptLibrary;
  userId: string;
}

const isIn = ({ library, userId }: Library) =>
  library === 'own' ? eq(prompts.ownerId, userId) : isNull(prompts.ownerId);

/** Those of the person and of the organisation, by name. */
export const listPrompts = (executor: Executor, userId: string): Promise<PromptRow[]> =>
  executor
    .select()
    .from(prompts)
    .where(or(isIn({ library: 'own', userId }), isIn({ library: 'organisation', userId })))
    .orderBy(asc(sql`lower(${prompts.name})`), asc(prompts.id));

/** Locks the row until the transaction ends. */
export async function findPromptForUpdate(tx: Transaction, of: Library, id: string): Promise<PromptRow | undefined> {
  const [row] = await tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.id, id), isIn(of)))
    .for('update');
  return row;
}

/** How many there are, while nobody else can add one until the transaction ends. */
export async function lockAndCountPrompts(tx: Transaction, of: Library): Promise<number> {
  const name = of.library === 'own' ? of.userId : of.library;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`pinchy prompts ${name}`}))`);
  const [had] = await tx.select({ count: count() }).from(prompts).where(isIn(of));
  return had?.count ?? 0;
}

export async function insertPrompt(
  tx: Transaction,
  { library, userId }: Library,
  values: { name: string; text: string },
): Promise<PromptRow> {
  const ownerId = library === 'own' ? userId : null;
  const [row] = await tx
    .insert(prompts)
    .values({ ownerId, ...values })
    .returning();
  if (!row) throw new Error('The prompt was not inserted.');
  return row;
}

export async function updatePrompt(
  tx: Transaction,
  id: string,
  values: { name: string; text: string },
): Promise<PromptRow> {
  const [row] = await tx
    .update(prompts)
    .set({ ...values, updatedAt: new Date() })
    .where(eq(prompts.id, id))
    .returning();
  if (!row) throw new Error('The prompt is not there.');
  return row;
}

export async function deletePrompt(tx: Transaction, id: string): Promise<void> {
  await tx.delete(prompts).where(eq(prompts.id, id));
}
