import type { Role } from '../../../contract/common.ts';
import type { OwnUser } from '../../../contract/users.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Database, Executor, Transaction } from '../../db/client.ts';
import { lockUser } from '../../db/lock-user.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, conflict, notFound } from '../../platform/errors.ts';
import { randomToken } from '../../platform/secrets.ts';
import type { AgentService } from '../agents/agent.service.ts';
import type { AttemptLimiter } from '../auth/attempt-limiter.ts';
import { hashPassword, requireUncommonPassword, verifyPassword } from '../auth/password.ts';
import type { SessionService } from '../auth/session.service.ts';
import { presentOwnUser } from './user.presenter.ts';
import {
  countUsers,
  findPasswordHash,
  findUser,
  findUserByEmail,
  insertUser,
  setPasswordHash,
  updateUser,
  type UserRow,
} from './user.queries.ts';

export interface NewAccount {
  name: string;
  email: string;
  role: Role;
  passwordHash: string;
  /** The default model for the personal agent, asked for before the transaction. */
  model: string | null;
}

/** A person's own account: made once, then kept by themselves. */
export interface AccountService {
  /** Adds the user with their Smithers. Called inside a transaction. */
  create(tx: Transaction, account: NewAccount): Promise<UserRow>;
  /** Whether anybody has an account yet. Inside a transaction it sees that transaction's state. */
  exist(executor?: Executor): Promise<boolean>;
  own(actor: Actor): Promise<OwnUser>;
  rename(actor: Actor, name: string): Promise<void>;
  changePassword(actor: Actor, passwords: { current: string; next: string; ipAddress: string }): Promise<void>;
  /** Sets a new random password for whoever has the server's shell, ends all sessions, and returns it. */
  resetPasswordFromShell(email: string): Promise<string>;
}

export function createAccountService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  sessions: SessionService;
  agents: AgentService;
  limiter: AttemptLimiter;
}): AccountService {
  const { db, signals, audit, sessions, agents, limiter } = options;

  return {
    async create(tx, { name, email, role, passwordHash, model }) {
      const user = await insertUser(tx, { name, email, role, passwordHash });
      await audit.record(tx, {
        eventType: 'user.created',
        actor: { type: 'user', id: user.id },
        resource: `user:${user.id}`,
        detail: { name, role, ...audit.emailReference(email) },
      });
      await agents.createPersonal(tx, { id: user.id, role, model });
      signals.signal(tx, { kind: 'user', userId: user.id });
      return user;
    },
    exist: async (executor = db) => (await countUsers(executor)) > 0,
    async own(actor) {
      const user = await findUser(db, actor.userId);
      if (!user) throw notFound('Your account');
      return presentOwnUser(user);
    },
    async rename(actor, name) {
      const rename = async (tx: Transaction) => {
        const user = await findUser(tx, actor.userId);
        if (!user || user.name === name) return;
        await updateUser(tx, actor.userId, { name });
        await audit.record(tx, {
          eventType: 'user.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `user:${actor.userId}`,
          detail: { name: user.name, changes: { name: { from: user.name, to: name } } },
        });
        signals.signal(tx, { kind: 'user', userId: actor.userId });
      };
      await signals.transaction(actor, rename, { userIds: [actor.userId] });
    },
    async changePassword(actor, { current, next, ipAddress }) {
      const attempt = await limiter.begin({ account: `password ${actor.userId}`, address: ipAddress });
      const asker = { userId: actor.userId, address: ipAddress };
      const hash = await findPasswordHash(db, actor.userId);
      if (!hash || !(await verifyPassword({ hash, password: current }, asker))) {
        throw wrongPassword();
      }
      await attempt.succeeded();
      await requireUncommonPassword(next, 'newPassword');
      const nextHash = await hashPassword(next, asker);
      const change = async (tx: Transaction) => {
        // Asked again under the lock: somebody else with the same password may have been quicker.
        if ((await findPasswordHash(tx, actor.userId)) !== hash) throw wrongPassword();
        await sessions.revokeAll(tx, actor.userId, actor.sessionToken);
        await setPasswordHash(tx, actor.userId, nextHash);
        await audit.record(tx, {
          eventType: 'user.password_changed',
          actor: { type: 'user', id: actor.userId },
          resource: `user:${actor.userId}`,
          detail: { method: 'self' },
        });
      };
      await signals.transaction(actor, change, { userIds: [actor.userId] });
    },
    async resetPasswordFromShell(email) {
      const password = randomToken().slice(0, 20);
      const passwordHash = await hashPassword(password, { address: 'shell' });
      await signals.transaction(systemAuthority, async (tx) => {
        const found = await findUserByEmail(tx, email);
        if (found) await lockUser(tx, found.id);
        const user = found && (await findUser(tx, found.id));
        if (!user) throw notFound(`An account with the e-mail address ${email}`);
        if (user.banned) throw conflict(`The account ${email} is deactivated. An admin has to reactivate it first.`);
        await sessions.revokeAll(tx, user.id);
        await setPasswordHash(tx, user.id, passwordHash);
        await audit.record(tx, {
          eventType: 'user.password_changed',
          actor: { type: 'system' },
          resource: `user:${user.id}`,
          detail: { method: 'shell' },
        });
      });
      return password;
    },
  };
}

function wrongPassword(): AppError {
  const sentence = 'The current password is not right.';
  return new AppError('wrong_password', sentence, { fieldErrors: { currentPassword: [sentence] } });
}
