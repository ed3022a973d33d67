import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/create-test-app.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../test/chat/chat-replica.ts';
import { createScriptedRuntime, lastText, model, say, sayForever, usage } from '../../test/chat/scripted-runtime.ts';
import type { Answer } from '../../test/chat/scripted-runtime.ts';
import { auditEntries, conversations, messages, runs, uploads, usageRecords } from '../db/schema/index.ts';
import { titleOf } from './accept-message.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
let answer: Answer;
let userId: string;
let agentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  replica = await startChatReplica({
    databaseUrl: database.url,
    runtime: createScriptedRuntime((request, signal) => answer(request, signal)),
    limits: { messagesPerMinute: 30, framesPerSecond: 100 },
    timings: { thinking: 300 },
    uploads: { readImage: async (upload) => ({ mediaType: upload.mediaType, data: 'aW1hZ2U=' }) },
    priceUsage: () => 0.0000123,
  });
});

afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

beforeEach(async () => {
  answer = (request) => say(`Echo: ${lastText(request)}`);
  ({ userId, agentId } = await createPersonAndAgent(replica.connection));
});

const db = () => replica.connection.db;
const runsOf = (user: string) => db().select().from(runs).where(eq(runs.userId, user)).orderBy(runs.position);

test('a message is acknowledged, answered in chunks, stored with its usage, and the run completes once', async () => {
  const client = await replica.connect(userId);
  const clientMessageId = client.say(agentId, 'good morning');
  const complete = await client.next('complete');
  const types = client.frames.map((frame) => frame.type);
  expect(types.slice(0, 3)).toEqual(['ack', 'thinking', 'chunk']);
  expect(types.slice(-2)).toEqual(['done', 'complete']);
  expect(client.all('ack')).toEqual([
    { type: 'ack', agentId, clientMessageId, messageId: expect.any(String), queued: false },
  ]);
  expect(client.text()).toBe('Echo: good morning');
  const chunks = client.all('chunk');
  expect(chunks.map((chunk) => chunk.seq)).toEqual(chunks.map((_, index) => index));
  expect(new Set(chunks.map((chunk) => chunk.runId))).toEqual(new Set([complete.runId]));
  const done = await client.next('done');
  expect(done.usage).toEqual({ ...usage, cost: '0.0000123' });

  const history = await client.history(agentId);
  expect(history.messages).toEqual([
    expect.objectContaining({ role: 'user', content: 'good morning', clientMessageId }),
    expect.objectContaining({
      role: 'assistant',
      id: done.messageId,
      content: 'Echo: good morning',
      usage: done.usage,
    }),
  ]);
  expect(history).not.toHaveProperty('activeRun');
  const [run] = await runsOf(userId);
  expect(run).toMatchObject({ state: 'completed', steps: 1, replicaId: replica.replicaId });
  const [record] = await db().select().from(usageRecords).where(eq(usageRecords.userId, userId));
  expect(record).toMatchObject({ model, inputTokens: 10, outputTokens: 5, cost: '0.0000123000', source: 'chat' });
  const audit = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.resource, `run:${run!.id}`));
  expect(audit).toMatchObject([{ eventType: 'run.completed', detail: { agentId, model, steps: 1 } }]);
  const [conversation] = await db().select().from(conversations).where(eq(conversations.userId, userId));
  expect(conversation).toMatchObject({ isDefault: true, title: 'good morning' });
  await client.close();
});
