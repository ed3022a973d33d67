import { join } from 'node:path';
import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Transaction, WritableDatabase } from '../../db/client.ts';
import { messages, uploads } from '../../db/schema/index.ts';
import { deleteUpload } from '../../tools/files/upload-store.ts';

/** Removes files that were uploaded before a moment and never sent with a message. */
export async function deleteUnsentUploads(
  db: WritableDatabase,
  { workspaceRoot, before }: { workspaceRoot: string; before: Date },
): Promise<void> {
  const unsent = await db
    .delete(uploads)
    .where(and(isNull(uploads.messageId), lt(uploads.createdAt, before)))
    .returning();
  await deleteFiles(workspaceRoot, unsent);
}

/** Forgets what was sent in a conversation. What it returns removes the files, once the transaction has committed. */
export async function deleteUploadsSaidIn(
  tx: Transaction,
  { conversationId, workspaceRoot }: { conversationId: string; workspaceRoot: string },
): Promise<() => Promise<void>> {
  const said = tx.select({ id: messages.id }).from(messages).where(eq(messages.conversationId, conversationId));
  const sent = await tx.delete(uploads).where(inArray(uploads.messageId, said)).returning();
  return () => deleteFiles(workspaceRoot, sent);
}

async function deleteFiles(workspaceRoot: string, rows: (typeof uploads.$inferSelect)[]): Promise<void> {
  for (const { id, agentId, userId, filename } of rows) {
    const workspaceDirectory = join(workspaceRoot, agentId);
    await deleteUpload({ workspaceDirectory, userId, uploadId: id, filename }).catch(() => {});
  }
}

/** Forgets what was uploaded to an agent; its files go with its workspace. */
export async function deleteUploadsTo(tx: Transaction, agentId: string): Promise<void> {
  await tx.delete(uploads).where(eq(uploads.agentId, agentId));
}
