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

/** How often messages are looked for meanwhile. What a connection counts, PostgreSQL takes over only now and then. */
async function countLooks<Value>(work: (tx: Transaction) => Promise<Value>) {
  return connected.db.transaction(async (tx) => {
    const counted = async () => {
      const { rows } = await tx.execute<{ looks: number }>(
        `select (seq_scan + idx_scan)::int as looks from pg_stat_xact_user_tables where relname = 'messages'`,
      );
      return rows[0]!.looks;
    };
    const before = await counted();
    const value = await work(tx);
    return { value, looks: (await counted()) - before };
  });
}

test.each([
  ['by runs that are shown', `id, '{}'`],
  ['on a branch that is hidden, and again by runs that are shown', 'gen_random_uuid(), array[id]'],
])('passages returned %s are found and numbered by a few looks at the messages', async (_how, returnedBy) => {
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
     insert into conversation_passages
       (conversation_id, number, run_id, later_run_ids, tool_call_id, path, place, text, digest)
     select $1, number, ${returnedBy}, 'call', '/data/hr/leave.pdf', 'page ' || number, 'Text.', 'digest ' || number
     from run`,
    [conversationId],
  );
  const call = { conversationId, runId: randomUUID(), toolCallId: 'call' };
  const passage = { path: '/data/hr/leave.pdf', place: 'page 7', text: 'Text.' };

  const found = await countLooks((tx) => findSources(tx, { ...call, content: 'See [7] and [399], in leave.pdf.' }));
  expect(found.value.map(({ number }) => number)).toEqual([7, 399]);
  expect(found.looks).toBeLessThanOrEqual(4);

  const given = await countLooks((tx) =>
    numberPassages(tx, call, [
      { ...passage, digest: 'digest 7' },
      { ...passage, digest: 'another' },
    ]),
  );
  expect([...given.value!]).toEqual([
    ['digest 7', 7],
    ['another', 401],
  ]);
  expect(given.looks).toBeLessThanOrEqual(4);
});
