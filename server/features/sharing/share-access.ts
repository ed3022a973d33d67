import type { SharedWithMe } from '../../../contract/sharing.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { notFound } from '../../platform/errors.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';
import { canReadShare } from './share.policy.ts';
import { presentSharedWithMe } from './share.presenter.ts';
import { findShare, type FoundShare, isNamed, listSharesWith } from './share.queries.ts';

export interface ShareAccess {
  isEnabled(tx?: Transaction): Promise<boolean>;
  /**
   * The share, if all of this holds now: an admin allows sharing, its owner is active, the reader is its owner or named (with
   * a group only under a licence), and may use the agent. @throws AppError 404, the same whichever of it fails
   */
  requireReadable(tx: Transaction, userId: string, shareId: string): Promise<ReadableShare>;
  /** All of others that the person could read now by the same rules, newest first. */
  list(
    executor: Executor,
    userId: string,
    page: { offset: number; limit: number },
  ): Promise<{ shares: SharedWithMe[]; total: number }>;
}

export type ReadableShare = FoundShare & { agentName: string; agentStopped: boolean };

export function createShareAccess(options: {
  settings: Pick<SettingService, 'find'>;
  licence: Pick<LicenceService, 'isActive'>;
  agents: Pick<AgentDirectory, 'findUsable' | 'listUsable'>;
}): ShareAccess {
  const { settings, licence, agents } = options;
  const isEnabled = async (tx?: Transaction) => (await settings.find(settingKeys.sharing, tx)) === 'on';

  async function mayRead(tx: Transaction, userId: string, share: FoundShare): Promise<boolean> {
    const named = await isNamed(tx, share.id, userId);
    // Asked where it counts only.
    const licensed = named === 'group' && (await licence.isActive(tx));
    return canReadShare({ isOwner: share.ownerId === userId, named, licensed });
  }

  return {
    isEnabled,
    async list(executor, userId, { offset, limit }) {
      if (!(await isEnabled())) return { shares: [], total: 0 };
      const [found, usable] = await Promise.all([listSharesWith(executor, userId), agents.listUsable(userId)]);
      const licensed = found.some((share) => !share.isNamedThemselves) && (await licence.isActive());
      const readable = found.flatMap((share) => {
        const agent = usable.get(share.agentId);
        const named = share.isNamedThemselves ? ('self' as const) : ('group' as const);
        return agent && canReadShare({ isOwner: false, named, licensed }) ? [presentSharedWithMe(share, agent)] : [];
      });
      return { shares: readable.slice(offset, offset + limit), total: readable.length };
    },
    async requireReadable(tx, userId, shareId) {
      const share = (await isEnabled(tx)) ? await findShare(tx, shareId) : undefined;
      if (!share || !(await mayRead(tx, userId, share))) throw notFound('This conversation');
      const agent = await agents.findUsable(userId, share.agentId, tx);
      if (!agent) throw notFound('This conversation');
      return { ...share, agentName: agent.name, agentStopped: agent.stopped };
    },
  };
}
