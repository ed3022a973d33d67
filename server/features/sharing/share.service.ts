import { maxSharedMessages } from '../../../contract/limits.ts';
import type { Share, ShareReaders } from '../../../contract/sharing.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { findConversation } from '../../chat/conversations/find-conversation.ts';
import type { Database, Executor, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { conflict, forbidden, invalidField, licenceRequired, notFound } from '../../platform/errors.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';
import type { ShareAccess } from './share-access.ts';
import { presentReaders } from './share.presenter.ts';
import {
  deleteShareOf,
  findGroups,
  findPeople,
  findShareOf,
  insertShare,
  listReaderIds,
  listReaders,
  listShownMessages,
  lockOwnConversation,
  replaceReaders,
  updateShown,
} from './share.queries.ts';

interface ChatKey {
  agentId: string;
  chatId: string;
}
interface ShareBody {
  userIds: string[];
  groupIds: string[];
  refresh: boolean;
}

/** What owners do with their conversations, and admins with sharing as a whole. */
export interface ShareService {
  isEnabled(): Promise<boolean>;
  setEnabled(actor: Actor, enabled: boolean): Promise<void>;
  /** Whom this person may name; at most 20 of each. @throws AppError 403 while no admin allows it */
  findReaders(actor: Actor, agentId: string, words: string): Promise<ShareReaders>;
  find(actor: Actor, chat: ChatKey): Promise<Share | null>;
  put(actor: Actor, chat: ChatKey, body: ShareBody): Promise<Share>;
  /** Also while sharing is not allowed. */
  remove(actor: Actor, chat: ChatKey): Promise<void>;
  /** The conversation is about to go. Called inside the transaction that deletes it. */
  beforeConversationRemoved(tx: Transaction, chatId: string): Promise<void>;
}

const notAllowed = () => forbidden('Sharing conversations is switched off. An admin can allow it.');
const maxFound = 20;
/** People by name that are looked at, of whom not all may use the agent. */
const maxLookedAt = 500;

export function createShareService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  licence: Pick<LicenceService, 'isActive'>;
  agents: Pick<AgentDirectory, 'findUsable' | 'filterUsers' | 'findPersonalOwner'>;
  access: ShareAccess;
}): ShareService {
  const { db, signals, audit, settings, licence, agents, access } = options;
  const userActor = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;

  async function requireAgent(actor: Actor, agentId: string, tx?: Transaction): Promise<void> {
    if (!(await agents.findUsable(actor.userId, agentId, tx))) throw notFound('The agent');
  }

  async function lock(tx: Transaction, actor: Actor, chat: ChatKey): Promise<void> {
    await requireAgent(actor, chat.agentId, tx);
    if (!(await lockOwnConversation(tx, { userId: actor.userId, ...chat }))) throw notFound('This conversation');
  }

  function tellReaders(tx: Transaction, userIds: readonly string[]): void {
    for (const userId of new Set(userIds)) signals.signal(tx, { kind: 'shares', userId });
  }

  async function tellReadersOf(tx: Transaction, chatId: string): Promise<void> {
    const share = await findShareOf(tx, chatId);
    if (share) tellReaders(tx, await listReaderIds(tx, share.id));
  }

  async function present(executor: Executor, conversationId: string): Promise<Share | null> {
    const share = await findShareOf(executor, conversationId);
    if (!share) return null;
    return { ...share, sharedAt: share.sharedAt.toISOString(), ...(await listReaders(executor, share.id)) };
  }

  /** Who is named newly has to be somebody whom this person may name. */
  async function requireNameable(
    tx: Transaction,
    actor: Actor,
    { agentId, userIds, groupIds }: { agentId: string; userIds: string[]; groupIds: string[] },
  ): Promise<void> {
    const others = userIds.filter((id) => id !== actor.userId);
    const usable = await agents.filterUsers(agentId, others, tx);
    if (usable.length < userIds.length)
      throw invalidField('userIds', 'One of these people does not exist, may not use this agent, or is yourself.');
    if (groupIds.length === 0) return;
    if (!(await licence.isActive(tx))) throw licenceRequired();
    const known = await findGroups(tx, actor.userId, { ids: groupIds });
    if (known.length < groupIds.length)
      throw invalidField('groupIds', 'One of these groups does not exist, or you are not in it.');
  }

  async function takeSnapshot(tx: Transaction, chatId: string): Promise<string[]> {
    const ids = await listShownMessages(tx, chatId, maxSharedMessages + 1);
    if (ids.length === 0) throw conflict('Nothing has been said in this conversation that could be shared.');
    if (ids.length > maxSharedMessages)
      throw conflict(`This conversation is too long to be shared: it has more than ${maxSharedMessages} messages.`);
    return ids;
  }

  return {
    isEnabled: () => access.isEnabled(),
    async setEnabled(actor, enabled) {
      await signals.transaction(actor, async (tx) => {
        const before = await access.isEnabled(tx);
        if (before === enabled) return;
        if (enabled) await settings.write(tx, settingKeys.sharing, 'on');
        else await settings.remove(tx, settingKeys.sharing);
        await audit.record(tx, {
          eventType: 'settings.sharing_updated',
          actor: userActor(actor),
          resource: `setting:${settingKeys.sharing}`,
          detail: { from: before, to: enabled },
        });
        signals.signal(tx, { kind: 'shares', userId: null });
      });
    },
    async findReaders(actor, agentId, words) {
      await requireAgent(actor, agentId);
      if (!(await access.isEnabled())) throw notAllowed();
      const people = await findPeople(db, { except: actor.userId, words, limit: maxLookedAt });
      const usable = await agents.filterUsers(
        agentId,
        people.map(({ id }) => id),
      );
      const found = people.filter(({ id }) => usable.includes(id)).slice(0, maxFound);
      const isShared = (await agents.findPersonalOwner(agentId)) === undefined;
      const groups = isShared && (await licence.isActive()) ? await findGroups(db, actor.userId, { words }) : [];
      return { people: presentReaders(found), groups };
    },
    async find(actor, { agentId, chatId }) {
      await requireAgent(actor, agentId);
      if (!(await findConversation(db, { userId: actor.userId, agentId, chatId }))) throw notFound('This conversation');
      return present(db, chatId);
    },
    async put(actor, { agentId, chatId }, body) {
      return signals.transaction(actor, async (tx) => {
        await lock(tx, actor, { agentId, chatId });
        if (!(await access.isEnabled(tx))) throw notAllowed();
        if (await agents.findPersonalOwner(agentId))
          throw conflict('Conversations with a personal agent cannot be shared: nobody else may use it.');
        const before = await present(tx, chatId);
        const [userIds, groupIds] = [[...new Set(body.userIds)], [...new Set(body.groupIds)]];
        const added = {
          userIds: userIds.filter((id) => !before?.users.some((user) => user.id === id)),
          groupIds: groupIds.filter((id) => !before?.groups.some((group) => group.id === id)),
        };
        await requireNameable(tx, actor, { agentId, ...added });
        const isSame =
          added.userIds.length + added.groupIds.length === 0 &&
          before?.users.length === userIds.length &&
          before.groups.length === groupIds.length;
        if (before && isSame && !body.refresh) return before;
        const messageIds = before && !body.refresh ? undefined : await takeSnapshot(tx, chatId);
        const shareId = before?.id ?? (await insertShare(tx, chatId, messageIds ?? []));
        if (before && messageIds) await updateShown(tx, shareId, messageIds);
        const former = await listReaderIds(tx, shareId);
        await replaceReaders(tx, shareId, { userIds, groupIds });
        tellReaders(tx, [...former, ...(await listReaderIds(tx, shareId))]);
        const messages = messageIds?.length ?? before?.messages ?? 0;
        await audit.record(tx, {
          eventType: 'conversation.shared',
          actor: userActor(actor),
          resource: `conversation:${chatId}`,
          detail: { agentId, shareId, userIds, groupIds, messages },
        });
        const share = await present(tx, chatId);
        if (!share) throw new Error('The share is not there.');
        return share;
      });
    },
    async remove(actor, { agentId, chatId }) {
      await signals.transaction(actor, async (tx) => {
        await lock(tx, actor, { agentId, chatId });
        await tellReadersOf(tx, chatId);
        const shareId = await deleteShareOf(tx, chatId);
        if (!shareId) throw notFound('A link to this conversation');
        await audit.record(tx, {
          eventType: 'conversation.share_revoked',
          actor: userActor(actor),
          resource: `conversation:${chatId}`,
          detail: { agentId, shareId },
        });
      });
    },
    beforeConversationRemoved: tellReadersOf,
  };
}
