import type { SharedRating } from '../../../contract/ratings.ts';
import type { Rating } from '../../../contract/socket.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { cleanText } from '../../chat/clean-text.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import { type AskedWindow, inWholeDays, usageWindow } from '../usage/usage-window.ts';
import {
  countRatings,
  countShared,
  deleteRating,
  findAnswerForRating,
  findModelOfRun,
  findRatingForUpdate,
  listShared,
  saveRating,
} from './rating.queries.ts';

interface AnswerKey {
  agentId: string;
  messageId: string;
}

/** What people think of answers. Whose rating it was, nobody else is told; texts only where the person agreed. */
export interface RatingService {
  rate(
    actor: Actor,
    answer: AnswerKey,
    rating: { rating: 'up' | 'down'; comment?: string | undefined; shared: boolean },
  ): Promise<Rating>;
  /** Also where the agent was taken away meanwhile: what was agreed to can always be taken back. */
  takeBack(actor: Actor, answer: AnswerKey): Promise<void>;
  summary(asked: AskedWindow): Promise<{ ratings: Awaited<ReturnType<typeof countRatings>>; shared: number }>;
  shared(
    actor: Actor,
    asked: AskedWindow & { page: number; limit: number },
  ): Promise<{ ratings: SharedRating[]; total: number }>;
}

export function createRatingService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  agentDirectory: Pick<AgentDirectory, 'findUsable'>;
}): RatingService {
  const { db, signals, audit, agentDirectory } = options;
  const userActor = ({ userId }: Actor) => ({ type: 'user', id: userId }) as const;

  return {
    async rate(actor, { agentId, messageId }, wanted) {
      const { userId } = actor;
      const { rating, shared } = wanted;
      const comment = cleanText(wanted.comment ?? '') || null;
      return signals.transaction(actor, async (tx) => {
        if (!(await agentDirectory.findUsable(userId, agentId, tx))) throw notFound('This agent');
        const answer = await findAnswerForRating(tx, { userId, agentId, messageId });
        if (!answer) throw notFound('This answer');
        if (answer.temporary)
          throw new AppError('conflict', 'Nothing of a temporary conversation is kept, no rating either.');
        if (answer.state === 'streaming') throw new AppError('conflict', 'Wait until the answer is whole.');
        const before = await findRatingForUpdate(tx, messageId);
        const isSame = before?.rating === rating && before.comment === comment && before.shared === shared;
        if (!isSame) {
          const model = answer.runId && (await findModelOfRun(tx, agentId, answer.runId));
          await saveRating(tx, { messageId, agentId, userId, model, rating, comment, shared });
          await audit.record(tx, {
            eventType: 'rating.given',
            actor: userActor(actor),
            resource: `agent:${agentId}`,
            detail: { agentId, commented: comment !== null, shared },
          });
        }
        return { rating, comment, shared };
      });
    },
    async takeBack(actor, { agentId, messageId }) {
      await signals.transaction(actor, async (tx) => {
        if (!(await deleteRating(tx, { userId: actor.userId, agentId, messageId }))) throw notFound('This rating');
        await audit.record(tx, {
          eventType: 'rating.removed',
          actor: userActor(actor),
          resource: `agent:${agentId}`,
          detail: { agentId },
        });
      });
    },
    async summary(asked) {
      const window = usageWindow(asked);
      const [ratings, shared] = await Promise.all([countRatings(db, window), countShared(db, window)]);
      return { ratings, shared };
    },
    async shared(actor, { page, limit, ...asked }) {
      const window = inWholeDays(usageWindow(asked));
      return signals.transaction(actor, async (tx) => {
        const total = await countShared(tx, window);
        const rows = await listShared(tx, window, { limit, offset: (page - 1) * limit });
        await audit.record(tx, {
          eventType: 'rating.read',
          actor: userActor(actor),
          detail: { count: rows.length },
        });
        return { ratings: rows, total };
      });
    },
  };
}
