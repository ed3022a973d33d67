import { overviewEndpoints } from '../../../contract/overview.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database } from '../../db/client.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import { findLastBackup } from '../maintenance/last-backup.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { findActivity, findAgentsToMend, findFailedConnections, findFailures, findState } from './overview.queries.ts';

export interface OverviewServices {
  db: Database;
  audit: Pick<AuditTrail, 'status'>;
  licence: Pick<LicenceService, 'status'>;
  providers: Pick<ProviderService, 'isAnyConfigured'>;
}

export function addOverviewRoutes(add: AddEndpoint, { db, audit, licence, providers }: OverviewServices): void {
  add(overviewEndpoints.getOverview, async () => {
    const [state, connections, failures, agents, activity, trail, licenceStatus, backup, hasProvider] =
      await Promise.all([
        findState(db),
        findFailedConnections(db),
        findFailures(db),
        findAgentsToMend(db),
        findActivity(db),
        audit.status(),
        licence.status(),
        findLastBackup(db),
        providers.isAnyConfigured(),
      ]);
    const { waiting, oldestAt, unreadableDocuments, hasAgent, hasDocument, hasPeople, hasQuestion } = state;
    return {
      approvals: { waiting, oldestAt },
      connections,
      failures,
      unreadableDocuments,
      ...agents,
      trail,
      licence: licenceStatus,
      lastBackupAt: backup?.toISOString() ?? null,
      steps: {
        provider: hasProvider,
        agent: hasAgent,
        documents: hasDocument,
        people: hasPeople,
        question: hasQuestion,
        backup: backup !== undefined,
      },
      activity,
    };
  });
}
