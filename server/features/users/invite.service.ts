import type { Role } from '../../../contract/common.ts';
import type { CreatedInvite, Invite } from '../../../contract/users.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Database, Executor, Transaction } from '../../db/client.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import { randomToken } from '../../platform/secrets.ts';
import type { AttemptLimiter } from '../auth/attempt-limiter.ts';
import { hashPassword, requireUncommonPassword } from '../auth/password.ts';
import type { SessionService } from '../auth/session.service.ts';
import { joinGroups } from '../groups/join-groups.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import type { AccountService } from './account.service.ts';
import { canBlockPassword, claimRefusal } from './invite.policy.ts';
import { presentInvitation, presentListedInvitation } from './invite.presenter.ts';
import {
  deleteInvite,
  deleteOpenInvites,
  deleteOpenResets,
  findGroups,
  findInvitationForUpdate,
  findInviteByToken,
  findInviteForClaim,
  insertInvite,
  type InviteRow,
  listInvitations,
  listPromisedGroups,
  lockAccountAddress,
  markClaimed,
  promiseGroups,
} from './invite.queries.ts';
import { findUser, findUserByEmail, type GroupReference, setPasswordHash } from './user.queries.ts';

const validMs = 7 * 24 * 60 * 60 * 1_000;


export interface Claim {
  token: string;
  name?: string | undefined;
  email?: string | undefined;
  password: string;
  ipAddress: string;
}

export interface InviteService {
  invite(
    actor: Actor,
    body: { role: Role; email?: string | undefined; groupIds?: string[] | undefined },
  ): Promise<CreatedInvite>;
  list(): Promise<Invite[]>;
  revoke(actor: Actor, id: string): Promise<void>;
  /**
   * Ends the unused links that a person made, and those that set their own password if said, so that nobody keeps a way
   * in for later. Called inside a transaction that holds the user's lock.
   */
  revokeOf(tx: Transaction, actor: Actor, userId: string, which: 'made' | 'made and for'): Promise<void>;
  /**
   * Makes a password reset token; ends all sessions of the user. The old password stops signing in at once, unless said
   * otherwise, until the token or a later one sets another. Nobody blocks their own: a link that is lost would lock out
   * the last admin. @throws AppError 400
   */
  reset(actor: Actor, userId: string, blockPassword?: boolean): Promise<string>;
  /** What a token is for. @throws AppError 404 unknown, 410 used or expired */
  describe(token: string): Promise<{ type: 'invite' | 'reset'; email: string | null }>;
  claim(claim: Claim): Promise<void>;
}

export function createInviteService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  licence: LicenceService;
  sessions: SessionService;
  accounts: AccountService;
  limiter: AttemptLimiter;
  findDefaultModel(): Promise<string | null>;
}): InviteService {
  const { db, signals, audit, licence, sessions, accounts, limiter } = options;

  const emailDetail = (email: string | null | undefined) => (email ? audit.emailReference(email) : {});
  const userActor = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;

  async function insertToken(tx: Transaction, values: Omit<Parameters<typeof insertInvite>[1], 'token' | 'expiresAt'>) {
    const token = randomToken();
    const row = await insertInvite(tx, { ...values, token, expiresAt: new Date(Date.now() + validMs) });
    return { token, row };
  }

  /** What guesses are counted for: guessed tokens lock nobody else on that address out of theirs. */
  async function claimedAccount(token: string): Promise<string> {
    const row = await findInviteByToken(db, token);
    return row ? `invite ${row.id}` : 'unknown invite';
  }

  async function requireClaimable(tx: Transaction, token: string): Promise<InviteRow> {
    const row = await findInviteForClaim(tx, token);
    if (!row) throw invalidField('token', 'This link is not valid. Ask your admin for a new one.');
    const reason = claimRefusal(row, Date.now());
    if (reason) throw invalidField('token', reason);
    return row;
  }

  async function recordRevoked(tx: Transaction, actor: Actor, row: InviteRow): Promise<void> {
    await audit.record(tx, {
      eventType: 'user.invite_revoked',
      actor: userActor(actor),
      resource: `invite:${row.id}`,
      detail: { role: row.role, ...emailDetail(row.email) },
    });
  }

  /** Who was deactivated could not claim an invitation: their account is there. */
  async function refuseDeactivated(tx: Transaction, email: string): Promise<void> {
    const known = await findUserByEmail(tx, email);
    if (known?.banned) {
      throw invalidField(
        'email',
        `${known.name} has an account with this address, which is deactivated. Reactivate it instead.`,
      );
    }
  }

  async function claimInvite(
    tx: Transaction,
    row: InviteRow,
    claim: Claim & { passwordHash: string; model: string | null },
  ) {
    if (!claim.name) throw invalidField('name', 'Enter your name.');
    if (row.email && claim.email && row.email !== claim.email) {
      throw invalidField('email', 'This invite is for another e-mail address.');
    }
    const email = row.email ?? claim.email;
    if (!email) throw invalidField('email', 'Enter your e-mail address.');
    await lockAccountAddress(tx, email);
    if (await findUserByEmail(tx, email))
      throw invalidField('email', 'There is an account with this e-mail address already. Sign in instead.');
    const user = await accounts.create(tx, {
      name: claim.name,
      email,
      role: row.role,
      passwordHash: claim.passwordHash,
      model: claim.model,
    });
    await grantGroups(tx, user.id, await listPromisedGroups(tx, row.id));
    return user.id;
  }

  /** An invitation promises groups as long as there is a licence: a membership opens restricted agents. */
  async function grantGroups(tx: Transaction, userId: string, groupIds: string[]): Promise<void> {
    if (groupIds.length === 0) return;
    if (await licence.isActive()) {
      await joinGroups(tx, userId, groupIds);
      return;
    }
    await audit.record(tx, {
      eventType: 'user.groups_withheld',
      actor: { type: 'system' },
      resource: `user:${userId}`,
      detail: { groupIds },
    });
  }

  async function claimReset(tx: Transaction, row: InviteRow, passwordHash: string): Promise<string> {
    const user = row.userId ? await findUser(tx, row.userId) : undefined;
    if (!user || user.banned)
      throw invalidField('token', 'This account is deactivated. Ask an admin to reactivate it.');
    await sessions.revokeAll(tx, user.id);
    await setPasswordHash(tx, user.id, passwordHash);
    await audit.record(tx, {
      eventType: 'user.password_changed',
      actor: { type: 'user', id: user.id },
      resource: `user:${user.id}`,
      detail: { method: 'reset' },
    });
    return user.id;
  }

  return {
    async invite(actor, { role, email, groupIds = [] }) {
      if (groupIds.length > 0 && !(await licence.isActive())) {
        throw new AppError('licence_required', 'Inviting into groups needs an active enterprise licence.');
      }
      return signals.transaction(actor, async (tx) => {
        // One invite at a time, so that two cannot take the last seat.
        await lockWork(tx, 'seats');
        const chosen = await requireGroups(tx, groupIds);
        if (email !== undefined) await refuseDeactivated(tx, email);
        await licence.requireFreeSeat(tx);
        const { token, row } = await insertToken(tx, {
          type: 'invite',
          role,
          email: email ?? null,
          createdBy: actor.userId,
        });
        const chosenIds = chosen.map(({ id }) => id);
        await promiseGroups(tx, row.id, chosenIds);
        await audit.record(tx, {
          eventType: 'user.invited',
          actor: userActor(actor),
          resource: `invite:${row.id}`,
          detail: { role, groupIds: chosenIds, ...emailDetail(email) },
        });
        return { ...presentInvitation(row, chosen), token, type: 'invite' as const };
      });
    },
    async list() {
      const now = Date.now();
      return (await listInvitations(db)).map((row) => presentListedInvitation(row, now));
    },
    async revoke(actor, id) {
      await signals.transaction(actor, async (tx) => {
        const row = await findInvitationForUpdate(tx, id);
        if (!row || claimRefusal(row, Date.now())) throw notFound('A pending invite with this id');
        await deleteInvite(tx, id);
        await recordRevoked(tx, actor, row);
      });
    },
    async revokeOf(tx, actor, userId, which) {
      for (const row of await deleteOpenInvites(tx, userId, which))
        if (row.type === 'invite') await recordRevoked(tx, actor, row);
    },
    async reset(actor, userId, blockPassword = canBlockPassword(actor, userId)) {
      if (blockPassword && !canBlockPassword(actor, userId)) {
        throw invalidField(
          'blockPassword',
          'You cannot block your own password. Change it under Settings → Profile, or ask another admin to reset it.',
        );
      }
      const makeLink = async (tx: Transaction) => {
        const user = await findUser(tx, userId);
        if (!user) throw notFound('The user');
        await deleteOpenResets(tx, userId);
        const { token } = await insertToken(tx, {
          type: 'reset',
          role: user.role,
          email: user.email,
          userId,
          createdBy: actor.userId,
        });
        await sessions.revokeAll(tx, userId);
        if (blockPassword) await setPasswordHash(tx, userId, null);
        await audit.record(tx, {
          eventType: 'user.reset_requested',
          actor: userActor(actor),
          resource: `user:${userId}`,
          detail: { name: user.name, passwordBlocked: blockPassword },
        });
        return token;
      };
      // Nobody is made an admin, or deactivated, while a link to their account is made.
      return signals.transaction(actor, makeLink, { userIds: [userId] });
    },
    async describe(token) {
      const row = await findInviteByToken(db, token);
      if (!row) throw notFound('This link');
      const reason = claimRefusal(row, Date.now());
      if (reason) throw new AppError('gone', reason);
      return { type: row.type, email: row.email };
    },
    async claim(claim) {
      await requireUncommonPassword(claim.password, 'password');
      const attempt = await limiter.begin({ account: await claimedAccount(claim.token), address: claim.ipAddress });
      const [passwordHash, model] = await Promise.all([
        hashPassword(claim.password, { address: claim.ipAddress }),
        options.findDefaultModel(),
      ]);
      await signals.transaction(systemAuthority, async (tx) => {
        const row = await requireClaimable(tx, claim.token);
        const userId =
          row.type === 'invite'
            ? await claimInvite(tx, row, { ...claim, passwordHash, model })
            : await claimReset(tx, row, passwordHash);
        await markClaimed(tx, row.id, userId);
      });
      await attempt.succeeded();
    },
  };
}

async function requireGroups(tx: Executor, ids: string[]): Promise<GroupReference[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  const found = await findGroups(tx, unique);
  if (found.length !== unique.length) throw invalidField('groupIds', 'One of these groups does not exist.');
  return found;
}
