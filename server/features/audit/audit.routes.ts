import { auditEndpoints } from '../../../contract/audit.ts';
import { goneSignal } from '../../http/asker.ts';
import { type Downloads, inTurns, takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { AuditService } from './audit.service.ts';

export function addAuditRoutes(
  add: AddEndpoint,
  { audit, downloads }: { audit: AuditService; downloads: Downloads },
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
}
