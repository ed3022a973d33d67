import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import { Pool, type PoolClient } from 'pg';
import * as schema from './schema/index.ts';

export type Schema = typeof schema;
export type Transaction = PgTransaction<NodePgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;
export type Database = NodePgDatabase<Schema>;
/** What a query needs: the database itself or the transaction it is part of. */
export type Executor = Database | Transaction;

export interface DatabaseConnection {
  db: Database;
  pool: Pool;
  close(): Promise<void>;
}

/** Far beyond what any statement of a request takes; what may take longer says so with `allowTime`. */
const statementTimeoutMs = 30_000;
/** Locks are held for a few statements: who waits longer waits for something that is stuck. */
const lockTimeoutMs = 10_000;

/** Opens a pool. Connections are made when first used; an idle connection that breaks is replaced, not fatal. */
export function connectDatabase(
  databaseUrl: string,
  options: {
    maximumConnections?: number;
    onIdleError?: (error: Error) => void;
    statementTimeoutMs?: number;
    lockTimeoutMs?: number;
  } = {},
): DatabaseConnection {
  const limits = { statementTimeoutMs, lockTimeoutMs, ...options };
  const pool = new Pool({
    connectionString: databaseUrl,
    max: options.maximumConnections ?? 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: 'pinchy',
    options: [
      '-c timezone=UTC -c idle_in_transaction_session_timeout=60000',
      `-c statement_timeout=${limits.statementTimeoutMs} -c lock_timeout=${limits.lockTimeoutMs}`,
    ].join(' '),
  });
  // A connection that breaks between two statements of a transaction reports it here, and nowhere else: without a
  // listener that would end the process. The statement that follows fails by itself.
  pool.on('connect', (client) => client.on('error', () => {}));
  // Once we close, connections may end as they like.
  pool.on('error', (error) => {
    if (!pool.ending) options.onIdleError?.(error);
  });
  return { db: connectPool(pool), pool, close: () => pool.end() };
}

/** For a transaction of which single statements may take long, such as one that looks through the whole trail. */
export async function allowTime(tx: Transaction, milliseconds: number): Promise<void> {
  await tx.execute(sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`);
}

/**
 * Drizzle 0.45 never gives a connection back on which `begin` failed, such as one that broke while it lay idle: after a few
 * outages none would be left. So transactions take and give back their connections here.
 */
function connectPool(pool: Pool): Database {
  const db = drizzle(pool, { schema });
  const byClient = new WeakMap<PoolClient, Database>();
  db.transaction = async (work, config) => {
    const client = await pool.connect();
    try {
      const onClient = byClient.get(client) ?? drizzle(client, { schema });
      byClient.set(client, onClient);
      return await onClient.transaction(work, config);
    } finally {
      client.release();
    }
  };
  return db;
}
