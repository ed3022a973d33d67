import { setTimeout as sleep } from 'node:timers/promises';
import { type ExtractTablesWithRelations, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import { Pool, type PoolClient } from 'pg';
import { PreparingClient } from './preparing-client.ts';
import { holdPortOf } from '../platform/own-addresses.ts';
import * as schema from './schema/index.ts';

export type Schema = typeof schema;
export type Transaction = PgTransaction<NodePgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;
interface Together {
  /** Runs reads on one connection: those that are begun at once share one trip. They are no transaction. */
  together<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>;
}

/** Only for what has no person behind it: everybody else changes something through `Signals.transaction`. */
export type WritableDatabase = NodePgDatabase<Schema> & Together;
/** The database for reading. What changes something asks for an authority first, in `Signals.transaction`. */
export type Database = Pick<
  WritableDatabase,
  'select' | 'selectDistinct' | 'selectDistinctOn' | 'execute' | 'together' | '_'
> & {
  transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    config: { accessMode: 'read only'; isolationLevel?: 'repeatable read' },
  ): Promise<Result>;
};
/** What a query needs: the database itself or the transaction it is part of. */
export type Executor = Database | Transaction;
/** Whatever rows can be read from. */
export type Reader = Pick<Executor, 'select' | '_'>;
export type WritableExecutor = WritableDatabase | Transaction;

export interface OpenDatabase {
  db: WritableDatabase;
  pool: Pool;
  close(): Promise<void>;
}

/** Far beyond what any statement of a request takes; what may take longer says so with `allowTime`. */
const statementTimeoutMs = 30_000;
/** Connections that are kept however long they are idle: opening one anew costs more than what a server at rest asks. */
const keptConnections = 4;
/** Locks are held for a few statements: who waits longer waits for something that is stuck. */
const lockTimeoutMs = 10_000;

/** Opens a pool. Connections are made when first used; an idle connection that breaks is replaced, not fatal. */
export function connectDatabase(
  databaseUrl: string,
  options: {
    maxConnections?: number;
    onIdleError?: (error: Error) => void;
    statementTimeoutMs?: number;
    lockTimeoutMs?: number;
  } = {},
): OpenDatabase {
  const limits = { statementTimeoutMs, lockTimeoutMs, ...options };
  const { maxConnections = 20 } = options;
  const { connectionString, options: given } = splitOptions(databaseUrl);
  const pool = new Pool({
    Client: PreparingClient,
    pipeline: true,
    connectionString,
    max: maxConnections,
    min: Math.min(keptConnections, maxConnections),
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: 'pinchy',
    options: [
      '-c timezone=UTC -c idle_in_transaction_session_timeout=60000',
      // Whatever the database or the role is set to: functions of other schemas take the place of no built-in one.
      '-c search_path="$user",public',
      `-c statement_timeout=${limits.statementTimeoutMs} -c lock_timeout=${limits.lockTimeoutMs}`,
      given,
    ].join(' '),
  });
  // A connection that breaks between two statements of a transaction reports it here, and nowhere else: without a
  // listener that would end the process. The statement that follows fails by itself.
  pool.on('connect', (client) => client.on('error', () => {}));
  // Once we close, connections may end as they like.
  pool.on('error', (error) => {
    if (!pool.ending) options.onIdleError?.(error);
  });
  const releasePort = holdPortOf(databaseUrl, 5432);
  return {
    db: connectPool(pool),
    pool,
    async close() {
      await pool.end();
      releasePort();
    },
  };
}

/** What an address says in `options` would take the place of ours: it comes after them. */
function splitOptions(databaseUrl: string): { connectionString: string; options: string } {
  const url = URL.parse(databaseUrl);
  const options = url?.searchParams.get('options') ?? '';
  if (!url || options === '') return { connectionString: databaseUrl, options: '' };
  url.searchParams.delete('options');
  return { connectionString: url.href, options };
}

/** For a transaction of which single statements may take long, such as one that looks through the whole trail. */
export async function allowTime(tx: Transaction, milliseconds: number): Promise<void> {
  await tx.execute(sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`);
}

/**
 * Drizzle 0.45 never gives a connection back on which `begin` failed, such as one that broke while it lay idle: after a few
 * outages none would be left. So transactions take and give back their connections here.
 */
function connectPool(pool: Pool): WritableDatabase {
  const db = drizzle(pool, { schema });
  const byClient = new WeakMap<PoolClient, NodePgDatabase<Schema>>();
  const onConnection = async <Result>(work: (db: NodePgDatabase<Schema>) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect();
    try {
      const onClient = byClient.get(client) ?? drizzle(client, { schema });
      byClient.set(client, onClient);
      return await work(onClient);
    } finally {
      client.release();
    }
  };
  return Object.assign(db, {
    transaction: ((work, config) =>
      onConnection((onClient) => onClient.transaction(work, config))) satisfies typeof db.transaction,
    together: onConnection,
  });
}

/** A probe wants an answer, not a queue for a connection. */
const answerTimeoutMs = 2_000;

/** Tells whether the database answers now. Never throws. Whoever asks at once shares a question: a crowd costs no more than one. */
export function createDatabaseProbe(db: Database): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  return () => (asked ??= isAnswering(db).finally(() => (asked = undefined)));
}

function isAnswering(db: Database): Promise<boolean> {
  const question = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([question, sleep(answerTimeoutMs, false, { ref: false })]);
}
