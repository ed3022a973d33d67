import type * as z from 'zod';
import { nobodyId } from '../../../contract/nobody.ts';
import type { UsageSource, UsageSummary, usageByModelAnswer, usageByUserAnswer } from '../../../contract/usage.ts';
import type { CsvValue } from '../../platform/csv.ts';
import type { ModelRow, Sums, SummaryRow, UsageExportRow, UserRow } from './usage.queries.ts';

const totals = (row: Sums) => ({
  totalInputTokens: row.inputTokens,
  totalOutputTokens: row.outputTokens,
  totalCacheReadTokens: row.cacheReadTokens,
  totalCacheWriteTokens: row.cacheWriteTokens,
  totalCost: row.cost,
});

const nothing: Sums = { inputTokens: '0', outputTokens: '0', cacheReadTokens: '0', cacheWriteTokens: '0', cost: null };

/** What nobody asked for was for the index of documents. */
const nameOf = (id: string, name: string | null, deleted: string): string =>
  name ?? (id === nobodyId ? 'Search by meaning' : deleted);

export function presentSummary(rows: SummaryRow[]): UsageSummary {
  const agentRows = rows.filter((row) => row.source === null);
  const of = (source: UsageSource): Sums => {
    const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cost } =
      rows.find((row) => row.source === source) ?? nothing;
    return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cost };
  };
  return {
    agents: agentRows.map((row) => ({
      agentId: row.agentId,
      agentName: nameOf(row.agentId, row.name, 'Deleted agent'),
      ...totals(row),
      deleted: row.agentId !== nobodyId && (row.name === null || row.deletedAt !== null),
      ...(row.ownerId !== null && { owner: { userId: row.ownerId, userName: row.ownerName ?? '' } }),
    })),
    totals: { chat: of('chat'), system: of('system'), plugin: of('plugin') },
  };
}

export const presentUserUsage = (row: UserRow): z.input<typeof usageByUserAnswer>['users'][number] => ({
  userId: row.userId,
  userName: nameOf(row.userId, row.name, 'Deleted user'),
  ...totals(row),
  deleted: row.userId !== nobodyId && (row.name === null || row.banned === true),
});

export const presentModelUsage = (row: ModelRow): z.input<typeof usageByModelAnswer>['models'][number] => ({
  model: row.model,
  ...totals(row),
});

export const exportColumns = [
  'id',
  'timestamp',
  'agentId',
  'agentName',
  'userId',
  'userName',
  'source',
  'model',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cost',
];

export async function* presentExport(records: AsyncIterable<UsageExportRow[]>): AsyncGenerator<CsvValue[]> {
  for await (const batch of records) {
    for (const { createdAt, id, ...row } of batch) yield [id, createdAt.toISOString(), ...Object.values(row)];
  }
}
