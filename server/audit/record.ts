import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { auditEvents, toolEventSchema, type AuditEvent, type AuditEventType } from '../../contract/audit-events.ts';
import type { Transaction } from '../db/client.ts';
import { contentHmac } from './canonical.ts';
import type { AuditKeys } from './keys.ts';
import { safeDetail, safeText } from './safe-detail.ts';

/**
 * Appends an event to the trail inside the caller's transaction, in one round trip. Throws when the detail does not
 * fit the event's schema or the row cannot be written: the caller's change must then not happen either, so never
 * catch it inside the transaction.
 */
export type RecordAudit = <Type extends AuditEventType>(tx: Transaction, event: AuditEvent<Type>) => Promise<void>;

export function createRecorder(options: { keys: AuditKeys; now?: () => number }): RecordAudit {
  const { current } = options.keys;
  const now = options.now ?? Date.now;
  return async function recordAudit(tx, event) {
    const entry = {
      timestamp: now(),
      actorType: event.actor.type,
      actorId: event.actor.type === 'system' ? null : safeText(event.actor.id, 100),
      eventType: event.eventType,
      resource: event.resource === undefined ? null : safeText(event.resource, 300),
      outcome: event.outcome ?? 'success',
      error: event.error === undefined ? null : safeText(event.error),
      detail: safeDetail(detailSchema(event.eventType).parse(event.detail) as object),
      keyId: current.id,
    };
    const signature = contentHmac(current.secret, entry);
    await tx.execute(sql`
      insert into audit_entries
        (id, timestamp, actor_type, actor_id, event_type, resource, outcome, error, detail, key_id, row_hmac)
      select
        entry_id, ${new Date(entry.timestamp).toISOString()}::timestamptz, ${entry.actorType}, ${entry.actorId},
        ${entry.eventType}, ${entry.resource}, ${entry.outcome}, ${entry.error}, ${entry.detail}::jsonb,
        ${entry.keyId}, sha256(${signature}::bytea || int8send(entry_id))
      from nextval('audit_entries_id_seq') as entry_id`);
  };
}

function detailSchema(eventType: string): z.ZodType {
  const schema = Object.hasOwn(auditEvents, eventType) ? auditEvents[eventType as keyof typeof auditEvents] : undefined;
  if (schema) return schema;
  if (/^tool\.[a-z0-9_]{1,90}$/.test(eventType)) return toolEventSchema;
  throw new Error(`"${eventType}" is not an event of the audit trail.`);
}
