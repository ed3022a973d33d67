import type { Role } from '../../../contract/common.ts';
import type { CreatedInvite, Invite } from '../../../contract/users.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import { randomToken } from '../../platform/secrets.ts';
import { createInviteClaims, type InviteClaimOptions, type InviteClaims } from './invite-claims.ts';
import { canBlockPassword, claimRefusal } from './invite.policy.ts';
import { presentInvitation, presentListedInvitation } from './invite.presenter.ts';
import {
  deleteInvite,
  deleteOpenInvites,
  deleteOpenResets,
  findGroups,
  findInvitationForUpdate,
  insertInvite,
  type InviteRow,
  listInvitations,
  promiseGroups,
} from './invite.queries.ts';
import { findUser, findUserByEmail, type GroupReference, setPasswordHash } from './user.queries.ts';

const validMs = 7 * 24 * 60 * 60 * 1_000;

export interface InviteService extends InviteClaims {
  invite(
    actor: Actor,
    body: { role: Role; email?: string | undefined; name?: string | undefined; groupIds?: string[] | undefined },
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
}

export function createInviteService(options: InviteClaimOptions): InviteService {
  const { db, signals, audit, licence, sessions } = options;

  const emailDetail = (email: string | null | undefined) => (email ? audit.emailReference(email) : {});
  const userActor = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;

  async function insertToken(tx: Transaction, values: Omit<Parameters<typeof insertInvite>[1], 'token' | 'expiresAt'>) {
    const token = randomToken();
    const row = await insertInvite(tx, { ...values, token, expiresAt: new Date(Date.now() + validMs) });
    return { token, row };
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

  return {
    ...createInviteClaims(options),
    async invite(actor, { role, email, name, groupIds = [] }) {
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
          name: name ?? null,
          createdBy: actor.userId,
        });
        const chosenIds = chosen.map(({ id }) => id);
        await promiseGroups(tx, row.id, chosenIds);
        await audit.record(tx, {
          eventType: 'user.invited',
          actor: userActor(actor),
          resource: `invite:${row.id}`,
          detail: { role, groupIds: chosenIds, ...(name && { name }), ...emailDetail(email) },
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
  };
}

async function requireGroups(tx: Executor, ids: string[]): Promise<GroupReference[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  const found = await findGroups(tx, unique);
  if (found.length !== unique.length) throw invalidField('groupIds', 'One of these groups does not exist.');
  return found;
}
