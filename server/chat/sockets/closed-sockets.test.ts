import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/create-test-app.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../../test/chat/chat-replica.ts';
import { query } from '../../../test/test-database.ts';
import { createReadingQueue } from './reading-queue.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
let pagesRead = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const queue = createReadingQueue();
  replica = await startChatReplica({
    databaseUrl: database.url,
    messagesPerMinute: 1_000,
    reading: {
      ...queue,
      async takeTurn(turn) {
        const end = await queue.takeTurn(turn);
        pagesRead += 1;
        return end;
      },
    },
  });
});
afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

test('what waits in a socket that closes is not begun', async () => {
  const { userId, agentId } = await createPersonAndAgent(replica.database);
  const first = await replica.connect(userId);
  first.say(agentId, 'hello');
  await first.next('complete');
  await query(
    database.url,
    `insert into messages (conversation_id, role, content)
     select id, 'user', repeat('long ', 1000) from conversations, generate_series(1, 200) where user_id = $1`,
    [userId],
  );
  await first.close();
  pagesRead = 0;
  for (let sockets = 0; sockets < 10; sockets++) {
    const client = await replica.connect(userId);
    for (let frames = 0; frames < 49; frames++) client.send({ type: 'history', agentId, limit: 200 });
    await client.close();
  }
  // What was under way may end; nothing is begun any more.
  await sleep(500);
  const begun = pagesRead;
  await sleep(2_000);
  expect(pagesRead).toBe(begun);
  expect(pagesRead).toBeLessThan(10 * 49);

  const talker = await replica.connect(userId);
  for (let frames = 0; frames < 40; frames++) talker.send({ type: 'history', agentId, limit: 200 });
  talker.say(agentId, 'never acknowledged');
  talker.drop();
  await sleep(1_000);
  const again = await replica.connect(userId);
  expect((await again.history(agentId)).messages.at(-1)!.content).not.toContain('never acknowledged');
  await again.close();
});

test('a history that is read for a socket that closes is not waited for', async () => {
  const { userId, agentId } = await createPersonAndAgent(replica.database);
  const client = await replica.connect(userId);
  expect((await client.history(agentId)).messages).toEqual([]);
  const before = pagesRead;
  client.send({ type: 'history', agentId });
  client.send({ type: 'history', agentId });
  client.drop();
  await sleep(500);
  expect(pagesRead - before).toBeLessThan(2);
});
