import type { Agent } from '../../../contract/agents.ts';
import { AppError } from '../../platform/errors.ts';
import type { LicenceService } from '../licence/licence.service.ts';

type Access = Pick<Agent, 'visibility' | 'groupIds'>;

export type RequireLicenceFor = (before: Access, changes: Partial<Access>) => Promise<void>;

/**
 * Restricting access is licensed; without a licence it can still be tightened, never widened.
 * What it returns throws an AppError 403 for everything else.
 */
export function createRequireLicenceFor(licence: Pick<LicenceService, 'isActive'>): RequireLicenceFor {
  return async (before, changes) => {
    if (changes.visibility === undefined && changes.groupIds === undefined) return;
    if (await licence.isActive()) return;
    const { visibility, groupIds } = { ...before, ...withoutUndefined(changes) };
    const unchanged = visibility === before.visibility && sameMembers(groupIds, before.groupIds);
    const tightens =
      before.visibility === 'restricted' &&
      visibility === 'restricted' &&
      groupIds.every((groupId) => before.groupIds.includes(groupId));
    if (unchanged || tightens) return;
    throw new AppError('licence_required', 'Restricting agents to groups needs an active enterprise licence.');
  };
}

const withoutUndefined = ({ visibility, groupIds }: Partial<Access>): Partial<Access> => ({
  ...(visibility !== undefined && { visibility }),
  ...(groupIds !== undefined && { groupIds }),
});

const sameMembers = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((item) => right.includes(item));
