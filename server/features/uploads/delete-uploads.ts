import { join } from 'node:path';
import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Transaction, WritableDatabase } from '../../db/client.ts';
import { uploads } from '../../db/schema/index.ts';
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
  for (const { id, agentId, userId, filename } of unsent) {
    const workspaceDirectory = join(workspaceRoot, agentId);
    await deleteUpload({ workspaceDirectory, userId, uploadId: id, filename }).catch(() => {});
  }
}

/** Forgets what was uploaded to an agent; its files go with its workspace. */
export async function deleteUploadsTo(tx: Transaction, agentId: string): Promise<void> {
  await tx.delete(uploads).where(eq(uploads.agentId, agentId));
}
