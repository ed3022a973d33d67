import type { TokenUsage } from './prices.ts';

/** What an organisation pays for a model from a moment on. Amounts are decimals, US dollars a million tokens. */
export interface OwnPrice {
  /** `<provider>/<model id>` */
  model: string;
  validFrom: Date;
  inputPerMillion: string;
  outputPerMillion: string;
  /** As input where it is null. */
  cacheReadPerMillion: string | null;
  cacheWritePerMillion: string | null;
}

/** Of one model's prices, in any order, the one that holds at a moment: the latest that has begun by then. */
export function priceAt(prices: readonly OwnPrice[], at: Date): OwnPrice | undefined {
  let found: OwnPrice | undefined;
  for (const price of prices) {
    if (price.validFrom <= at && (!found || price.validFrom > found.validFrom)) found = price;
  }
  return found;
}

/** US dollars for one call of a model. */
export function priceByOwn(price: OwnPrice, usage: TokenUsage): number {
  const { inputPerMillion, outputPerMillion, cacheReadPerMillion, cacheWritePerMillion } = price;
  const millionths =
    usage.inputTokens * Number(inputPerMillion) +
    usage.outputTokens * Number(outputPerMillion) +
    usage.cacheReadTokens * Number(cacheReadPerMillion ?? inputPerMillion) +
    usage.cacheWriteTokens * Number(cacheWritePerMillion ?? inputPerMillion);
  return millionths / 1_000_000;
}
