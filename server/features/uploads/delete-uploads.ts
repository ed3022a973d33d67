import { join } from 'node:path';
import type { Transaction, WritableDatabase } from '../../db/client.ts';
import { deleteUpload } from '../../tools/files/upload-store.ts';
import { deleteUnsent, deleteUploadsOfAgent, deleteUploadsOfConversation, type UploadRow } from './upload.queries.ts';

/** Removes files that were uploaded before a moment and never sent with a message. */
export async function deleteUnsentUploads(
  db: WritableDatabase,
  { workspaceRoot, before }: { workspaceRoot: string; before: Date },
): Promise<void> {
  await deleteFiles(workspaceRoot, await deleteUnsent(db, before));
}

/** Forgets what was sent in a conversation. What it returns removes the files, once the transaction has committed. */
export async function deleteUploadsSaidIn(
  tx: Transaction,
  { conversationId, workspaceRoot }: { conversationId: string; workspaceRoot: string },
): Promise<() => Promise<void>> {
  const sent = await deleteUploadsOfConversation(tx, conversationId);
  return () => deleteFiles(workspaceRoot, sent);
}

async function deleteFiles(workspaceRoot: string, rows: UploadRow[]): Promise<void> {
  for (const { id, agentId, userId, filename } of rows) {
    const workspaceDirectory = join(workspaceRoot, agentId);
    await deleteUpload({ workspaceDirectory, userId, uploadId: id, filename }).catch(() => {});
  }
}

/** Forgets what was uploaded to an agent; its files go with its workspace. */
export async function deleteUploadsTo(tx: Transaction, agentId: string): Promise<void> {
  await deleteUploadsOfAgent(tx, agentId);
}
