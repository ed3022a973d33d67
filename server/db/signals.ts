import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import type { Logger } from '../platform/logger.ts';
import { type Authority, type HoldAuthority, type PeopleLock, systemAuthority } from './authority.ts';
import type { Transaction, WritableDatabase } from './client.ts';
import { preparedSql } from './prepared.ts';

/** What changed, as ids only: whoever hears it asks the database. */
export type Signal =
  /** Role, ban, name, context, sessions or groups of a user. */
  | { kind: 'user'; userId: string }
  | { kind: 'agent'; agentId: string }
  | { kind: 'setting'; key: string }
  | { kind: 'group'; groupId: string }
  | { kind: 'integration'; connectionId: string }
  /** Budgets were made, changed or removed. */
  | { kind: 'budgets' }
  /** Own prices of models were changed. */
  | { kind: 'prices' }
  /**
   * A conversation moved on: the user said something, a run started or ended, it was renamed, pinned, archived or deleted, or
   * another branch is shown.
   */
  | {
      kind: 'conversation';
      conversationId: string;
      agentId: string;
      userId: string;
      isDefault: boolean;
      temporary: boolean;
      change: 'message' | 'run' | 'renamed' | 'updated' | 'deleted' | 'branched';
    }
  | { kind: 'run-abort'; conversationId: string; runId: string }
  /** Somebody reads along, on another process than the one that answers. */
  | { kind: 'run-followed'; conversationId: string }
  /** Updates of this bot were stored by another process than the one that answers them; null: bots or links changed. */
  | { kind: 'telegram'; botId: number | null }
  /** Documents are to be indexed anew: those of one directory, or all. */
  | { kind: 'knowledge'; path: string | null }
  /** A person decided about a tool call that waited. */
  | { kind: 'approval'; approvalId: string; runId: string }
  /** What waits for this person's decision, or what they always allow, is otherwise than before. */
  | { kind: 'waiting'; userId: string }
  /** What others share with this person is otherwise than before; null: with anybody. */
  | { kind: 'shares'; userId: string | null };

export type SignalListener = (signal: Signal) => void;

export interface Signals {
  /** True while changes made through other processes are heard; caches must not be trusted otherwise. */
  readonly listening: boolean;
  /**
   * Runs `work` in one transaction; its signals reach local listeners once it has committed, before this returns. A
   * person's authority is asked for in the transaction, before `work`, and holds until it has committed.
   * @throws AppError 401 or 403 when the authority has ended
   */
  transaction<Result>(
    authority: Authority,
    work: (tx: Transaction) => Promise<Result>,
    people?: PeopleLock,
    /**
     * `sendsAtOnce`: what `work` sends first travels with the question for the authority, whose refusal comes first all the same.
     * Nothing may come of it but what a rollback undoes.
     */
    options?: { sendsAtOnce?: boolean },
  ): Promise<Result>;
  /** Sent on commit, dropped on rollback. Called inside `transaction`. */
  signal(tx: Transaction, signal: Signal): void;
  /**
   * A last write that nothing in the transaction waits for: it was sent already and travels with the commit. Its failure is
   * the transaction's. Called inside `transaction`.
   */
  write(tx: Transaction, sent: Promise<unknown>): void;
  onSignal(listener: SignalListener): () => void;
  /** Called when signals may have been missed: drop what was cached. */
  onReset(listener: () => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const channel = 'pinchy';
/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const payloadLimit = 7_500;
const heartbeatMs = 10_000;
const reconnectMs = [100, 500, 1_000, 2_000];

/** What a transaction sends with its commit. */
interface Pending {
  signals: Signal[];
  writes: Promise<unknown>[];
}

/** Keeps a failure for whoever asks later. A query of Drizzle is sent by asking, each time: this asks once. */
function holdFailure(writes: Promise<unknown>[], sent: Promise<unknown>): void {
  const held = sent.then(() => undefined);
  held.catch(() => undefined);
  writes.push(held);
}

const notify = preparedSql('signal', sql`select pg_notify(${sql.raw(`'${channel}'`)}, ${sql.placeholder('payload')})`);

export function createSignals(options: {
  db: WritableDatabase;
  databaseUrl: string;
  log: Logger;
  holdAuthority: HoldAuthority;
}): Signals {
  const { db, databaseUrl, log, holdAuthority } = options;
  const origin = randomUUID();
  const pending = new WeakMap<object, Pending>();
  const listeners = new Set<SignalListener>();
  const resetListeners = new Set<() => void>();
  let client: Client | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let reconnect: NodeJS.Timeout | undefined;
  let attempts = 0;
  let stopped = false;

  function dispatch(signals: Signal[]): void {
    for (const signal of signals) {
      for (const listener of listeners) {
        try {
          listener(signal);
        } catch (error) {
          log.error({ error, kind: signal.kind }, 'a signal listener failed');
        }
      }
    }
  }

  async function listen(): Promise<void> {
    const next = new Client({
      connectionString: databaseUrl,
      application_name: 'pinchy signals',
      keepAlive: true,
      statement_timeout: heartbeatMs,
    });
    next.on('notification', (message) => receive(message.payload ?? ''));
    next.on('error', () => lose(next));
    next.on('end', () => lose(next));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    if (stopped) return next.end();
    client = next;
    attempts = 0;
    heartbeat = setInterval(() => void beat(next), heartbeatMs);
    heartbeat.unref();
    for (const reset of resetListeners) reset();
  }

  async function beat(current: Client): Promise<void> {
    const deadline = setTimeout(() => lose(current), heartbeatMs / 2);
    try {
      await current.query('select 1');
    } catch {
      lose(current);
    } finally {
      clearTimeout(deadline);
    }
  }

  function lose(lost: Client): void {
    if (client !== lost) return;
    client = undefined;
    clearInterval(heartbeat);
    for (const reset of resetListeners) reset();
    lost.end().catch(() => {});
    if (!stopped) retry();
  }

  function retry(): void {
    const delay = reconnectMs[Math.min(attempts++, reconnectMs.length - 1)] ?? 2_000;
    reconnect = setTimeout(() => {
      listen().catch(() => {
        if (!stopped) retry();
      });
    }, delay);
    reconnect.unref();
  }

  function receive(payload: string): void {
    try {
      const message = JSON.parse(payload) as { origin: string; signals: Signal[] };
      if (message.origin !== origin) dispatch(message.signals);
    } catch (error) {
      log.error({ error }, 'a signal could not be read');
    }
  }

  async function send(tx: Transaction, signals: Signal[]): Promise<void> {
    let batch: Signal[] = [];
    let length = 0;
    const flush = async () => {
      if (batch.length > 0) await notify(tx, { payload: JSON.stringify({ origin, signals: batch }) });
      [batch, length] = [[], 0];
    };
    for (const signal of signals) {
      const added = JSON.stringify(signal).length + 1;
      if (length + added > payloadLimit) await flush();
      batch.push(signal);
      length += added;
    }
    await flush();
  }

  function pendingOf(tx: Transaction): Pending {
    const found = pending.get(tx);
    if (!found) throw new Error('A signal or a last write needs the transaction of Signals.transaction().');
    return found;
  }

  return {
    get listening() {
      return client !== undefined;
    },
    async transaction(authority, work, people, { sendsAtOnce = false } = {}) {
      const { signals, writes }: Pending = { signals: [], writes: [] };
      try {
        const result = await db.transaction(async (tx) => {
          pending.set(tx, { signals, writes });
          const held = authority === systemAuthority ? undefined : holdAuthority(tx, authority, people);
          if (!sendsAtOnce) await held;
          // Also where the authority is refused, the work comes to its end before the rollback: nothing of it may be sent after.
          const [authorised, worked] = await Promise.allSettled([held, work(tx)]);
          if (authorised.status === 'rejected') throw authorised.reason;
          if (worked.status === 'rejected') throw worked.reason;
          const { value } = worked;
          holdFailure(writes, send(tx, signals));
          return value;
        });
        dispatch(signals);
        return result;
      } catch (error) {
        // Of a commit that was none, the reason is the write that failed.
        await Promise.all(writes);
        throw error;
      }
    },
    signal: (tx, signal) => void pendingOf(tx).signals.push(signal),
    write: (tx, sent) => holdFailure(pendingOf(tx).writes, sent),
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onReset(listener) {
      resetListeners.add(listener);
      return () => resetListeners.delete(listener);
    },
    async start() {
      await listen();
    },
    async stop() {
      stopped = true;
      clearTimeout(reconnect);
      clearInterval(heartbeat);
      const last = client;
      client = undefined;
      await last?.end().catch(() => {});
    },
  };
}
