import { eq } from 'drizzle-orm';
import type { User } from '../../../contract/users.ts';
import type { Role } from '../../../contract/common.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { users } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { AgentService } from '../agents/agent.service.ts';
import type { SessionService } from '../auth/session.service.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import type { InviteService } from './invite.service.ts';
import { findUser, listUsersWithGroups, lockActiveAdmins, type UserRow } from './user.queries.ts';

export interface UserService {
  list(): Promise<User[]>;
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
}): UserService {
  const { db, signals, audit, sessions, licence, agents, invites } = options;

  /** Locks the active admins first, in one order for everybody, then loads the user. */
  async function loadLocked(tx: Transaction, id: string): Promise<{ user: UserRow; admins: string[] }> {
    const admins = await lockActiveAdmins(tx);
    await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('update');
    const user = await findUser(tx, id);
    if (!user) throw notFound('The user');
    return { user, admins };
  }

  /** The asking admin may have been demoted while waiting for the lock. */
  function requireStillAdmin(actor: Actor, admins: string[]): void {
    if (!admins.includes(actor.userId)) throw new AppError('forbidden', 'Only admins can do this.');
  }

  function refuse(sentence: string): never {
    throw new AppError('invalid_request', sentence);
  }

  return {
    async list() {
      const rows = await listUsersWithGroups(db);
      return rows.map(({ id, name, email, role, banned, groups, passwordBlocked }) => ({
        ...{ id, name, email, role, banned, groups },
        ...(passwordBlocked && { passwordBlocked }),
      }));
    },
    async setRole(actor, id, role) {
      await signals.transaction(async (tx) => {
        const { user, admins } = await loadLocked(tx, id);
        requireStillAdmin(actor, admins);
        if (id === actor.userId) refuse('You cannot change your own role. Ask another admin.');
        if (user.role === role) return;
        if (user.role === 'admin' && admins.every((admin) => admin === id)) refuse('The last admin cannot be demoted.');
        await tx.update(users).set({ role, updatedAt: new Date() }).where(eq(users.id, id));
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
      await signals.transaction(async (tx) => {
        const { user, admins } = await loadLocked(tx, id);
        requireStillAdmin(actor, admins);
        if (id === actor.userId) refuse('You cannot deactivate yourself. Ask another admin.');
        if (user.banned) return;
        if (user.role === 'admin' && admins.every((admin) => admin === id))
          refuse('The last admin cannot be deactivated.');
        await tx.update(users).set({ banned: true, updatedAt: new Date() }).where(eq(users.id, id));
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
      await signals.transaction(async (tx) => {
        const { user } = await loadLocked(tx, id);
        if (!user.banned) throw notFound('A deactivated user with this id');
        await licence.requireFreeSeat(tx);
        await tx.update(users).set({ banned: false, banReason: null, updatedAt: new Date() }).where(eq(users.id, id));
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
