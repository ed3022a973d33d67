import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ServerFrame } from '../../../contract/socket.ts';
import { createTestDatabase } from '../../../test/create-test-app.ts';
import type { ChatClient } from '../../../test/chat/chat-client.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../../test/chat/chat-replica.ts';
import { createScriptedRuntime, model, say, usage } from '../../../test/chat/scripted-runtime.ts';
import type { Answer } from '../../../test/chat/scripted-runtime.ts';
import { messages } from '../../db/schema/index.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
/** Two replicas on one database: the first answers, sockets connect to either. */
let replicas: [ChatReplica, ChatReplica];
let answer: Answer;
let userId: string;
let agentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const start = () =>
    startChatReplica({
      databaseUrl: database.url,
      runtime: createScriptedRuntime((request, signal) => answer(request, signal)),
      messagesPerMinute: 10_000,
      limits: { framesPerSecond: 1_000 },
    });
  replicas = [await start(), await start()];
});

afterAll(async () => {
  for (const replica of replicas ?? []) await replica.stop();
  await database?.drop();
});

beforeEach(async () => {
  ({ userId, agentId } = await createPersonAndAgent(replicas[0].database));
});

/** What a browser shows: built from history and later frames alone, and strict about gaps and repetitions. */
function readerOf() {
  const shown = new Map<string, { content: string; seq: number }>();
  let order: string[] = [];
  return {
    readFrame(frame: ServerFrame): void {
      if (frame.type === 'history') {
        order = frame.messages.map((message) => message.id);
        shown.clear();
        for (const message of frame.messages) {
          if (message.role === 'assistant') shown.set(message.id, { content: message.content, seq: Infinity });
        }
        const active = frame.activeRun;
        if (active?.messageId) {
          expect(shown.has(active.messageId)).toBe(false);
          order.push(active.messageId);
          shown.set(active.messageId, { content: active.content, seq: active.seq });
        }
      } else if (frame.type === 'chunk') {
        const message = shown.get(frame.messageId) ?? { content: '', seq: -1 };
        expect(frame.seq).toBe(message.seq + 1);
        if (!shown.has(frame.messageId)) order.push(frame.messageId);
        shown.set(frame.messageId, { content: message.content + frame.content, seq: frame.seq });
      }
    },
    text: () => order.map((id) => shown.get(id)?.content ?? '').join(''),
  };
}

/** Reads frames from a client, and goes on where it is with the next one after a drop. */
function attach(client: ChatClient, reader: ReturnType<typeof readerOf>): () => ServerFrame[] {
  let taken = 0;
  let started = false;
  return () => {
    const fresh = client.frames.slice(taken);
    taken = client.frames.length;
    const frames: ServerFrame[] = [];
    for (const frame of fresh) {
      if (frame.type === 'history') started = true;
      if (!started) continue;
      reader.readFrame(frame);
      frames.push(frame);
    }
    return frames;
  };
}

test('however often a reader drops, comes back to any replica and asks again, it ends with the whole text, once', async () => {
  const steps = 6;
  const wordsPerStep = 60;
  const whole = Array.from({ length: steps }, (_, step) =>
    Array.from({ length: wordsPerStep }, (__, word) => `${step}.${word}😀 `).join(''),
  ).join('');
  answer = async function* () {
    for (let step = 0; step < steps; step++) {
      for (let word = 0; word < wordsPerStep; word++) {
        yield { type: 'text-delta', text: `${step}.${word}😀 ` };
        if (word % 7 === 0) await sleep(3);
      }
      yield { type: 'step-end', usage, model };
    }
    yield { type: 'finish', reason: 'stop' };
  };
  const action = fc.record({
    wait: fc.integer({ min: 0, max: 40 }),
    what: fc.constantFrom('drop', 'history', 'both'),
    replica: fc.constantFrom(0, 1),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(0, 1),
      async (actions, home) => {
        ({ userId, agentId } = await createPersonAndAgent(replicas[0].database));
        const writer = await replicas[home === 0 ? 0 : 1].connect(userId);
        writer.say(agentId, 'write');
        await writer.next('ack');
        const reader = readerOf();
        let client = await replicas[0].connect(userId);
        let read = attach(client, reader);
        client.send({ type: 'history', agentId });
        for (const { wait, what, replica } of actions) {
          await sleep(wait);
          read();
          if (what !== 'history') {
            client.drop();
            client = await replicas[replica === 0 ? 0 : 1].connect(userId);
            read = attach(client, reader);
          }
          client.send({ type: 'history', agentId });
          if (what === 'both') client.send({ type: 'history', agentId });
        }
        await writer.next('complete');
        await expect
          .poll(() => {
            read();
            return reader.text();
          })
          .toBe(whole);
        writer.drop();
        client.drop();
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

test('history pages back, newest last, and says whether there is more', async () => {
  answer = () => say('ok');
  const client = await replicas[0].connect(userId);
  for (let count = 1; count <= 4; count++) {
    client.say(agentId, `number ${count}`);
    await expect.poll(() => client.all('complete').length).toBe(count);
  }
  const newest = await client.history(agentId, { limit: 3 });
  expect(newest.messages.map((message) => message.content)).toEqual(['ok', 'number 4', 'ok']);
  expect(newest.hasMore).toBe(true);
  const before = await client.history(agentId, { limit: 200, before: newest.messages[0]!.id });
  expect(before.messages.map((message) => message.content)).toEqual([
    ...['number 1', 'ok', 'number 2', 'ok', 'number 3'],
  ]);
  expect(before.hasMore).toBe(false);
  client.send({ type: 'history', agentId, before: userId });
  expect(await client.next('error')).toMatchObject({ code: 'not_found', agentId });
});

test('text is in the database while it is written, a batch at a time', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  answer = async function* () {
    yield { type: 'text-delta', text: 'Kept ' };
    yield { type: 'tool-start', toolCallId: 't', name: 'pinchy_ls', input: {} };
    await gate;
    yield { type: 'tool-end', toolCallId: 't', name: 'pinchy_ls', state: 'done', summary: 's', output: 'o' };
    yield* say('safe.');
  };
  const client = await replicas[0].connect(userId);
  client.say(agentId, 'write');
  const { messageId } = await client.next('tool');
  const stored = () => replicas[0].database.db.select().from(messages).where(eq(messages.id, messageId));
  await expect
    .poll(async () => (await stored())[0])
    .toMatchObject({ content: 'Kept ', seq: 0, state: 'streaming', toolCalls: [{ state: 'running' }] });
  const history = await client.history(agentId);
  expect(history.activeRun).toMatchObject({ messageId, content: 'Kept ', seq: 0, tools: [{ state: 'running' }] });
  expect(history.messages.map((message) => message.role)).toEqual(['user']);
  release();
  await client.next('complete');
  expect((await stored())[0]).toMatchObject({ content: 'Kept safe.', state: 'complete' });
});
