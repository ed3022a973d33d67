import { auditEndpoints } from '../../../contract/audit.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { timeRange } from '../../audit/filter.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { type Downloads, inTurns, takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import { conflict, invalidField, notFound } from '../../platform/errors.ts';
import { goneSignal, personKey } from '../../http/asker.ts';
import { createFairQueue } from '../../platform/fair-queue.ts';

/** A verification reads the whole trail and computes each signature, on the thread that serves everybody. */
export const verificationQueue = createFairQueue({
  name: 'verification',
  running: 2,
  runningPerKey: 1,
  waitingPerKey: 4,
  waiting: 20,
  refusal: 'Several verifications of the trail are under way. Wait for one to end, then try again.',
});

export interface AuditServices {
  audit: AuditTrail;
  signals: Signals;
  downloads: Downloads;
}

export function addAuditRoutes(add: AddEndpoint, { audit, signals, downloads }: AuditServices): void {
  const actorOf = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;

  add(auditEndpoints.listAudit, async ({ actor, query: { page, limit, ...filter }, reply }) => {
    requireOrder(filter);
    await takeListTurn(reply, actor.userId);
    const found = await audit.list({ page, limit, ...filter }, actor.userId);
    await audit.recordReading(actorOf(actor));
    return found;
  });
  add(auditEndpoints.getAuditRun, async ({ actor, params: { id } }) => {
    const story = await audit.findRun(id);
    if (!story) throw notFound('This run');
    await audit.recordReading(actorOf(actor));
    return story;
  });
  add(auditEndpoints.verifyAudit, async ({ actor, query, reply }) => {
    const signal = goneSignal(reply);
    const turn = { key: personKey(actor.userId), signal };
    const verification = await verificationQueue.run(turn, () => audit.verifyNow({ ...query, signal }));
    await signals.transaction(actor, (tx) =>
      audit.record(tx, {
        eventType: 'audit.verified',
        actor: actorOf(actor),
        outcome: verification.valid ? 'success' : 'failure',
        detail: { valid: verification.valid, totalChecked: verification.totalChecked },
      }),
    );
    return verification;
  });
  add(auditEndpoints.auditStatus, () => audit.status());
  add(auditEndpoints.acknowledgeAnchor, async ({ actor }) => {
    const end = await audit.findMissingAnchor();
    if (!end) throw conflict('The anchor of the audit trail is not missing. Verify the trail to see what is wrong.');
    await signals.transaction(actor, (tx) =>
      audit.record(tx, { eventType: 'audit.anchor_acknowledged', actor: actorOf(actor), detail: end }),
    );
    await audit.acceptTrail();
    return success;
  });
  add(auditEndpoints.auditEventTypes, async ({ actor }) => {
    const eventTypes = await audit.eventTypes();
    await audit.recordReading(actorOf(actor));
    return { eventTypes };
  });
  add(auditEndpoints.exportAudit, async ({ actor, query, reply }) => {
    requireOrder(query);
    const signal = downloads.begin(reply, actor.userId);
    await signals.transaction(actor, (tx) =>
      audit.record(tx, { eventType: 'audit.exported', actor: actorOf(actor), detail: { ...query } }),
    );
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="audit-log.csv"');
    const { userId } = actor;
    return reply.send(audit.exportCsv(query, (batches) => inTurns(batches, { userId, signal })));
  });
}

function requireOrder(filter: { from?: string | undefined; to?: string | undefined }): void {
  const { first, last } = timeRange(filter);
  if (first > last) throw invalidField('from', 'The start lies after the end.');
}
