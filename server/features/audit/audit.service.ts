import type { AuditFilter, AuditRun, AuditVerification } from '../../../contract/audit.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { timeRange } from '../../audit/filter.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { personKey } from '../../http/asker.ts';
import { conflict, invalidField, notFound } from '../../platform/errors.ts';
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

type VerificationRange = Omit<Parameters<AuditTrail['verifyNow']>[0], 'signal'>;

/** The trail for admins: reading it leaves an entry too. */
export interface AuditService {
  /** @throws AppError 400 when the range ends before it starts */
  requireOrder(filter: Pick<AuditFilter, 'from' | 'to'>): void;
  list(actor: Actor, filter: Parameters<AuditTrail['list']>[0]): ReturnType<AuditTrail['list']>;
  /** @throws AppError 404 */
  getRun(actor: Actor, id: string): Promise<AuditRun>;
  verify(actor: Actor, range: VerificationRange, signal: AbortSignal): Promise<AuditVerification>;
  status: AuditTrail['status'];
  /** Takes the trail as it is for the truth. @throws AppError 409 unless its anchor is missing */
  acknowledgeAnchor(actor: Actor): Promise<void>;
  eventTypes(actor: Actor): ReturnType<AuditTrail['eventTypes']>;
  recordExport(actor: Actor, filter: AuditFilter): Promise<void>;
  exportCsv: AuditTrail['exportCsv'];
}

export function createAuditService({ audit, signals }: { audit: AuditTrail; signals: Signals }): AuditService {
  const actorOf = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;

  return {
    requireOrder(filter) {
      const { first, last } = timeRange(filter);
      if (first > last) throw invalidField('from', 'The start lies after the end.');
    },
    async list(actor, filter) {
      const found = await audit.list(filter, actor.userId);
      await audit.recordReading(actorOf(actor));
      return found;
    },
    async getRun(actor, id) {
      const story = await audit.findRun(id);
      if (!story) throw notFound('This run');
      await audit.recordReading(actorOf(actor));
      return story;
    },
    async verify(actor, range, signal) {
      const turn = { key: personKey(actor.userId), signal };
      const verification = await verificationQueue.run(turn, () => audit.verifyNow({ ...range, signal }));
      await signals.transaction(actor, (tx) =>
        audit.record(tx, {
          eventType: 'audit.verified',
          actor: actorOf(actor),
          outcome: verification.valid ? 'success' : 'failure',
          detail: { valid: verification.valid, totalChecked: verification.totalChecked },
        }),
      );
      return verification;
    },
    status: () => audit.status(),
    async acknowledgeAnchor(actor) {
      const end = await audit.findMissingAnchor();
      if (!end) throw conflict('The anchor of the audit trail is not missing. Verify the trail to see what is wrong.');
      await signals.transaction(actor, (tx) =>
        audit.record(tx, { eventType: 'audit.anchor_acknowledged', actor: actorOf(actor), detail: end }),
      );
      await audit.acceptTrail();
    },
    async eventTypes(actor) {
      const eventTypes = await audit.eventTypes();
      await audit.recordReading(actorOf(actor));
      return eventTypes;
    },
    async recordExport(actor, filter) {
      await signals.transaction(actor, (tx) =>
        audit.record(tx, { eventType: 'audit.exported', actor: actorOf(actor), detail: { ...filter } }),
      );
    },
    exportCsv: (filter, inTurns) => audit.exportCsv(filter, inTurns),
  };
}
