import { sql, type SQL } from 'drizzle-orm';
import type { WritableDatabase } from '../../db/client.ts';
import type { Logger } from '../../platform/logger.ts';
import type { StoredToolCall, StoredToolOutput } from '../../db/schema/index.ts';
import type { LiveMessage } from './live-run.ts';
import { splitToolCalls } from './tool-call-record.ts';

/** Writes what running answers have grown by: one statement for all runs of this process per interval, not per token. */
export interface MessageWriter {
  flush(): Promise<void>;
  /** The same by the clock: passed over until the database has had its rest from the last one. */
  flushInTurn(): Promise<void>;
  /** Somebody on another process reads along, and sees what is written: for a while it is, more often. */
  noteFollowed(conversationId: string): void;
  /** Writes only what is followed. */
  flushFollowed(): Promise<void>;
}

/** How long one note counts. */
export const followedMs = 6_000;
/** Each write takes the whole message; more than these go by the common interval. */
const maxFollowed = 50;
/** Growth takes a quarter of the time at most; where it takes long, the database has more to do than that. */
const restAfter = 3;

export function createMessageWriter(options: {
  db: WritableDatabase;
  log: Logger;
  growing: () => Iterable<LiveMessage>;
  /** The row is gone or was closed by another replica: this process does not own the answer any more. */
  onLost: (message: LiveMessage) => void;
}): MessageWriter {
  const { db, log, growing, onLost } = options;
  let running: Promise<void> | undefined;
  let restsUntil = -Infinity;
  /** Until when, by conversation. */
  const followed = new Map<string, number>();

  const hasGrown = ({ stored, seq, ended }: LiveMessage) =>
    !ended && (!stored.inserted || stored.seq !== seq || stored.toolsChanged);

  function isFollowed({ conversationId }: LiveMessage): boolean {
    const until = followed.get(conversationId);
    if (until === undefined || until > performance.now()) return until !== undefined;
    followed.delete(conversationId);
    return false;
  }

  async function writeGrown(isWanted: (message: LiveMessage) => boolean): Promise<void> {
    const grown = [...growing()].filter((message) => hasGrown(message) && isWanted(message));
    if (grown.length === 0) return;
    try {
      await write(grown);
    } catch (error) {
      log.warn({ error, messages: grown.length }, 'growing answers could not be written together');
      // One that cannot be written, such as one whose conversation is just being deleted, must not hold up the others.
      for (const message of grown) await write([message]).catch(() => undefined);
    }
  }

  async function write(batch: LiveMessage[]): Promise<void> {
    await insert(batch.filter((message) => !message.stored.inserted && !message.ended));
    await append(batch.filter((message) => message.stored.inserted && hasGrown(message)));
  }

  async function insert(batch: LiveMessage[]): Promise<void> {
    if (batch.length === 0) return;
    const rows = batch.map(takeGrowth);
    const written = await execute(
      rows,
      sql`
      insert into messages (id, conversation_id, run_id, role, content, seq, tool_calls, tool_outputs, state,
        fallback_model)
      select g.id, g."conversationId", g."runId", 'assistant', g.text, g.seq, coalesce(g.tools, '[]'),
        coalesce(g.outputs, '[]'), 'streaming', g."fallbackModel"
      from jsonb_to_recordset(${JSON.stringify(rows.map((row) => row.growth))}::jsonb)
        as g(id uuid, "conversationId" uuid, "runId" uuid, text text, seq int, tools jsonb, outputs jsonb,
          "fallbackModel" text)
      join runs on runs.id = g."runId" and runs.state = 'running'
      on conflict (id) do nothing returning id`,
    );
    settle(rows, written, 'insert');
  }

  async function append(batch: LiveMessage[]): Promise<void> {
    if (batch.length === 0) return;
    const rows = batch.map(takeGrowth);
    const payload = JSON.stringify(rows.map((row) => row.growth));
    // The number of the last stored chunk guards the append: repeated after a lost connection it changes nothing.
    const written = await execute(
      rows,
      sql`
      update messages set content = messages.content || g.text, seq = g.seq,
        tool_calls = coalesce(g.tools, messages.tool_calls), tool_outputs = coalesce(g.outputs, messages.tool_outputs)
      from jsonb_to_recordset(${payload}::jsonb)
        as g(id uuid, base int, text text, seq int, tools jsonb, outputs jsonb)
      where messages.id = g.id and messages.seq = g.base and messages.state = 'streaming'
      returning messages.id`,
    );
    settle(rows, written, 'append');
    for (const row of rows) if (!written.has(row.growth.id)) await rewrite(row.message);
  }

  /** Returns the ids of the messages that were written. */
  async function execute(rows: Taken[], statement: SQL): Promise<Set<string>> {
    try {
      const written = await db.execute<{ id: string }>(statement);
      return new Set(written.rows.map((row) => row.id));
    } catch (error) {
      for (const { message, growth } of rows) if (growth.tools) message.stored.toolsChanged = true;
      throw error;
    }
  }

  /** After an append whose outcome was never heard. */
  async function rewrite(message: LiveMessage): Promise<void> {
    if (message.ended) return;
    const { content, seq } = message;
    const { toolCalls, toolOutputs } = splitToolCalls(message.toolCalls);
    const written = await db.execute(sql`
      update messages set content = ${content}, seq = ${seq}, tool_calls = ${JSON.stringify(toolCalls)}::jsonb,
        tool_outputs = ${JSON.stringify(toolOutputs)}::jsonb
      where id = ${message.id} and state = 'streaming' and seq <= ${seq}`);
    if (message.ended) return;
    if (written.rowCount === 0) onLost(message);
    else message.stored = { inserted: true, seq, length: content.length, toolsChanged: false };
  }

  const once = (isWanted: (message: LiveMessage) => boolean) =>
    writeGrown(isWanted).finally(() => (running = undefined));

  async function flush(): Promise<void> {
    // One that writes less than everything may be under way.
    await running;
    await (running ??= once(() => true));
  }

  return {
    flush,
    async flushInTurn() {
      const begun = performance.now();
      if (begun < restsUntil) return;
      restsUntil = Infinity;
      await flush();
      restsUntil = performance.now() + (performance.now() - begun) * restAfter;
    },
    noteFollowed: (conversationId) => void followed.set(conversationId, performance.now() + followedMs),
    async flushFollowed() {
      if (followed.size > 0 && followed.size <= maxFollowed) await (running ??= once(isFollowed));
    },
  };
}

interface Growth {
  id: string;
  conversationId: string;
  runId: string;
  base: number;
  seq: number;
  text: string;
  tools: StoredToolCall[] | undefined;
  outputs: StoredToolOutput[] | undefined;
  fallbackModel: string | null;
}

interface Taken {
  message: LiveMessage;
  growth: Growth;
  length: number;
}

/** What is new of a message now; it may grow on while this is written. */
function takeGrowth(message: LiveMessage): Taken {
  const { id, conversationId, runId, content, seq, stored, fallbackModel } = message;
  const changed = stored.toolsChanged ? splitToolCalls(message.toolCalls) : undefined;
  const growth = {
    id,
    conversationId,
    runId,
    base: stored.seq,
    seq,
    text: content.slice(stored.length),
    tools: changed?.toolCalls,
    outputs: changed?.toolOutputs,
    fallbackModel,
  };
  stored.toolsChanged = false;
  return { message, growth, length: content.length };
}

function settle(rows: Taken[], written: Set<string>, kind: 'insert' | 'append'): void {
  for (const { message, growth, length } of rows) {
    if (!written.has(growth.id)) {
      if (growth.tools) message.stored.toolsChanged = true;
      // A row that is there already came from an insert whose answer was lost: the next append finds out.
      if (kind === 'insert') message.stored.inserted = true;
      continue;
    }
    message.stored.inserted = true;
    message.stored.seq = growth.seq;
    message.stored.length = length;
  }
}
