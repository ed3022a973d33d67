import type * as z from 'zod';
import type {
  usageByModelAnswer,
  usageByUserAnswer,
  UsageSummary,
  usageTimeseriesAnswer,
} from '../../../contract/usage.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { invalidField } from '../../platform/errors.ts';
import { isKnownTimeZone, sumOverTime } from './timeseries.queries.ts';
import { presentModelUsage, presentSummary, presentUserUsage } from './usage.presenter.ts';
import { readRecords, sumByAgent, sumByModel, sumByUser, type UsageExportRow } from './usage.queries.ts';
import { usageWindow } from './usage-window.ts';

type WindowQuery = Parameters<typeof usageWindow>[0];

export interface UsageService {
  summary(query: WindowQuery): Promise<UsageSummary>;
  byUser(query: WindowQuery): Promise<z.input<typeof usageByUserAnswer>>;
  byModel(query: WindowQuery): Promise<z.input<typeof usageByModelAnswer>>;
  /** @throws AppError 400 for an unknown time zone */
  timeseries(
    query: WindowQuery & { interval: 'day' | 'hour'; tz: string },
  ): Promise<z.input<typeof usageTimeseriesAnswer>>;
  /** Records that it was exported, then gives the records in batches. */
  export(actor: Actor, query: WindowQuery): Promise<AsyncGenerator<UsageExportRow[]>>;
}

export function createUsageService(options: { db: Database; signals: Signals; audit: AuditTrail }): UsageService {
  const { db, signals, audit } = options;
  return {
    summary: async (query) => presentSummary(await sumByAgent(db, usageWindow(query))),
    byUser: async (query) => ({ users: (await sumByUser(db, usageWindow(query))).map(presentUserUsage) }),
    byModel: async (query) => ({ models: (await sumByModel(db, usageWindow(query))).map(presentModelUsage) }),
    async timeseries({ interval, tz, ...window }) {
      if (!(await isKnownTimeZone(db, tz))) throw invalidField('tz', `There is no time zone "${tz}".`);
      return { data: await sumOverTime(db, { ...usageWindow(window), interval, timeZone: tz }) };
    },
    async export(actor, query) {
      await signals.transaction(actor, (tx) =>
        audit.record(tx, {
          eventType: 'usage.exported',
          actor: { type: 'user', id: actor.userId },
          detail: { ...query },
        }),
      );
      return readRecords(db, usageWindow(query));
    },
  };
}
