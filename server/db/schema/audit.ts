import { sql } from 'drizzle-orm';
import { bigint, check, customType, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** A transaction id that never wraps around: https://www.postgresql.org/docs/18/functions-info.html */
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
/** A set of ids as PostgreSQL prints it: `{[1,51),[53,54)}`. */
const int8multirange = customType<{ data: string }>({ dataType: () => 'int8multirange' });

/** Which database cluster counted the transaction id; a restore into another one starts counting again. */
const epoch = () => bigint('epoch', { mode: 'bigint' }).notNull();

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
    /** With null where a personal value belongs. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
    /** By JSON pointer, what the entry signs in place of the personal value that belongs there. */
    commitments: jsonb('commitments').$type<Record<string, string>>().notNull(),
    /** Of entries that an earlier format signed: whether they held when they were carried over. */
    carried: text('carried', { enum: ['proven', 'unproven'] }),
    keyId: text('key_id').notNull(),
    rowHmac: bytea('row_hmac').notNull(),
    transactionId: xid8('transaction_id').notNull(),
    epoch: epoch(),
  },
  (table) => [
    index('audit_entries_newest').on(table.timestamp, table.id),
    index('audit_entries_event_type').on(table.eventType, table.timestamp, table.id),
    index('audit_entries_actor').on(table.actorId, table.timestamp, table.id),
    index('audit_entries_failures')
      .on(table.timestamp, table.id)
      .where(sql`${table.outcome} = 'failure'`),
    index('audit_entries_written').on(table.epoch, table.transactionId),
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
    /** The first transaction that had not begun when it was sealed; nobody before it can take an id up to `last_id` later. */
    throughTransaction: xid8('through_transaction').notNull(),
    /** Every entry with an id up to this one is sealed, here or before: none can turn up any more. */
    throughId: bigint('through_id', { mode: 'number' }).notNull(),
    epoch: epoch(),
  },
  (table) => [
    index('audit_checkpoints_first_id').on(table.firstId, table.sequence),
    index('audit_checkpoints_last_id').on(table.lastId),
  ],
);

/** What entries commit to. Triggers allow one change only: that a value is erased, which leaves a signed mark. */
export const auditPersonalValues = pgTable(
  'audit_personal_values',
  {
    entryId: bigint('entry_id', { mode: 'number' }).notNull(),
    pointer: text('pointer').notNull(),
    /** Canonical JSON. */
    value: text('value'),
    salt: bytea('salt'),
    erasedAt: moment('erased_at'),
    erasureKeyId: text('erasure_key_id'),
    /** Over place and moment of the erasure: without the key nobody can make a value look erased. */
    erasureHmac: bytea('erasure_hmac'),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.pointer] }),
    check(
      'audit_personal_values_present_or_erased',
      sql`num_nulls("value", "salt") = 2 * (("erased_at" is not null)::int) and num_nulls("erased_at", "erasure_key_id", "erasure_hmac") in (0, 3)`,
    ),
  ],
);
