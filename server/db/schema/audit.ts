import { sql } from 'drizzle-orm';
import { bigint, customType, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** A transaction id that never wraps around: https://www.postgresql.org/docs/18/functions-info.html */
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
/** A set of ids as PostgreSQL prints it: `{[1,51),[53,54)}`. */
const int8multirange = customType<{ data: string }>({ dataType: () => 'int8multirange' });

/** Which database cluster counted the transaction id; a restore into another one starts counting again. */
const epoch = () =>
  bigint('epoch', { mode: 'bigint' })
    .notNull()
    .default(sql`(pg_control_system()).system_identifier`);

/** Append only: triggers refuse update, delete and truncate. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    timestamp: moment('timestamp').notNull(),
    actorType: text('actor_type', { enum: ['user', 'agent', 'system'] }).notNull(),
    actorId: text('actor_id'),
    eventType: text('event_type').notNull(),
    resource: text('resource'),
    outcome: text('outcome', { enum: ['success', 'failure'] }).notNull(),
    error: text('error'),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
    keyId: text('key_id').notNull(),
    rowHmac: bytea('row_hmac').notNull(),
    /** With the epoch it gives the order of sealing; not signed, since a restore may renew it. */
    transactionId: xid8('transaction_id')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    epoch: epoch(),
  },
  (table) => [
    index('audit_entries_newest').on(table.timestamp, table.id),
    index('audit_entries_event_type').on(table.eventType, table.timestamp, table.id),
    index('audit_entries_actor').on(table.actorId, table.timestamp, table.id),
    index('audit_entries_failures')
      .on(table.timestamp, table.id)
      .where(sql`${table.outcome} = 'failure'`),
    index('audit_entries_sealing').on(table.epoch, table.transactionId, table.id),
  ],
);

/** Append only like the entries. Each checkpoint seals a set of entries and the checkpoint before it. */
export const auditCheckpoints = pgTable(
  'audit_checkpoints',
  {
    /** 1, 2, 3, … without a gap. */
    sequence: bigint('sequence', { mode: 'number' }).primaryKey(),
    sealedAt: moment('sealed_at').notNull(),
    count: integer('count').notNull(),
    /** Entries sealed by this checkpoint and all before it. */
    total: bigint('total', { mode: 'number' }).notNull(),
    ids: int8multirange('ids').notNull(),
    firstId: bigint('first_id', { mode: 'number' }).notNull(),
    lastId: bigint('last_id', { mode: 'number' }).notNull(),
    /** SHA-256 over id and HMAC of each entry, in the order of their ids. */
    entriesHash: bytea('entries_hash').notNull(),
    previousSeal: bytea('previous_seal'),
    keyId: text('key_id').notNull(),
    seal: bytea('seal').notNull(),
    /** Where the next sealing goes on; not signed, since a restore may renew it. */
    throughTransaction: xid8('through_transaction').notNull(),
    throughId: bigint('through_id', { mode: 'number' }).notNull(),
    epoch: epoch(),
  },
  (table) => [index('audit_checkpoints_first_id').on(table.firstId, table.sequence)],
);
