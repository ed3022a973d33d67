import { nobodyId } from '../../../contract/nobody.ts';
import { systemAuthority } from '../../db/authority.ts';
import { usageRecords } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';

/** Counts tokens that an embedding model read for Pinchy itself. */
export async function recordEmbeddingUsage(signals: Signals, model: string, tokens: number): Promise<void> {
  const { priceEmbedding } = await import('../../providers/prices.ts');
  const cost = priceEmbedding(model, tokens, new Date());
  await signals.transaction(systemAuthority, (tx) =>
    tx.insert(usageRecords).values({
      agentId: nobodyId,
      userId: nobodyId,
      source: 'system',
      model,
      inputTokens: tokens,
      outputTokens: 0,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      cost: cost === null ? null : cost.toFixed(10),
    }),
  );
}
