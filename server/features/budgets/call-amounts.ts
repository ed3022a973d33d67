import type { PriceUsage } from '../../chat/ports.ts';
import type { PlannedCall } from '../../runtime/spending.ts';
import { addUsage, noUsage, promptTokens } from '../../runtime/step-usage.ts';
import { isFree, parseFullModelId } from '../../providers/provider.ts';

/** What a call costs at most, as decimals. Costs are null where no price is known. */
export interface CallAmounts {
  readTokens: number;
  readCost: string | null;
  /** Of each token that is written. */
  tokenCost: string | null;
}

/** Enough tokens to see what one costs, and few enough for no price of long answers. */
const sampleTokens = 1_000;

export async function amountsOf(
  priceUsage: PriceUsage,
  model: string,
  { reads, unrecorded }: PlannedCall,
): Promise<CallAmounts> {
  const toRead = reads();
  const readTokens = toRead + promptTokens(unrecorded) + unrecorded.outputTokens;
  const at = new Date();
  const price = (usage: Partial<typeof noUsage>) => priceUsage({ ...noUsage, ...usage, model, at });
  const [read, stored, cached, sample, before] = await Promise.all([
    price({ inputTokens: toRead }),
    // Where a provider stores what it read, that costs more; by an own price, what it has stored may.
    price({ cacheWriteTokens: toRead }),
    price({ cacheReadTokens: toRead }),
    price({ inputTokens: toRead, outputTokens: sampleTokens }),
    price(addUsage(noUsage, unrecorded)),
  ]);
  if (read === null || sample === null || before === null) {
    const provider = parseFullModelId(model)?.provider;
    const cost = provider && isFree(provider) ? '0' : null;
    return { readTokens, readCost: cost, tokenCost: cost };
  }
  return {
    readTokens,
    readCost: (Math.max(read, stored ?? 0, cached ?? 0) + before).toFixed(10),
    tokenCost: ((sample - read) / sampleTokens).toFixed(15),
  };
}
