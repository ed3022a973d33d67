import { sql } from 'drizzle-orm';
import * as z from 'zod';
import {
  auditEvents,
  hasOwnError,
  toolEventSchema,
  type AuditEvent,
  type AuditEventType,
} from '../../contract/audit-events.ts';
import type { Transaction } from '../db/client.ts';
import { preparedSql } from '../db/prepared.ts';
import { canonicalJson, contentHmac, type Json } from './canonical.ts';
import type { AuditKeys } from './keys.ts';
import type { NotedEntry } from './noted-entries.ts';
import { commitmentsTo, personalValue, separatePersonal, type PersonalValue } from './personal.ts';
import { safeDetail, safeText } from './safe-detail.ts';

/**
 * Appends an event to the trail inside the caller's transaction, in one round trip. Throws when the detail does not
 * fit the event's schema or the row cannot be written: the caller's change must then not happen either, so never
 * catch it inside the transaction.
 */
export type RecordAudit = <Type extends AuditEventType>(
  tx: Transaction,
  event: AuditEvent<Type>,
  /** `isTrial`: for a transaction that is rolled back, so that no number of the trail is drawn for it. */
  options?: { isTrial?: boolean },
) => Promise<void>;

export function createRecorder(options: {
  keys: AuditKeys;
  now?: () => number;
  /** Hears of each entry, before its transaction has ended. */
  onRecorded?: ((entry: NotedEntry) => void) | undefined;
}): RecordAudit {
  const { current } = options.keys;
  const now = options.now ?? Date.now;
  return async function recordAudit(tx, event, { isTrial = false } = {}) {
    const detail = safeDetail(detailSchema(event.eventType).parse(event.detail) as object);
    const error = event.error === undefined ? null : safeText(event.error);
    const separated = separateEntry(event.eventType, { error, detail: JSON.parse(detail) as Json });
    const entry = {
      timestamp: now(),
      actorType: event.actor.type,
      actorId: event.actor.type === 'system' ? null : safeText(event.actor.id, 100),
      eventType: event.eventType,
      resource: event.resource === undefined ? null : safeText(event.resource, 300),
      outcome: event.outcome ?? 'success',
      error: separated.error,
      detail: canonicalJson(separated.detail),
      keyId: current.id,
      commitments: canonicalJson(commitmentsTo(separated.values)),
      carried: null,
    };
    const signature = contentHmac(current.secret, entry);
    const values = { ...entry, timestamp: new Date(entry.timestamp).toISOString(), signature, isTrial };
    const { rows } =
      separated.values.length === 0
        ? await insertPlain(tx, values)
        : await insertWithValues(tx, { ...values, ...columnsOf(separated.values) });
    // A rule, a policy or a trigger swallowed it.
    const [row] = rows;
    if (!row || rows.length !== 1) throw new Error('The audit trail did not keep the entry.');
    if (!isTrial) {
      const { id, transaction_id: transactionId, row_hmac: rowHmac } = row;
      options.onRecorded?.({ id: Number(id), transactionId, rowHmac });
    }
  };
}

/** Takes the personal values out of what an event tells; null stands in their places. */
export function separateEntry(
  eventType: string,
  entry: { error: string | null; detail: Json },
): { error: string | null; detail: Json; values: PersonalValue[] } {
  // Of an event that is none any more, every text counts as personal.
  const { detail, values } = separatePersonal(findDetailSchema(eventType) ?? z.looseObject({}), entry.detail);
  if (entry.error === null || hasOwnError(eventType)) return { error: entry.error, detail, values };
  return { error: null, detail, values: [...values, personalValue('/error', entry.error)] };
}

type RecordedRow = { id: string; transaction_id: string; row_hmac: Buffer };

const given = (name: string) => sql.placeholder(name);

// The transaction's id is taken before the entry's: sealing relies on it.
const insertion = sql`
  insert into audit_entries (id, timestamp, actor_type, actor_id, event_type, resource, outcome, error, detail,
    commitments, key_id, row_hmac, transaction_id, epoch)
  select
    entry_id, ${given('timestamp')}::timestamptz, ${given('actorType')}, ${given('actorId')}, ${given('eventType')},
    ${given('resource')}, ${given('outcome')}, ${given('error')}, ${given('detail')}::jsonb,
    ${given('commitments')}::jsonb, ${given('keyId')},
    sha256(${given('signature')}::bytea || int8send(entry_id) || xid8send(transaction_id) || int8send(epoch)),
    transaction_id, epoch
  from (
    select pg_current_xact_id() as transaction_id, system_identifier as epoch from pg_control_system() offset 0
  ) as place, lateral (select case when place.transaction_id is not null then
    case when ${given('isTrial')}::boolean then -1 - (random() * 1e15)::bigint else nextval('audit_entries_id_seq') end
  end) as drawn(entry_id)
  returning id, transaction_id::text, row_hmac`;
const insertPlain = preparedSql<RecordedRow, Record<string, unknown>>('audit_entry', insertion);

/** One statement for the entry and what it commits to. */
const insertWithValues = preparedSql<RecordedRow, Record<string, unknown>>(
  'audit_entry_values',
  sql`
    with written as (${insertion}), kept as (
      insert into audit_personal_values (entry_id, pointer, value, salt)
      select written.id, value.* from written, unnest(
        ${given('pointers')}::text[], ${given('texts')}::text[], ${given('salts')}::bytea[]) as value
    ) select id, transaction_id, row_hmac from written`,
);

function columnsOf(values: PersonalValue[]): Record<'pointers' | 'texts' | 'salts', unknown[]> {
  return {
    pointers: values.map(({ pointer }) => pointer),
    texts: values.map(({ value }) => value),
    salts: values.map(({ salt }) => salt),
  };
}

function detailSchema(eventType: string): z.ZodType {
  const schema = findDetailSchema(eventType);
  if (schema) return schema;
  throw new Error(`"${eventType}" is not an event of the audit trail.`);
}

function findDetailSchema(eventType: string): z.ZodType | undefined {
  if (Object.hasOwn(auditEvents, eventType)) return auditEvents[eventType as keyof typeof auditEvents];
  return /^tool\.[a-z0-9_]{1,90}$/.test(eventType) ? toolEventSchema : undefined;
}
