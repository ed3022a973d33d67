import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Pool } from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { createAuditTrail, type AuditTrail } from '../server/audit/audit-trail.ts';
import { canonicalJson, earlierContentHmac, earlierRowHmac } from '../server/audit/canonical.ts';
import { addEntry, earlierCheckpointSeal, formatIds, startEntriesHash } from '../server/audit/checkpoint.ts';
import { connectDatabase, type WritableDatabase } from '../server/db/client.ts';
import { migrate } from '../server/db/migrate.ts';
import { listMigrations } from '../server/db/schema-version.ts';
import { testKeys } from './trail-fixture.ts';

/** An entry as a version wrote it that signed personal values themselves. */
export interface EarlierEvent {
  eventType: string;
  detail: object;
  resource?: string;
  actorId?: string;
  error?: string;
}

export interface EarlierTrail {
  url: string;
  db: WritableDatabase;
  pool: Pool;
  anchorPath: string;
  /** Appends entries, each with the next id, as the earlier version signed them. */
  write(events: EarlierEvent[], timestamp?: number): Promise<void>;
  /** Seals what is not sealed, as the earlier version did; the anchor is returned, not written. */
  seal(): Promise<{ sequence: number; total: number; lastId: number; seal: string; sealedAt: string }>;
  /** Brings the schema to today's; the server's part is `trail.open()`. */
  migrate(): Promise<void>;
  trail(options?: { db?: WritableDatabase }): AuditTrail;
  close(): Promise<void>;
}

/** A database as an earlier version of Pinchy left it: made by its migrations, with entries signed in its format. */
export async function createEarlierTrail(): Promise<EarlierTrail> {
  const serverUrl = inject('postgresUrl');
  const name = `earlier_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, [`create database ${name} template template0`]);
  const databaseUrl = new URL(serverUrl);
  databaseUrl.pathname = `/${name}`;
  const url = databaseUrl.href;
  await execute(url, earlierSchema());
  const directory = await mkdtemp(join(tmpdir(), 'pinchy-earlier-'));
  const anchorPath = join(directory, 'audit-anchor.json');
  const { db, pool, close } = connectDatabase(url);
  const { id: keyId, secret } = testKeys.current;
  const sealed = { sequence: 0, total: 0, lastId: 0, seal: null as Buffer | null };
  return {
    url,
    db,
    pool,
    anchorPath,
    async write(events, timestamp = Date.now()) {
      for (const { eventType, detail, resource = null, actorId = null, error = null } of events) {
        const { rows } = await pool.query("select nextval('audit_entries_id_seq')::int as id");
        const content = {
          timestamp,
          actorType: actorId === null ? 'system' : 'user',
          actorId,
          eventType,
          resource,
          outcome: error === null ? 'success' : 'failure',
          error,
          detail: canonicalJson(detail),
          keyId,
        };
        const hmac = earlierRowHmac(earlierContentHmac(secret, content), rows[0].id);
        await pool.query(
          `insert into audit_entries
             (id, timestamp, actor_type, actor_id, event_type, resource, outcome, error, detail, key_id, row_hmac)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
          [
            rows[0].id,
            new Date(content.timestamp).toISOString(),
            content.actorType,
            actorId,
            eventType,
            resource,
            content.outcome,
            error,
            content.detail,
            keyId,
            hmac,
          ],
        );
      }
    },
    async seal() {
      const { rows } = await pool.query('select id::int, row_hmac from audit_entries where id > $1 order by id', [
        sealed.lastId,
      ]);
      const hash = startEntriesHash();
      for (const row of rows) addEntry(hash, row.id, row.row_hmac);
      const sealedAt = Date.now();
      const content = {
        sequence: sealed.sequence + 1,
        sealedAt,
        count: rows.length,
        total: sealed.total + rows.length,
        ids: formatIds(rows.map((row) => row.id)),
        firstId: rows[0].id,
        lastId: rows.at(-1).id,
        entriesHash: hash.digest(),
        previousSeal: sealed.seal,
        keyId,
        throughTransaction: '0',
        throughId: 0,
        epoch: '0',
      };
      const seal = earlierCheckpointSeal(secret, content);
      const moment = new Date(sealedAt).toISOString();
      await pool.query(
        `insert into audit_checkpoints (sequence, sealed_at, count, total, ids, first_id, last_id, entries_hash,
           previous_seal, key_id, seal, through_transaction, through_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '1', 1)`,
        [
          content.sequence,
          moment,
          content.count,
          content.total,
          content.ids,
          content.firstId,
          content.lastId,
          content.entriesHash,
          content.previousSeal,
          keyId,
          seal,
        ],
      );
      Object.assign(sealed, { sequence: content.sequence, total: content.total, lastId: content.lastId, seal });
      const { sequence, total, lastId } = content;
      return { sequence, total, lastId, seal: seal.toString('hex'), sealedAt: moment };
    },
    migrate: () => migrate(url),
    trail: (options = {}) =>
      createAuditTrail({
        db,
        keys: testKeys,
        redactionKey: 'the key of the hashes',
        anchorPath,
        logger: pino({ level: 'silent' }),
        ...options,
      }),
    async close() {
      await close();
      await execute(serverUrl, [`drop database ${name} with (force)`]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The statements of the migrations before personal values stood apart, recorded as Drizzle records them. */
function earlierSchema(): string[] {
  const earlier = listMigrations().slice(0, 9);
  return [
    'create schema drizzle',
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    ...earlier.flatMap(({ sql, hash, folderMillis }) => [
      ...sql.filter((statement) => statement.trim() !== ''),
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('${hash}', ${folderMillis})`,
    ]),
  ];
}

async function execute(url: string, statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
