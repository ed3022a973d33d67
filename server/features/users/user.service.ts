import type { User, UserAccess } from '../../../contract/users.ts';
import type { Role } from '../../../contract/common.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { listUsableAgents } from '../agents/usable-agents.ts';
import type { AgentService } from '../agents/agent.service.ts';
import type { SessionService } from '../auth/session.service.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import type { UserActivity } from './activity.ts';
import type { InviteService } from './invite.service.ts';
import { deactivationRefusal, roleRefusal } from './user.policy.ts';
import { presentUser } from './user.presenter.ts';
import {
  findActiveAdmins,
  findUser,
  listAdminNames,
  listUsersWithGroups,
  updateUser,
  type UserRow,
} from './user.queries.ts';

export interface UserService {
  list(): Promise<User[]>;
  /** What somebody may use. @throws AppError 404 */
  access(id: string): Promise<UserAccess>;
  /** The active ones, by name. */
  listAdmins(): Promise<{ name: string }[]>;
  setRole(actor: Actor, id: string, role: Role): Promise<void>;
  deactivate(actor: Actor, id: string): Promise<void>;
  reactivate(actor: Actor, id: string): Promise<void>;
}

export function createUserService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  sessions: SessionService;
  licence: LicenceService;
  agents: Pick<AgentService, 'followRole'>;
  invites: Pick<InviteService, 'revokeOf'>;
  activity: Pick<UserActivity, 'lastActive'>;
}): UserService {
  const { db, signals, audit, sessions, licence, agents, invites, activity } = options;

  /** Called in a transaction that holds every active admin and this user. */
  async function loadUser(tx: Transaction, id: string): Promise<UserRow & { isLastAdmin: boolean }> {
    const user = await findUser(tx, id);
    if (!user) throw notFound('The user');
    return { ...user, isLastAdmin: (await findActiveAdmins(tx)).every((admin) => admin === id) };
  }

  const changeUser = (actor: Actor, id: string, work: (tx: Transaction) => Promise<void>) =>
    signals.transaction(actor, work, { admins: true, userIds: [id] });

  function requireAllowed(refusal: string | undefined): void {
    if (refusal !== undefined) throw new AppError('invalid_request', refusal);
  }

  return {
    async list() {
      const users = await listUsersWithGroups(db);
      const lastActive = await activity.lastActive();
      return users.map((user) => presentUser(user, lastActive.get(user.id)));
    },
    async access(id) {
      if (!(await findUser(db, id))) throw notFound('The user');
      return { agents: await listUsableAgents(db, id) };
    },
    listAdmins: () => listAdminNames(db),
    async setRole(actor, id, role) {
      await changeUser(actor, id, async (tx) => {
        const user = await loadUser(tx, id);
        requireAllowed(roleRefusal(actor, user, role));
        if (user.role === role) return;
        await updateUser(tx, id, { role });
        await agents.followRole(tx, id, role);
        if (role !== 'admin') await invites.revokeOf(tx, actor, id, 'made');
        await audit.record(tx, {
          eventType: 'user.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `user:${id}`,
          detail: { name: user.name, changes: { role: { from: user.role, to: role } } },
        });
        signals.signal(tx, { kind: 'user', userId: id });
      });
    },
    async deactivate(actor, id) {
      await changeUser(actor, id, async (tx) => {
        const user = await loadUser(tx, id);
        requireAllowed(deactivationRefusal(actor, user));
        if (user.banned) return;
        await updateUser(tx, id, { banned: true });
        await sessions.revokeAll(tx, id);
        await invites.revokeOf(tx, actor, id, 'made and for');
        await audit.record(tx, {
          eventType: 'user.deactivated',
          actor: { type: 'user', id: actor.userId },
          resource: `user:${id}`,
          detail: { name: user.name },
        });
      });
    },
    async reactivate(actor, id) {
      await changeUser(actor, id, async (tx) => {
        const user = await loadUser(tx, id);
        if (!user.banned) throw notFound('A deactivated user with this id');
        await licence.requireFreeSeat(tx);
        await updateUser(tx, id, { banned: false, banReason: null });
        await audit.record(tx, {
          eventType: 'user.reactivated',
          actor: { type: 'user', id: actor.userId },
          resource: `user:${id}`,
          detail: { name: user.name },
        });
        signals.signal(tx, { kind: 'user', userId: id });
      });
    },
  };
}
