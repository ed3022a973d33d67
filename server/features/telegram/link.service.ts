import type { TelegramLink } from '../../../contract/telegram.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { type PersonAuthority, systemAuthority } from '../../db/authority.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { RateLimiter } from '../../db/rate-limiter.ts';
import type { Signals } from '../../db/signals.ts';
import { AppError, conflict, invalidField, notFound } from '../../platform/errors.ts';
import { findMainBot } from './bot.queries.ts';
import {
  claimPairing,
  findLink,
  findLinkOfAccount,
  insertLink,
  insertPairing,
  listRecentPairings,
  lockPairings,
  removeLink,
  type LinkRow,
} from './link.queries.ts';
import { hashPairingCode, pairingCodeOf, pairingSeconds, readPairingCode } from './pairing-code.ts';
import { counted } from '../../platform/counted.ts';

/** Codes that one Telegram account gets in the time one is valid. */
const maxPairings = 3;

/** A newer code is given when the last one is about to run out. */
const minSecondsLeft = 120;

export type PairingOffer = { code: string; minutes: number } | { waitMinutes: number };

export interface TelegramLinkService {
  status(actor: { userId: string }): Promise<TelegramLink>;
  /** @throws AppError 400 for a wrong, used or expired code, 409 when the account is somebody else's, 429 */
  link(actor: PersonAuthority, code: string): Promise<{ linked: true; telegramUserId: string }>;
  unlink(actor: PersonAuthority): Promise<void>;
  /**
   * A code for an account that is nobody's: the newest while it counts, so that whichever of the bot's messages is read has a
   * good one. After several that were used up it has to wait.
   */
  offerPairing(account: { botId: number; telegramUserId: number; language: string | null }): Promise<PairingOffer>;
  /** Whose account it is now. */
  findUser(telegramUserId: number): Promise<string | undefined>;
}

export function createTelegramLinkService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  limiter: RateLimiter;
  secret: string;
  /** Tells the person on Telegram; nothing depends on it. */
  onLinked(account: { botId: number; telegramUserId: number; language: string | null }): void;
}): TelegramLinkService {
  const { db, signals, audit, limiter, secret, onLinked } = options;
  const invalid = () =>
    invalidField('code', 'This code is not valid or has expired. Write to the bot again to get a new one.');

  async function unlinkFrom(tx: Transaction, actor: PersonAuthority, link: LinkRow): Promise<void> {
    await removeLink(tx, link);
    await audit.record(tx, {
      eventType: 'channel.unlinked',
      actor: { type: 'user', id: actor.userId },
      resource: `user:${link.userId}`,
      detail: { telegramUserId: String(link.telegramUserId) },
    });
    signals.signal(tx, { kind: 'telegram', botId: null });
  }

  async function claim(tx: Transaction, actor: PersonAuthority, code: string) {
    const { userId } = actor;
    const pairing = await claimPairing(tx, hashPairingCode(code, secret));
    if (!pairing) throw invalid();
    const { telegramUserId } = pairing;
    const owner = await findLinkOfAccount(tx, telegramUserId);
    if (owner?.userId === userId) return pairing;
    const taken = conflict('This Telegram account is linked to someone else. They have to unlink it first.');
    if (owner) throw taken;
    const former = await findLink(tx, userId);
    if (former) await unlinkFrom(tx, actor, former);
    if (!(await insertLink(tx, { userId, telegramUserId }))) throw taken;
    await audit.record(tx, {
      eventType: 'channel.linked',
      actor: { type: 'user', id: userId },
      resource: `user:${userId}`,
      detail: { telegramUserId: String(telegramUserId) },
    });
    signals.signal(tx, { kind: 'telegram', botId: null });
    return pairing;
  }

  return {
    async status({ userId }) {
      const [link, main] = [await findLink(db, userId), await findMainBot(db)];
      return {
        linked: link !== undefined,
        channelUserId: link ? String(link.telegramUserId) : null,
        configured: main !== undefined,
        botUsername: main?.username ?? null,
      };
    },
    async link(actor, typed) {
      // Counted before it is tried, so that guesses at once cannot slip past; a right code is given back.
      const retryAfter = await limiter.consume(actor.userId);
      if (retryAfter !== undefined) {
        const minutes = Math.ceil(retryAfter / 60);
        throw new AppError(
          'rate_limited',
          `Too many wrong codes. Try again in ${counted(minutes, 'minute', 'minutes')}.`,
          { retryAfter },
        );
      }
      const code = readPairingCode(typed);
      if (code === undefined) throw invalid();
      let pairing: Awaited<ReturnType<typeof claim>>;
      try {
        pairing = await signals.transaction(actor, (tx) => claim(tx, actor, code), {
          userIds: [actor.userId],
        });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'invalid_request') await limiter.giveBack(actor.userId);
        throw error;
      }
      await limiter.forget(actor.userId);
      onLinked(pairing);
      return { linked: true, telegramUserId: String(pairing.telegramUserId) };
    },
    async unlink(actor) {
      const unlink = async (tx: Transaction) => {
        const link = await findLink(tx, actor.userId);
        if (!link) throw notFound('A linked Telegram account');
        await unlinkFrom(tx, actor, link);
      };
      await signals.transaction(actor, unlink, { userIds: [actor.userId] });
    },
    async offerPairing({ botId, telegramUserId, language }) {
      return signals.transaction(systemAuthority, async (tx) => {
        const now = await lockPairings(tx, telegramUserId);
        const given = await listRecentPairings(tx, telegramUserId, pairingSeconds);
        const [newest] = given;
        if (newest && newest.usedAt === null && newest.secondsLeft > minSecondsLeft) {
          const code = pairingCodeOf(telegramUserId, newest.createdAt, secret);
          // One that an earlier version gave cannot be repeated.
          if (hashPairingCode(code, secret) === newest.codeHash) {
            return { code, minutes: Math.floor(newest.secondsLeft / 60) };
          }
        }
        const oldest = given.at(maxPairings - 1);
        if (oldest) return { waitMinutes: Math.ceil((pairingSeconds - oldest.ageSeconds) / 60) };
        const code = pairingCodeOf(telegramUserId, now, secret);
        const codeHash = hashPairingCode(code, secret);
        await insertPairing(tx, { codeHash, botId, telegramUserId, language, createdAt: now, seconds: pairingSeconds });
        return { code, minutes: pairingSeconds / 60 };
      });
    },
    findUser: async (telegramUserId) => (await findLinkOfAccount(db, telegramUserId))?.userId,
  };
}
