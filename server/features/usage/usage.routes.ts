import { usageEndpoints } from '../../../contract/usage.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { type Downloads, inTurns } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { createCsvStream, type CsvValue } from '../../platform/csv.ts';
import { invalidField } from '../../platform/errors.ts';
import { isKnownTimeZone, sumOverTime } from './timeseries.queries.ts';
import { readRecords, summarise, sumByUser } from './usage.queries.ts';
import { usageWindow } from './usage-window.ts';

const exportColumns = [
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

export interface UsageServices {
  db: Database;
  signals: Signals;
  downloads: Downloads;
  audit: AuditTrail;
}

export function addUsageRoutes(add: AddEndpoint, { db, signals, audit, downloads }: UsageServices): void {
  add(usageEndpoints.usageSummary, ({ query }) => summarise(db, usageWindow(query)));
  add(usageEndpoints.usageByUser, async ({ query }) => ({ users: await sumByUser(db, usageWindow(query)) }));
  add(usageEndpoints.usageTimeseries, async ({ query }) => {
    if (!(await isKnownTimeZone(db, query.tz))) throw invalidField('tz', `There is no time zone "${query.tz}".`);
    const data = await sumOverTime(db, { ...usageWindow(query), interval: query.interval, timeZone: query.tz });
    return { data };
  });
  add(usageEndpoints.usageExport, async ({ actor, query, reply }) => {
    const signal = downloads.begin(reply, actor.userId);
    await signals.transaction(actor, (tx) =>
      audit.record(tx, {
        eventType: 'usage.exported',
        actor: { type: 'user', id: actor.userId },
        detail: { ...query },
      }),
    );
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="usage.csv"');
    const records = inTurns(readRecords(db, usageWindow(query)), { userId: actor.userId, signal });
    return reply.send(createCsvStream(exportColumns, exportRows(records)));
  });
}

async function* exportRows(records: ReturnType<typeof readRecords>): AsyncGenerator<CsvValue[]> {
  for await (const batch of records) {
    for (const { createdAt, id, ...row } of batch) yield [id, createdAt.toISOString(), ...Object.values(row)];
  }
}
