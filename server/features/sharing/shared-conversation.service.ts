import { isWebAddress } from '../../../contract/cited-names.ts';
import type { Conversation, Upload } from '../../../contract/conversations.ts';
import { copiesPerHour } from '../../../contract/limits.ts';
import { type SharedConversation, sharedPageLimit, type SharedWithMe } from '../../../contract/sharing.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { presentConversation } from '../../chat/conversations/conversation.presenter.ts';
import { conversationSignal } from '../../chat/conversations/conversation-reference.ts';
import { readMessages } from '../../chat/conversations/message-pages.ts';
import type { Database } from '../../db/client.ts';
import type { RateLimiter } from '../../db/rate-limiter.ts';
import type { StorageQuota } from '../../db/storage-quota.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { personKey } from '../../http/asker.ts';
import { AppError, conflict, notFound } from '../../platform/errors.ts';
import type { FairQueue } from '../../platform/fair-queue.ts';
import { locate, rootsOf } from '../../tools/files/virtual-path.ts';
import { ToolDenied, ToolError } from '../../tools/tool.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import { canReadDocuments } from '../knowledge/knowledge.policy.ts';
import type { UploadService } from '../uploads/upload.service.ts';
import type { ReadableShare, ShareAccess } from './share-access.ts';
import { countSaidBytes, insertCopy, readSaid } from './copy.queries.ts';
import { messagesOfCopy } from './share.policy.ts';
import { presentSharedMessage } from './share.presenter.ts';
import { findSharedIds, isSharedUpload } from './share.queries.ts';

/** What others may do with a conversation that is shared with them, asked anew each time. */
export interface SharedConversationService {
  /** What the person could read now, newest first. */
  list(actor: Actor, page: { offset: number; limit: number }): Promise<{ shares: SharedWithMe[]; total: number }>;
  read(actor: Actor, shareId: string, page: { offset: number; signal: AbortSignal }): Promise<SharedConversation>;
  /** A conversation of their own with what was said, and nothing of what tools read. @throws AppError 429 after many */
  copy(actor: Actor, shareId: string, signal: AbortSignal): Promise<Conversation>;
  openUpload(
    actor: Actor,
    key: { shareId: string; uploadId: string },
  ): Promise<{ upload: Upload; stream: NodeJS.ReadableStream }>;
}

const maxCopyBytes = 8 * 1024 * 1024;
const tooManyCopies = (retryAfter: number) =>
  new AppError('rate_limited', `You have copied ${copiesPerHour} conversations within an hour. Wait, then try again.`, {
    retryAfter,
  });

export function createSharedConversationService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  access: ShareAccess;
  agents: Pick<AgentDirectory, 'findGrant'>;
  uploads: Pick<UploadService, 'openOf'>;
  quota: StorageQuota;
  copyLimiter: Pick<RateLimiter, 'consume'>;
  reading: FairQueue;
  dataRoot: string;
}): SharedConversationService {
  const { db, signals, audit, access, agents, uploads, quota, copyLimiter, reading, dataRoot } = options;
  const userActor = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;
  const detailOf = ({ id, agentId, ownerId }: ReadableShare) => ({ agentId, shareId: id, ownerId });

  /** Which documents the agent may read now, for this reader. */
  async function readablePaths(userId: string, agentId: string): Promise<(path: string) => boolean> {
    const grant = await agents.findGrant({ userId, agentId });
    const reads = grant && canReadDocuments(grant);
    const roots = reads ? rootsOf({ userId, workspaceDirectory: '', pluginConfig: grant.pluginConfig }, dataRoot) : [];
    return (path) => isWebAddress(path) || isInside(path, roots);
  }

  return {
    list: ({ userId }, page) => access.list(db, userId, page),
    async read(actor, shareId, { offset, signal }) {
      return reading.run({ key: personKey(actor.userId), signal }, async () => {
        const { share, ids } = await signals.transaction(actor, async (tx) => {
          const found = await access.requireReadable(tx, actor.userId, shareId);
          // Every page: who begins in the middle has read it, too.
          if (found.ownerId !== actor.userId)
            await audit.record(tx, {
              eventType: 'conversation.share_read',
              actor: userActor(actor),
              resource: `conversation:${found.conversationId}`,
              detail: detailOf(found),
            });
          return { share: found, ids: await findSharedIds(tx, shareId, { offset, limit: sharedPageLimit }) };
        });
        const [said, mayRead] = await Promise.all([readMessages(db, ids), readablePaths(actor.userId, share.agentId)]);
        const inOrder = ids.flatMap((id) => said.filter((message) => message.id === id));
        return {
          id: shareId,
          title: share.title,
          owner: share.owner,
          agent: { id: share.agentId, name: share.agentName, stopped: share.agentStopped },
          sharedAt: share.sharedAt.toISOString(),
          total: share.total,
          messages: inOrder.map((message) => presentSharedMessage(message, mayRead)),
        };
      });
    },
    async copy(actor, shareId, signal) {
      const retryAfter = await copyLimiter.consume(actor.userId);
      if (retryAfter !== undefined) throw tooManyCopies(retryAfter);
      return reading.run({ key: personKey(actor.userId), signal }, () =>
        signals.transaction(actor, async (tx) => {
          const share = await access.requireReadable(tx, actor.userId, shareId);
          const bytes = await countSaidBytes(tx, shareId);
          if (bytes > maxCopyBytes) throw conflict('This conversation is too long to be copied.');
          if (!(await quota.hasRoom(tx, actor.userId, bytes)))
            throw conflict(`Your conversations and files take ${quota.limit} already. Delete some first.`);
          const said = messagesOfCopy(await readSaid(tx, shareId));
          if (said.length === 0) throw conflict('Nothing was said that could be copied.');
          const { agentId, title } = share;
          const row = await insertCopy(tx, { agentId, userId: actor.userId, title }, said);
          const detail = { ...detailOf(share), copyId: row.id, messages: said.length };
          await audit.record(tx, {
            eventType: 'conversation.created',
            actor: userActor(actor),
            resource: `conversation:${row.id}`,
            detail: { agentId },
          });
          await audit.record(tx, {
            eventType: 'conversation.share_copied',
            actor: userActor(actor),
            resource: `conversation:${share.conversationId}`,
            detail,
          });
          signals.signal(tx, conversationSignal(row, 'message'));
          return presentConversation(row);
        }),
      );
    },
    async openUpload(actor, { shareId, uploadId }) {
      const share = await signals.transaction(actor, async (tx) => {
        const found = await access.requireReadable(tx, actor.userId, shareId);
        if (!(await isSharedUpload(tx, shareId, uploadId))) throw notFound('The file');
        if (found.ownerId !== actor.userId)
          await audit.record(tx, {
            eventType: 'conversation.share_file_read',
            actor: userActor(actor),
            resource: `conversation:${found.conversationId}`,
            detail: { ...detailOf(found), uploadId },
          });
        return found;
      });
      return uploads.openOf(share.ownerId, share.agentId, uploadId);
    },
  };
}

function isInside(path: string, roots: ReturnType<typeof rootsOf>): boolean {
  try {
    const place = locate(path, roots);
    // A workspace is each person's own: what lies in the owner's is not in the reader's.
    return place.kind === 'inside' && place.virtualPath.startsWith('/data/');
  } catch (error) {
    if (error instanceof ToolDenied || error instanceof ToolError) return false;
    throw error;
  }
}
