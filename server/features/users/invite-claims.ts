import type { AuditTrail } from '../../audit/audit-trail.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import type { AttemptLimiter } from '../auth/attempt-limiter.ts';
import { hashPassword, requireUncommonPassword } from '../auth/password.ts';
import type { SessionService } from '../auth/session.service.ts';
import { joinGroups } from '../groups/join-groups.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import type { AccountService } from './account.service.ts';
import { claimRefusal } from './invite.policy.ts';
import {
  findInviteByToken,
  findInviteForClaim,
  type InviteRow,
  listPromisedGroups,
  lockAccountAddress,
  markClaimed,
} from './invite.queries.ts';
import { findUser, findUserByEmail, setPasswordHash } from './user.queries.ts';

export interface Claim {
  token: string;
  name?: string | undefined;
  email?: string | undefined;
  password: string;
  ipAddress: string;
}

/** What whoever holds a link does with it. */
export interface InviteClaims {
  /** What a token is for. @throws AppError 404 unknown, 410 used or expired */
  describe(token: string): Promise<{ type: 'invite' | 'reset'; email: string | null; name: string | null }>;
  claim(claim: Claim): Promise<void>;
}

export interface InviteClaimOptions {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  licence: LicenceService;
  sessions: SessionService;
  accounts: AccountService;
  limiter: AttemptLimiter;
  findDefaultModel(): Promise<string | null>;
}

export function createInviteClaims(options: InviteClaimOptions): InviteClaims {
  const { db, signals, audit, licence, sessions, accounts, limiter } = options;

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

  async function claimInvite(
    tx: Transaction,
    row: InviteRow,
    claim: Claim & { passwordHash: string; model: string | null },
  ) {
    const name = claim.name ?? row.name;
    if (!name) throw invalidField('name', 'Enter your name.');
    if (row.email && claim.email && row.email !== claim.email) {
      throw invalidField('email', 'This invite is for another e-mail address.');
    }
    const email = row.email ?? claim.email;
    if (!email) throw invalidField('email', 'Enter your e-mail address.');
    await lockAccountAddress(tx, email);
    if (await findUserByEmail(tx, email))
      throw invalidField('email', 'There is an account with this e-mail address already. Sign in instead.');
    const user = await accounts.create(tx, {
      name,
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
    async describe(token) {
      const row = await findInviteByToken(db, token);
      if (!row) throw notFound('This link');
      const reason = claimRefusal(row, Date.now());
      if (reason) throw new AppError('gone', reason);
      return { type: row.type, email: row.email, name: row.name };
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
