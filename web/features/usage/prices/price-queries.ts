import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { ModelPrice } from '../../../../contract/prices.ts';
import { call } from '../../../api/client.ts';

export const pricesQuery = queryOptions({
  queryKey: ['prices'],
  queryFn: ({ signal }) => call('getPrices', { signal }),
});

/** Changes the prices as they are at that moment: other admins may have changed theirs since they were shown. */
export function useChangePrices(): (change: (prices: ModelPrice[]) => ModelPrice[]) => Promise<void> {
  const queryClient = useQueryClient();
  return async (change) => {
    const { prices } = await call('getPrices');
    queryClient.setQueryData(pricesQuery.queryKey, await call('putPrices', { body: { prices: change(prices) } }));
  };
}

/** Of one model there is one price from a moment on. */
export const isSamePrice = (one: Pick<ModelPrice, 'model' | 'validFrom'>, other: typeof one): boolean =>
  one.model === other.model && Date.parse(one.validFrom) === Date.parse(other.validFrom);
