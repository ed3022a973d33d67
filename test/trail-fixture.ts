import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Pool } from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { connectDatabase, type WritableDatabase } from '../server/db/client.ts';
import { createAuditTrail, type AuditTrail } from '../server/audit/audit-trail.ts';
import type { AuditKeys } from '../server/audit/keys.ts';
import { createRecorder } from '../server/audit/record.ts';

export const testKeys: AuditKeys = { current: { id: 'key-1', secret: 'the first secret of the audit tests' } };

export interface TrailFixture {
  db: WritableDatabase;
  pool: Pool;
  url: string;
  audit: AuditTrail;
  anchorPath: string;
  /** What the trail wrote to the log. */
  logged: { level: number; msg: string }[];
  /** The same trail as another server sees it. */
  openReplica(options: { keys?: AuditKeys; db?: WritableDatabase; anchorPath?: string }): AuditTrail;
  /** Appends so many entries in a transaction each; their ids follow one another when nobody else appends. */
  append(count: number): Promise<void>;
  /** Appends an entry as it would have been at another moment, in milliseconds since 1970. */
  appendAt(timestamp: number): Promise<void>;
  /** The same database as if it were part of another cluster, far ahead in transaction ids. */
  onOtherCluster(): Promise<{ audit: AuditTrail; append(count: number): Promise<void>; close(): Promise<void> }>;
  /** Seals everything in one go. */
  seal(): Promise<void>;
  /** What somebody with all rights in the database, but without the key, can do. */
  tamper(statement: string): Promise<void>;
  close(): Promise<void>;
}

/** An audit trail in a real, empty database of its own. */
export async function createTrailFixture(): Promise<TrailFixture> {
  const serverUrl = inject('postgresUrl');
  const name = `audit_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `create database ${name} template ${inject('templateDatabase')}`);
  const databaseUrl = new URL(serverUrl);
  databaseUrl.pathname = `/${name}`;
  const url = databaseUrl.href;
  const directory = await mkdtemp(join(tmpdir(), 'pinchy-audit-'));
  const { db, pool, close } = connectDatabase(url);
  const logged: TrailFixture['logged'] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const anchorPath = join(directory, 'audit-anchor.json');
  const openReplica: TrailFixture['openReplica'] = (options) =>
    createAuditTrail({ db, keys: testKeys, redactionKey: 'the key of the hashes', anchorPath, logger, ...options });
  const audit = openReplica({});
  const event = (agentName: string) => ({
    eventType: 'agent.deleted' as const,
    actor: { type: 'system' as const },
    detail: { name: agentName },
  });
  const appender = (own: WritableDatabase, trail: AuditTrail) => async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await own.transaction((tx) => trail.record(tx, event(`Agent ${index}`)));
    }
  };
  return {
    db,
    pool,
    url,
    audit,
    anchorPath,
    logged,
    openReplica,
    append: appender(db, audit),
    async appendAt(timestamp) {
      const record = createRecorder({ keys: testKeys, now: () => timestamp });
      await db.transaction((tx) => record(tx, event('Agent then')));
    },
    async onOtherCluster() {
      await execute(
        url,
        `create schema other;
         create function other.pg_control_system(out system_identifier bigint) language sql as 'select 1::bigint';
         create function other.pg_current_xact_id() returns xid8 language sql as
           $$ select (pg_catalog.pg_current_xact_id()::text::bigint + 900000000)::text::xid8 $$`,
      );
      const elsewhere = new URL(url);
      elsewhere.searchParams.set('options', '-c search_path=other,public,pg_catalog');
      const connection = connectDatabase(elsewhere.href);
      const own = openReplica({ db: connection.db });
      await connection.db.execute('select 1');
      return {
        audit: own,
        append: appender(connection.db, own),
        async close() {
          await connection.close();
          await execute(url, 'drop schema other cascade');
        },
      };
    },
    async seal() {
      await audit.sealPending();
    },
    async tamper(statement) {
      await execute(
        url,
        `alter table audit_entries disable trigger all; alter table audit_checkpoints disable trigger all;
         alter table audit_personal_values disable trigger all;
         ${statement};
         alter table audit_entries enable always trigger audit_entries_append_only;
         alter table audit_checkpoints enable always trigger audit_checkpoints_append_only;
         alter table audit_personal_values enable always trigger audit_personal_values_append_only;
         alter table audit_personal_values enable always trigger audit_personal_values_erasure`,
      );
    },
    async close() {
      await close();
      await execute(serverUrl, `drop database ${name} with (force)`);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function execute(url: string, statements: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
