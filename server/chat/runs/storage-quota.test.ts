import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/create-test-app.ts';
import { wholeHistory } from '../../../test/chat/chat-client.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../../test/chat/chat-replica.ts';
import { createScriptedRuntime, say, usage } from '../../../test/chat/scripted-runtime.ts';
import { query } from '../../../test/test-database.ts';
import { numberCitations } from '../../tools/citations/number-citations.ts';
import type { AgentRuntime } from '../../runtime/agent-runtime.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
let answer: AgentRuntime['run'];
const limit = 1024 ** 2;

beforeAll(async () => {
  database = await createTestDatabase();
  replica = await startChatReplica({
    databaseUrl: database.url,
    runtime: createScriptedRuntime((request, signal) => answer(request, signal)),
    messagesPerMinute: 1_000,
    limits: { framesPerSecond: 1_000 },
    bytesPerPerson: limit,
  });
});
afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

const counted = async (userId: string): Promise<number> => {
  const rows = await query<{ bytes: string }>(
    database.url,
    'select text_bytes as bytes from personal_storage where user_id = $1',
    [userId],
  );
  return Number(rows[0]?.bytes ?? 0);
};
const stored = async (userId: string): Promise<number> => {
  const rows = await query<{ bytes: string | null }>(
    database.url,
    `select sum(bytes) as bytes from (
       select conversation_id, shown_bytes + output_bytes as bytes from messages
       union all select conversation_id, octet_length(path || place || text) from conversation_passages
     ) as texts join conversations on conversations.id = conversation_id where user_id = $1`,
    [userId],
  );
  return Number(rows[0]?.bytes ?? 0);
};
const deleteConversations = (userId: string) =>
  query(database.url, 'delete from conversations where user_id = $1', [userId]);

test('what is said, answered and read takes room; a full one refuses messages until conversations are deleted', async () => {
  const { userId, agentId } = await createPersonAndAgent(replica.database);
  answer = async function* () {
    yield { type: 'tool-start', toolCallId: 't1', name: 'read', input: {} };
    yield {
      type: 'tool-end',
      toolCallId: 't1',
      name: 'read',
      state: 'done',
      summary: 'Read',
      output: 'x'.repeat(60_000),
    };
    yield { type: 'step-end', usage, model: 'ollama-local/scripted' };
    yield* say('y'.repeat(300_000));
  };
  const client = await replica.connect(userId);
  for (let count = 1; count <= 3; count++) {
    client.say(agentId, 'more');
    await expect.poll(() => client.all('complete').length).toBe(count);
  }
  expect(await counted(userId)).toBe(await stored(userId));
  expect(await counted(userId)).toBeGreaterThan(limit);
  const refused = client.say(agentId, 'and more');
  const error = await client.next('error', ({ clientMessageId }) => clientMessageId === refused);
  expect(error).toMatchObject({ code: 'too_long', retryable: false });
  expect(error.message).toContain('1 MiB altogether');
  expect(error.message).toContain('Delete conversations');
  expect((await wholeHistory(client, agentId)).filter(({ role }) => role === 'user')).toHaveLength(3);

  await deleteConversations(userId);
  expect(await counted(userId)).toBe(0);
  client.say(agentId, 'again');
  await expect.poll(() => client.all('complete').length).toBe(4);
  expect(await counted(userId)).toBe(await stored(userId));
});

test('passages that tools gave an agent to read take room, each once, until their conversation is deleted', async () => {
  const { userId, agentId } = await createPersonAndAgent(replica.database);
  const text = 'Ü'.repeat(1_000);
  const path = '/data/hr/leave.md';
  answer = async function* ({ conversationId, runId }) {
    const citations = numberCitations(replica.signals, { conversationId, runId, toolCallId: 't1' });
    await Promise.all([1, 2, 2].map((page) => citations.number({ path, place: `page ${page}`, text })));
    yield* say('ok');
  };
  const client = await replica.connect(userId);
  for (let count = 1; count <= 2; count++) {
    client.say(agentId, 'read');
    await expect.poll(() => client.all('complete').length).toBe(count);
  }
  const passages = 2 * (2_000 + path.length + 'page 1'.length);
  expect(await counted(userId)).toBeGreaterThan(passages);
  expect(await counted(userId)).toBe(await stored(userId));
  await deleteConversations(userId);
  expect(await counted(userId)).toBe(0);
});

test('messages sent at once cannot take more than there is', async () => {
  const { userId, agentId } = await createPersonAndAgent(replica.database);
  answer = () => say('ok');
  const chats = await query<{ id: string }>(
    database.url,
    `insert into conversations (user_id, agent_id) select $1, $2 from generate_series(1, 12) returning id`,
    [userId, agentId],
  );
  await query(
    database.url,
    `insert into messages (conversation_id, role, content) values ($1, 'user', repeat('z', $2))`,
    [chats[0]!.id, limit - 100_000],
  );
  const clients = await Promise.all(chats.map(() => replica.connect(userId)));
  clients.forEach((client, index) => client.say(agentId, 'm'.repeat(30_000), { chatId: chats[index]!.id }));
  await expect
    .poll(() => clients.map((client) => client.all('ack').length + client.all('error').length))
    .toEqual(chats.map(() => 1));
  expect(clients.filter((client) => client.all('ack').length === 1)).toHaveLength(3);
  await Promise.all(
    clients.filter((client) => client.all('ack').length === 1).map((client) => client.next('complete')),
  );
  expect(await counted(userId)).toBe(await stored(userId));
});

test('the count stays exact while conversations are written to, aborted and deleted at once', async () => {
  const { userId, agentId } = await createPersonAndAgent(replica.database);
  answer = async function* (_request, signal) {
    for (let count = 0; count < 20 && !signal.aborted; count++) {
      yield* say('word '.repeat(50));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const chats = await query<{ id: string }>(
    database.url,
    `insert into conversations (user_id, agent_id) select $1, $2 from generate_series(1, 9) returning id`,
    [userId, agentId],
  );
  const client = await replica.connect(userId);
  for (const { id } of chats) client.say(agentId, 'go', { chatId: id });
  await expect.poll(() => client.all('ack').length).toBe(9);
  chats.forEach(({ id }, index) => {
    if (index % 3 === 0) client.send({ type: 'abort', agentId, chatId: id });
    if (index % 3 === 1) void query(database.url, 'delete from conversations where id = $1', [id]);
  });
  await expect.poll(() => replica.chat.countRuns()).toBe(0);
  await expect.poll(async () => (await stored(userId)) - (await counted(userId))).toBe(0);
  expect(await counted(userId)).toBeGreaterThan(0);
  await deleteConversations(userId);
  expect(await counted(userId)).toBe(0);
});
