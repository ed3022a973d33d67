import { ratingEndpoints } from '../../../contract/ratings.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { RatingService } from './rating.service.ts';

export function addRatingRoutes(add: AddEndpoint, ratings: RatingService): void {
  add(ratingEndpoints.rateMessage, ({ actor, params, body }) => ratings.rate(actor, params, body));
  add(ratingEndpoints.unrateMessage, async ({ actor, params }) => {
    await ratings.takeBack(actor, params);
    return success;
  });
  add(ratingEndpoints.ratingSummary, ({ query }) => ratings.summary(query));
  add(ratingEndpoints.listSharedRatings, ({ actor, query }) => ratings.shared(actor, query));
}
