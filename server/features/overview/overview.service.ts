import type { Overview } from '../../../contract/overview.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database } from '../../db/client.ts';
import type { BudgetService } from '../budgets/budget.service.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { presentOverview } from './overview.presenter.ts';
import {
  findActivity,
  findAgentsToMend,
  findFailedConnections,
  findFailures,
  findLastBackup,
  findState,
} from './overview.queries.ts';
import type { UpdateCheck } from './update-check.ts';

export interface OverviewService {
  /** What needs an admin, what was set up, and what happened lately. */
  get(): Promise<Overview>;
}

export function createOverviewService(options: {
  db: Database;
  audit: Pick<AuditTrail, 'status'>;
  budgets: Pick<BudgetService, 'listTight'>;
  licence: Pick<LicenceService, 'status'>;
  providers: Pick<ProviderService, 'isAnyConfigured'>;
  updates: UpdateCheck;
  version: string;
}): OverviewService {
  const { db, audit, budgets: tight, licence, providers, updates, version } = options;
  return {
    async get() {
      const [state, connections, failures, agents, budgets, activity, trail, licenceStatus, lastBackup, hasProvider] =
        await Promise.all([
          findState(db),
          findFailedConnections(db),
          findFailures(db),
          findAgentsToMend(db),
          tight.listTight(),
          findActivity(db),
          audit.status(),
          licence.status(),
          findLastBackup(db),
          providers.isAnyConfigured(),
        ]);
      return presentOverview({
        ...{ state, connections, failures, agents, budgets, activity, trail, lastBackup, hasProvider },
        licence: licenceStatus,
        version,
        update: updates.newer(),
      });
    },
  };
}
