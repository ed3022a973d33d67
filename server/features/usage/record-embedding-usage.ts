import { nobodyId } from '../../../contract/nobody.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Signals } from '../../db/signals.ts';
import { decimalOf } from '../../platform/decimals.ts';
import { insertUsage } from './usage.queries.ts';

interface Reading {
  model: string;
  tokens: number;
  /** US dollars, or null when no price is known. */
  cost: number | null;
}

/** Counts tokens that an embedding model read for Pinchy itself. */
export async function recordEmbeddingUsage(signals: Signals, { model, tokens, cost }: Reading): Promise<void> {
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
      cost: cost === null ? null : decimalOf(cost),
    }),
  );
}
