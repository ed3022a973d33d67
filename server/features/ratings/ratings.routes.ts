import { ratingEndpoints } from '../../../contract/ratings.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { RatingWindow } from './rating.queries.ts';
import type { RatingService } from './rating.service.ts';

const dayMs = 86_400_000;

export function addRatingRoutes(add: AddEndpoint, ratings: RatingService): void {
  add(ratingEndpoints.rateMessage, ({ actor, params, body }) => ratings.rate(actor, params, body));
  add(ratingEndpoints.unrateMessage, async ({ actor, params }) => {
    await ratings.takeBack(actor, params);
    return success;
  });
  add(ratingEndpoints.ratingSummary, ({ query }) => ratings.summary(windowOf(query)));
  add(ratingEndpoints.listSharedRatings, ({ actor, query }) => ratings.shared(actor, windowOf(query), query));
}

/** As usage counts: whole days of 24 hours back from now; 0 is all time. */
const windowOf = ({ days, agentId }: { days: number; agentId?: string | undefined }): RatingWindow => ({
  since: days === 0 ? undefined : new Date(Date.now() - days * dayMs),
  agentId,
});
