import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPersonAndAgent } from '../../../test/chat/chat-replica.ts';
import { createTestDatabase } from '../../../test/create-test-app.ts';
import { query } from '../../../test/test-database.ts';
import { connectDatabase, type Transaction } from '../../db/client.ts';
import { numberPassages } from '../../tools/citations/passage.queries.ts';
import { findSources } from './find-sources.ts';

// Real: PostgreSQL, as it is before it has looked at what a table holds.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connected: ReturnType<typeof connectDatabase>;

beforeAll(async () => {
  database = await createTestDatabase();
  connected = connectDatabase(database.url);
});
afterAll(async () => {
  await connected?.close();
  await database?.drop();
});

/** How often this transaction has begun to look for messages. */
async function looksAtMessages(tx: Transaction): Promise<number> {
  const { rows } = await tx.execute<{ looks: number }>(
    `select (seq_scan + idx_scan)::int as looks from pg_stat_xact_user_tables where relname = 'messages'`,
  );
  return rows[0]?.looks ?? 0;
}

test('passages are found and numbered by a few looks at the messages, however many of them there are', async () => {
  const { userId, agentId } = await createPersonAndAgent(connected);
  const conversationId = randomUUID();
  await query(database.url, `insert into conversations (id, user_id, agent_id) values ($1, $2, $3)`, [
    conversationId,
    userId,
    agentId,
  ]);
  await query(
    database.url,
    `with run as (select gen_random_uuid() as id, number from generate_series(1, 400) as number),
     said as (insert into messages (conversation_id, run_id, role, content) select $1, id, 'assistant', 'Read.' from run)
     insert into conversation_passages (conversation_id, number, run_id, tool_call_id, path, place, text, digest)
     select $1, number, id, 'call', '/data/hr/leave.pdf', 'page ' || number, 'Text.', 'digest ' || number from run`,
    [conversationId],
  );
  const call = { conversationId, runId: randomUUID(), toolCallId: 'call' };
  const passage = { path: '/data/hr/leave.pdf', place: 'page 7', text: 'Text.' };

  const found = await connected.db.transaction(async (tx) => ({
    sources: await findSources(tx, { ...call, content: 'See [7] and [399], in leave.pdf.' }),
    looks: await looksAtMessages(tx),
  }));
  expect(found.sources.map(({ number }) => number)).toEqual([7, 399]);
  expect(found.looks).toBeLessThanOrEqual(4);

  const given = await connected.db.transaction(async (tx) => ({
    numbers: await numberPassages(tx, call, [
      { ...passage, digest: 'digest 7' },
      { ...passage, digest: 'another' },
    ]),
    looks: await looksAtMessages(tx),
  }));
  expect([...given.numbers!]).toEqual([
    ['digest 7', 7],
    ['another', 401],
  ]);
  expect(given.looks).toBeLessThanOrEqual(4);
});
