import { nobodyId } from '../../../contract/nobody.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Signals } from '../../db/signals.ts';
import { insertUsage } from './usage.queries.ts';

/** Counts tokens that an embedding model read for Pinchy itself. */
export async function recordEmbeddingUsage(signals: Signals, model: string, tokens: number): Promise<void> {
  const { priceEmbedding } = await import('../../providers/prices.ts');
  const cost = priceEmbedding(model, tokens, new Date());
  await signals.transaction(systemAuthority, (tx) =>
    insertUsage(tx, {
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
