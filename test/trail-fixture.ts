import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { connectDatabase, type WritableDatabase } from '../server/db/client.ts';
import { createAuditTrail, type AuditTrail } from '../server/audit/audit-trail.ts';
import type { AuditKeys } from '../server/audit/keys.ts';

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
  replica(options: { keys?: AuditKeys; db?: WritableDatabase; anchorPath?: string }): AuditTrail;
  /** Appends so many entries in a transaction each; their ids follow one another when nobody else appends. */
  append(count: number): Promise<void>;
  /** Seals everything in one go, as soon as no transaction of another test on this server holds it back. */
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
  const replica: TrailFixture['replica'] = (options) =>
    createAuditTrail({ db, keys: testKeys, redactionKey: 'the key of the hashes', anchorPath, logger, ...options });
  const audit = replica({});
  return {
    db,
    pool,
    url,
    audit,
    anchorPath,
    logged,
    replica,
    async append(count) {
      for (let index = 0; index < count; index += 1) {
        await db.transaction((tx) =>
          audit.record(tx, {
            eventType: 'agent.deleted',
            actor: { type: 'system' },
            detail: { name: `Agent ${index}` },
          }),
        );
      }
    },
    async seal() {
      for (let tries = 0; tries < 500; tries += 1) {
        const { rows } = await pool.query(
          `select count(*) = 0 as over from audit_entries
           where epoch = (pg_control_system()).system_identifier
             and transaction_id >= pg_snapshot_xmin(pg_current_snapshot())`,
        );
        if (rows[0].over) return void (await audit.sealPending());
        await sleep(10);
      }
      throw new Error('Another transaction stays open on the test server.');
    },
    async tamper(statement) {
      await execute(
        url,
        `alter table audit_entries disable trigger all; alter table audit_checkpoints disable trigger all;
         ${statement};
         alter table audit_entries enable always trigger audit_entries_append_only;
         alter table audit_checkpoints enable always trigger audit_checkpoints_append_only`,
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
