import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Executor, Transaction, WritableDatabase } from '../../db/client.ts';
import { agents, messages, uploads } from '../../db/schema/index.ts';

export type UploadRow = typeof uploads.$inferSelect;

/** A person's own, to this agent. */
export async function findOwnUpload(
  executor: Executor,
  { id, agentId, userId }: Pick<UploadRow, 'id' | 'agentId' | 'userId'>,
): Promise<UploadRow | undefined> {
  const [row] = await executor
    .select()
    .from(uploads)
    .where(and(eq(uploads.id, id), eq(uploads.agentId, agentId), eq(uploads.userId, userId)));
  return row;
}

/** Agents that have a workspace. */
export async function listAgentIds(executor: Executor): Promise<string[]> {
  const rows = await executor.select({ id: agents.id }).from(agents).where(isNull(agents.deletedAt));
  return rows.map(({ id }) => id);
}

/** Those of the ids that uploads have. */
export async function findKnownUploads(executor: Executor, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await executor.select({ id: uploads.id }).from(uploads).where(inArray(uploads.id, ids));
  return rows.map(({ id }) => id);
}

export async function insertUpload(tx: Transaction, values: typeof uploads.$inferInsert): Promise<void> {
  await tx.insert(uploads).values(values);
}

/** Those made before a moment that no message was sent with. Returns them. */
export const deleteUnsent = (db: WritableDatabase, before: Date): Promise<UploadRow[]> =>
  db
    .delete(uploads)
    .where(and(isNull(uploads.messageId), lt(uploads.createdAt, before)))
    .returning();

/** Those that were sent with its messages. Returns them. */
export const deleteUploadsOfConversation = (tx: Transaction, conversationId: string): Promise<UploadRow[]> =>
  tx
    .delete(uploads)
    .where(
      inArray(
        uploads.messageId,
        tx.select({ id: messages.id }).from(messages).where(eq(messages.conversationId, conversationId)),
      ),
    )
    .returning();

export async function deleteUploadsOfAgent(tx: Transaction, agentId: string): Promise<void> {
  await tx.delete(uploads).where(eq(uploads.agentId, agentId));
}
