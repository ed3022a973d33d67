import { auditEndpoints } from '../../../contract/audit.ts';
import { savedFilterEndpoints } from '../../../contract/saved-filters.ts';
import { goneSignal } from '../../http/asker.ts';
import { type Downloads, inTurns, takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { AuditService } from './audit.service.ts';
import type { SavedFilterService } from './saved-filter.service.ts';

export function addAuditRoutes(
  add: AddEndpoint,
  { audit, filters, downloads }: { audit: AuditService; filters: SavedFilterService; downloads: Downloads },
): void {
  add(auditEndpoints.listAudit, async ({ actor, query, reply }) => {
    audit.requireOrder(query);
    await takeListTurn(reply, actor.userId);
    return audit.list(actor, query);
  });
  add(auditEndpoints.getAuditRun, ({ actor, params }) => audit.getRun(actor, params.id));
  add(auditEndpoints.verifyAudit, ({ actor, query, reply }) => audit.verify(actor, query, goneSignal(reply)));
  add(auditEndpoints.auditStatus, () => audit.status());
  add(auditEndpoints.acknowledgeAnchor, async ({ actor }) => {
    await audit.acknowledgeAnchor(actor);
    return success;
  });
  add(auditEndpoints.auditEventTypes, async ({ actor }) => ({ eventTypes: await audit.eventTypes(actor) }));
  add(auditEndpoints.exportAudit, async ({ actor, query, reply }) => {
    audit.requireOrder(query);
    const signal = downloads.begin(reply, actor.userId);
    await audit.recordExport(actor, query);
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="audit-log.csv"');
    const { userId } = actor;
    return reply.send(audit.exportCsv(query, (batches) => inTurns(batches, { userId, signal })));
  });
  add(savedFilterEndpoints.listSavedFilters, async ({ actor, reply }) => {
    await takeListTurn(reply, actor.userId);
    return { filters: await filters.list(actor) };
  });
  add(savedFilterEndpoints.createSavedFilter, ({ actor, body }) => filters.create(actor, body));
  add(savedFilterEndpoints.updateSavedFilter, ({ actor, params, body }) =>
    filters.update(actor, params.filterId, body),
  );
  add(savedFilterEndpoints.deleteSavedFilter, async ({ actor, params }) => {
    await filters.remove(actor, params.filterId);
    return success;
  });
}
