import { sql } from 'drizzle-orm';
import type { MessageUsage } from '../../../contract/socket.ts';
import type { Transaction } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import { usageRecords } from '../../db/schema/index.ts';
import { decimalOf } from '../../platform/decimals.ts';
import type { StepUsage } from '../../runtime/agent-runtime.ts';
import type { PriceUsage } from '../ports.ts';

/** What a step comes to at the prices of now. */
export async function priceOf(priceUsage: PriceUsage, step: StepUsage & { model: string }): Promise<MessageUsage> {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = step;
  const price = await priceUsage({ ...step, at: new Date() });
  const cost = price === null ? null : decimalOf(price);
  return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cost };
}

/** Of one call of a model. */
export const insertUsage = prepared('usage_insert', (tx: Transaction) =>
  tx.insert(usageRecords).values({
    agentId: sql.placeholder('agentId'),
    userId: sql.placeholder('userId'),
    conversationId: sql.placeholder('conversationId'),
    runId: sql.placeholder('runId'),
    source: sql.placeholder('source'),
    model: sql.placeholder('model'),
    inputTokens: sql.placeholder('inputTokens'),
    outputTokens: sql.placeholder('outputTokens'),
    cacheReadTokens: sql.placeholder('cacheReadTokens'),
    cacheWriteTokens: sql.placeholder('cacheWriteTokens'),
    cost: sql`${sql.placeholder('cost')}::numeric`,
  }),
);
