import { desc, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { modelPrices } from '../../db/schema/index.ts';
import type { OwnPrice } from '../../providers/own-prices.ts';

const plain = <Value>(column: unknown) => sql<Value>`trim_scale(${column})::text`;

/** By model, the latest first. Amounts have no zeros that say nothing. */
export async function listPrices(executor: Executor): Promise<OwnPrice[]> {
  return executor
    .select({
      model: modelPrices.model,
      validFrom: modelPrices.validFrom,
      inputPerMillion: plain<string>(modelPrices.inputPerMillion),
      outputPerMillion: plain<string>(modelPrices.outputPerMillion),
      cacheReadPerMillion: plain<string | null>(modelPrices.cacheReadPerMillion),
      cacheWritePerMillion: plain<string | null>(modelPrices.cacheWritePerMillion),
    })
    .from(modelPrices)
    .orderBy(modelPrices.model, desc(modelPrices.validFrom));
}

export async function replacePrices(tx: Transaction, prices: OwnPrice[]): Promise<void> {
  await tx.delete(modelPrices);
  if (prices.length > 0) await tx.insert(modelPrices).values(prices);
}
