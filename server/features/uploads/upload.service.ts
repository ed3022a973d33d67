import { maxUploadBytes } from '../../../contract/limits.ts';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Upload, UploadPreview } from '../../../contract/conversations.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { PersonAuthority } from '../../db/authority.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { StorageQuota } from '../../db/storage-quota.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { DocumentCache } from '../../tools/files/document-cache.ts';
import { readDocumentText } from '../../tools/files/document-text.ts';
import { explainUnreadable } from '../../tools/files/explain-unreadable.ts';
import { shown } from '../../tools/files/virtual-path.ts';
import {
  deleteUpload,
  openUpload,
  saveUpload,
  UploadTooLarge,
  virtualUploadPath,
} from '../../tools/files/upload-store.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import { deleteUploadsSaidIn } from './delete-uploads.ts';
import { presentPreview } from './upload.presenter.ts';
import { findOwnUpload, insertUpload } from './upload.queries.ts';
import { createUploadQuota } from './upload-quota.ts';

export interface IncomingFile {
  filename: string;
  stream: AsyncIterable<Uint8Array>;
}

export interface UploadService {
  /** @throws AppError 413 for a file that is too large, 409 when the person's files take too much altogether */
  save(person: PersonAuthority, agentId: string, file: IncomingFile): Promise<Upload>;
  /** The caller's own file. @throws AppError 404 for anybody else's */
  open(actor: Actor, agentId: string, id: string): Promise<{ upload: Upload; stream: NodeJS.ReadableStream }>;
  /** The text of the caller's own file. @throws AppError 404, with the reason where it cannot be read */
  preview(actor: Actor, key: { agentId: string; id: string }, signal: AbortSignal): Promise<UploadPreview>;
  /** A file of somebody else, for whoever may read what it came with; the caller has asked for that. */
  openOf(ownerId: string, agentId: string, id: string): Promise<{ upload: Upload; stream: NodeJS.ReadableStream }>;
  /** Forgets what was sent in a conversation that goes; what it returns removes the files. */
  forgetSaid(tx: Transaction, conversationId: string): Promise<() => Promise<void>>;
  /** Where the agent's file tools find it. */
  virtualPath(upload: { id: string; filename: string }): string;
}

export function createUploadService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  agentDirectory: AgentDirectory;
  workspaceRoot: string;
  quota: StorageQuota;
  cache: DocumentCache;
}): UploadService {
  const { db, signals, audit, agentDirectory, workspaceRoot, cache } = options;
  const quota = createUploadQuota({ db, quota: options.quota });

  async function requireUsable(userId: string, agentId: string, tx?: Transaction): Promise<void> {
    if (!(await agentDirectory.findUsable(userId, agentId, tx))) throw notFound('The agent');
  }

  const keyOf = (upload: { id: string; agentId: string; userId: string; filename: string }) => ({
    workspaceDirectory: join(workspaceRoot, upload.agentId),
    userId: upload.userId,
    uploadId: upload.id,
    filename: upload.filename,
  });

  async function openStored(ownerId: string, agentId: string, id: string) {
    const row = await findOwnUpload(db, { id, agentId, userId: ownerId });
    if (!row) throw notFound('The file');
    const opened = await openUpload(keyOf(row)).catch(() => {
      throw notFound('The file');
    });
    return { row, opened };
  }

  async function openOf(ownerId: string, agentId: string, id: string) {
    const { row, opened } = await openStored(ownerId, agentId, id);
    const { filename, mediaType, size } = row;
    return { upload: { id, filename, mediaType, size }, stream: opened.stream() };
  }

  return {
    async save(person, agentId, file) {
      const { userId } = person;
      // Before the file is read; and once more when it is there.
      await signals.transaction(person, (tx) => requireUsable(userId, agentId, tx));
      const id = randomUUID();
      const key = keyOf({ id, agentId, userId, filename: file.filename });
      const stream = quota.meter(userId, file.stream);
      const stored = await saveUpload({ ...key, stream, limitBytes: maxUploadBytes }).catch((error: unknown) => {
        if (error instanceof UploadTooLarge) throw new AppError('payload_too_large', 'A file may have at most 25 MiB.');
        throw error;
      });
      try {
        await signals.transaction(person, async (tx) => {
          await requireUsable(userId, agentId, tx);
          await quota.requireRoom(tx, userId, stored.size);
          await insertUpload(tx, { id, agentId, userId, ...stored });
          await audit.record(tx, {
            eventType: 'upload.created',
            actor: { type: 'user', id: userId },
            resource: `upload:${id}`,
            detail: { agentId, mediaType: stored.mediaType, size: stored.size },
          });
        });
      } catch (error) {
        await deleteUpload({ ...key, filename: stored.filename }).catch(() => {});
        throw error;
      }
      return { id, ...stored };
    },
    async open(actor, agentId, id) {
      await requireUsable(actor.userId, agentId);
      return openOf(actor.userId, agentId, id);
    },
    async preview({ userId }, { agentId, id }, signal) {
      await requireUsable(userId, agentId);
      const { row, opened } = await openStored(userId, agentId, id);
      try {
        const context = { userId, signal };
        const request = { opened, path: shown(row.filename), page: 1, context, cache };
        return await readDocumentText(request, presentPreview).catch(explainUnreadable);
      } finally {
        await opened.handle.close();
      }
    },
    openOf,
    forgetSaid: (tx, conversationId) => deleteUploadsSaidIn(tx, { conversationId, workspaceRoot }),
    virtualPath: ({ id, filename }) => virtualUploadPath({ uploadId: id, filename }),
  };
}
