import { hashKey, queryOptions, useQueryClient } from '@tanstack/react-query';
import type { ModelPrice, PricesAnswer } from '../../../../contract/prices.ts';
import { call } from '../../../api/client.ts';

export const pricesQuery = queryOptions({
  queryKey: ['prices'],
  queryFn: ({ signal }) => call('getPrices', { signal }),
});

export type ChangePrices = (
  /** The price that is changed or removed, as it was shown. */
  shown: ModelPrice | undefined,
  change: (others: ModelPrice[]) => ModelPrice[],
) => Promise<void>;

/** Keeps what other admins changed since prices were shown; where that is the same price, the server refuses. */
export function useChangePrices(known: Pick<PricesAnswer, 'version'>): ChangePrices {
  const queryClient = useQueryClient();
  return async (shown, change) => {
    const now = await call('getPrices');
    const isAsShown = !shown || now.prices.some((price) => hashKey([price]) === hashKey([shown]));
    const version = isAsShown ? now.version : known.version;
    const prices = change(now.prices.filter((price) => !shown || !isSamePrice(price, shown)));
    try {
      queryClient.setQueryData(pricesQuery.queryKey, await call('putPrices', { body: { prices, version } }));
    } catch (error) {
      queryClient.setQueryData(pricesQuery.queryKey, now);
      throw error;
    }
  };
}

/** Of one model there is one price from a moment on. */
export const isSamePrice = (one: Pick<ModelPrice, 'model' | 'validFrom'>, other: typeof one): boolean =>
  one.model === other.model && Date.parse(one.validFrom) === Date.parse(other.validFrom);
