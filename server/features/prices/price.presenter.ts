import type * as z from 'zod';
import type { ListedPrice, ModelPrice, UnpricedModel } from '../../../contract/prices.ts';
import type { usageByModelAnswer } from '../../../contract/usage.ts';
import type { OwnPrice } from '../../providers/own-prices.ts';
import type { ListPrice } from '../../providers/prices.ts';
import { isFree, parseFullModelId } from '../../providers/provider.ts';
import { decimalOf } from '../../platform/decimals.ts';

/** What is as input is left out, as it was given. */
export const presentPrice = ({
  model,
  validFrom,
  inputPerMillion,
  outputPerMillion,
  cacheReadPerMillion,
  cacheWritePerMillion,
}: OwnPrice): ModelPrice => ({
  ...{ model, inputPerMillion, outputPerMillion },
  ...(cacheReadPerMillion !== null && { cacheReadPerMillion }),
  ...(cacheWritePerMillion !== null && { cacheWritePerMillion }),
  validFrom: validFrom.toISOString(),
});

export const presentListed = (model: string, { input, output, cacheRead, cacheWrite }: ListPrice): ListedPrice => ({
  model,
  inputPerMillion: decimalOf(input),
  ...(output !== undefined && { outputPerMillion: decimalOf(output) }),
  ...(cacheRead !== undefined && { cacheReadPerMillion: decimalOf(cacheRead) }),
  ...(cacheWrite !== undefined && { cacheWritePerMillion: decimalOf(cacheWrite) }),
});

type ModelUsage = z.input<typeof usageByModelAnswer>['models'][number];

export function presentUnpriced({ model, ...sums }: ModelUsage): UnpricedModel {
  const counts = [
    ...[sums.totalInputTokens, sums.totalOutputTokens],
    ...[sums.totalCacheReadTokens, sums.totalCacheWriteTokens],
  ];
  const provider = parseFullModelId(model)?.provider;
  return {
    model,
    tokens: String(counts.reduce((sum, count) => sum + BigInt(count), 0n)),
    isFree: provider !== undefined && isFree(provider),
  };
}
