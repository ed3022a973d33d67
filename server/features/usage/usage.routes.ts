import { usageEndpoints } from '../../../contract/usage.ts';
import { type Downloads, inTurns } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { createCsvStream } from '../../platform/csv.ts';
import { exportColumns, presentExport } from './usage.presenter.ts';
import type { UsageService } from './usage.service.ts';

export function addUsageRoutes(
  add: AddEndpoint,
  { usage, downloads }: { usage: UsageService; downloads: Downloads },
): void {
  add(usageEndpoints.usageSummary, ({ query }) => usage.summary(query));
  add(usageEndpoints.usageByUser, ({ query }) => usage.byUser(query));
  add(usageEndpoints.usageByModel, ({ query }) => usage.byModel(query));
  add(usageEndpoints.usageTimeseries, ({ query }) => usage.timeseries(query));
  add(usageEndpoints.usageExport, async ({ actor, query, reply }) => {
    const signal = downloads.begin(reply, actor.userId);
    const records = await usage.export(actor, query);
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="usage.csv"');
    const rows = presentExport(inTurns(records, { userId: actor.userId, signal }));
    return reply.send(createCsvStream(exportColumns, rows));
  });
}
