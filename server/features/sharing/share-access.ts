import type { Transaction } from '../../db/client.ts';
import { notFound } from '../../platform/errors.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';
import { canReadShare } from './share.policy.ts';
import { findShare, type FoundShare, isNamed } from './share.queries.ts';

export interface ShareAccess {
  isEnabled(tx?: Transaction): Promise<boolean>;
  /**
   * The share, if all of this holds now: an admin allows sharing, its owner is active, the reader is its owner or named (with
   * a group only under a licence), and may use the agent. @throws AppError 404, the same whichever of it fails
   */
  requireReadable(tx: Transaction, userId: string, shareId: string): Promise<ReadableShare>;
}

export type ReadableShare = FoundShare & { agentName: string; agentStopped: boolean };

export function createShareAccess(options: {
  settings: Pick<SettingService, 'find'>;
  licence: Pick<LicenceService, 'isActive'>;
  agents: Pick<AgentDirectory, 'findUsable'>;
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
    async requireReadable(tx, userId, shareId) {
      const share = (await isEnabled(tx)) ? await findShare(tx, shareId) : undefined;
      if (!share || !(await mayRead(tx, userId, share))) throw notFound('This conversation');
      const agent = await agents.findUsable(userId, share.agentId, tx);
      if (!agent) throw notFound('This conversation');
      return { ...share, agentName: agent.name, agentStopped: agent.stopped };
    },
  };
}
