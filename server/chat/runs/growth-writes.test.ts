import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../../test/chat/chat-replica.ts';
import { createScriptedRuntime, say } from '../../../test/chat/scripted-runtime.ts';
import { createTestDatabase } from '../../../test/create-test-app.ts';
import { query } from '../../../test/test-database.ts';

// Real: the chat, its socket and PostgreSQL, which counts what is written of an answer that grows, and takes as long as it is told.

const persistMs = 50;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
const words = Array.from({ length: 160 }, (_, number) => `word ${number} `);

beforeAll(async () => {
  database = await createTestDatabase();
  await query(database.url, 'create sequence growth_writes; create table growth_pause (seconds float);');
  await query(
    database.url,
    `create function count_growth() returns trigger language plpgsql as $$
      begin
        if exists (select from grown where state = 'streaming') then
          perform nextval('growth_writes');
          perform pg_sleep((select seconds from growth_pause));
        end if;
        return null;
      end $$;
    create trigger count_growth after update on messages referencing new table as grown
      for each statement execute function count_growth();
    insert into growth_pause values (0)`,
  );
  replica = await startChatReplica({
    databaseUrl: database.url,
    runtime: createScriptedRuntime(() => say(words, 10)),
    timings: { persist: persistMs },
  });
});
afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

/** Lets an answer grow for about two seconds, and says how often its growth was written. */
async function countWrites(pauseSeconds: number): Promise<number> {
  await query(database.url, `update growth_pause set seconds = ${pauseSeconds}; `);
  await query(database.url, `alter sequence growth_writes restart`);
  const { userId, agentId } = await createPersonAndAgent(replica.database);
  const client = await replica.connect(userId);
  client.say(agentId, 'go');
  await client.next('complete', undefined, 15_000);
  const stored = await query<{ content: string }>(
    database.url,
    `select content from messages join conversations on conversations.id = conversation_id
     where user_id = $1 and role = 'assistant'`,
    [userId],
  );
  expect(stored).toEqual([{ content: words.join('') }]);
  const [row] = await query<{ next: string }>(database.url, `select nextval('growth_writes') as next`);
  return Number(row?.next) - 1;
}

test('growth is written less often where writing takes long, and nothing of the answer is lost', async () => {
  const quick = await countWrites(0);
  const slow = await countWrites(0.2);
  expect(quick).toBeGreaterThan(10);
  // Each write and its rest take 0.8 s of about two.
  expect(slow).toBeGreaterThan(0);
  expect(slow).toBeLessThanOrEqual(4);
});
