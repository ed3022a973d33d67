import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryMessage } from '../../contract/socket.ts';
import { createTestDatabase } from '../../test/create-test-app.ts';
import type { ChatClient } from '../../test/chat/chat-client.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../test/chat/chat-replica.ts';
import { type Answer, createScriptedRuntime, model, say, sayForever, usage } from '../../test/chat/scripted-runtime.ts';
import { auditEntries, runs, uploads } from '../db/schema/index.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
let other: ChatReplica;
let answer: Answer;
let userId: string;
let agentId: string;
let client: ChatClient;
let answers = 0;

const runtime = createScriptedRuntime((request, signal) => answer(request, signal));

beforeAll(async () => {
  database = await createTestDatabase();
  const options = { databaseUrl: database.url, runtime, messagesPerMinute: 1_000, limits: { framesPerSecond: 100 } };
  replica = await startChatReplica(options);
  other = await startChatReplica(options);
});

afterAll(async () => {
  await replica?.stop();
  await other?.stop();
  await database?.drop();
});

beforeEach(async () => {
  answers = 0;
  answer = () => say(`A${(answers += 1)}`);
  ({ userId, agentId } = await createPersonAndAgent(replica.database));
  client = await replica.connect(userId);
});

const saw = () => runtime.requests.at(-1)!.messages.map(({ text }) => text);
const shown = async (who = client) => (await who.history(agentId)).messages;
const texts = (messages: HistoryMessage[]) => messages.map(({ content }) => content);
const marks = (messages: HistoryMessage[]) =>
  messages.flatMap(({ content, branches }) =>
    branches ? [`${content}: ${branches.number} of ${branches.count}`] : [],
  );
const find = async (content: string) => (await shown()).find((message) => message.content === content)!;

/** Sends a frame that is answered, and waits for the end of the answer. */
async function ask(frame: Record<string, unknown>, who = client): Promise<string> {
  const clientMessageId = (frame['clientMessageId'] as string | undefined) ?? randomUUID();
  const ended = who.all('complete').length;
  who.send({ agentId, clientMessageId, ...frame });
  const { messageId } = await who.next('ack', (ack) => ack.clientMessageId === clientMessageId);
  await expect.poll(() => who.all('complete').length).toBe(ended + 1);
  return messageId;
}
const tell = (content: string) => ask({ type: 'message', content });
const edit = (messageId: string, content: string) => ask({ type: 'edit', messageId, content });
const regenerate = (messageId: string, more = {}) => ask({ type: 'regenerate', messageId, ...more });
async function show(messageId: string, who = client): Promise<void> {
  const before = who.all('changed').length;
  who.send({ type: 'branch', agentId, messageId });
  await expect.poll(() => who.all('changed').length).toBeGreaterThan(before);
}
/** Sends a frame that is refused. */
async function refused(frame: Record<string, unknown>, who = client) {
  const before = who.all('error').length;
  who.send({ agentId, clientMessageId: randomUUID(), ...frame });
  await expect.poll(() => who.all('error').length).toBe(before + 1);
  return who.all('error')[before]!;
}
async function refusedBranch(messageId: string, who: ChatClient) {
  const before = who.all('error').length;
  who.send({ type: 'branch', agentId, messageId });
  await expect.poll(() => who.all('error').length).toBe(before + 1);
  return who.all('error')[before]!;
}
const branchings = async () =>
  (await replica.database.db.select().from(auditEntries).where(eq(auditEntries.eventType, 'conversation.branched')))
    .map(({ actorId, detail }) => ({ actorId, detail: detail as Record<string, unknown> }))
    .filter(({ actorId }) => actorId === userId)
    .map(({ detail: { by, hidden, shown: back } }) => ({ by, hidden, shown: back }));

describe('branches of a conversation', () => {
  test('an edited message is answered without what it replaces, and each branch comes back as it was', async () => {
    await tell('Q1');
    const second = await tell('Q2');
    await tell('Q3');
    await edit(second, 'Q2 anew');
    expect(saw()).toEqual(['Q1', 'A1', 'Q2 anew']);
    expect(texts(await shown())).toEqual(['Q1', 'A1', 'Q2 anew', 'A4']);
    expect(marks(await shown())).toEqual(['Q2 anew: 2 of 2']);

    const { branches } = await find('Q2 anew');
    expect(branches).toEqual({ number: 2, count: 2, previous: second });
    await show(second);
    expect(texts(await shown())).toEqual(['Q1', 'A1', 'Q2', 'A2', 'Q3', 'A3']);
    expect(marks(await shown())).toEqual(['Q2: 1 of 2']);
    await tell('Q4');
    expect(saw()).toEqual(['Q1', 'A1', 'Q2', 'A2', 'Q3', 'A3', 'Q4']);
    await show((await find('Q2')).branches!.next!);
    await tell('Q5');
    expect(saw()).toEqual(['Q1', 'A1', 'Q2 anew', 'A4', 'Q5']);
    expect(await branchings()).toEqual([
      { by: 'edit', hidden: 4, shown: 1 },
      { by: 'step', hidden: 2, shown: 4 },
      { by: 'step', hidden: 6, shown: 2 },
    ]);
  });

  test('a message is answered anew, the first one too, and branches part within branches', async () => {
    const first = await tell('Q1');
    await regenerate(first);
    await regenerate(first);
    expect(saw()).toEqual(['Q1']);
    expect(texts(await shown())).toEqual(['Q1', 'A3']);
    expect(marks(await shown())).toEqual(['A3: 3 of 3']);
    expect((await branchings()).map(({ by }) => by)).toEqual(['regenerate', 'regenerate']);
    await show((await find('A3')).branches!.previous!);
    await tell('Q2');
    expect(saw()).toEqual(['Q1', 'A2', 'Q2']);
    await edit(first, 'Q1 anew');
    expect(saw()).toEqual(['Q1 anew']);
    expect(marks(await shown())).toEqual(['Q1 anew: 2 of 2']);
    // Back to the newest of what was there.
    await show(first);
    expect(texts(await shown())).toEqual(['Q1', 'A3']);
    await show((await find('A3')).branches!.previous!);
    expect(texts(await shown())).toEqual(['Q1', 'A2', 'Q2', 'A4']);
    expect(marks(await shown())).toEqual(['Q1: 1 of 2', 'A2: 2 of 3']);
    const conversation = await client.history(agentId);
    expect(conversation.branch).toBe(6);
  });

  test('an answer that failed is replaced, and its reason goes with it', async () => {
    answer = async function* () {
      yield { type: 'error', code: 'provider_quota', message: 'Out of credit.', retryable: false };
    };
    const first = await tell('Q1');
    expect(await find('Q1')).toMatchObject({ finishReason: 'error' });
    answer = () => say('Paid.');
    await regenerate(first);
    const [question, answered] = await shown();
    expect(question).not.toHaveProperty('finishReason');
    expect(answered).toMatchObject({ content: 'Paid.', finishReason: 'stop' });
    expect(marks(await shown())).toEqual([]);
  });

  test('what compaction kept belongs to its branch', async () => {
    const first = await tell('Q1');
    answer = async function* ({ messages }) {
      const throughPosition = messages.at(-2)!.position;
      yield { type: 'compacted', summary: 'They spoke of Q1.', throughPosition, usage, model };
      yield* say('A2');
    };
    await tell('Q2');
    answer = () => say('A3');
    await tell('Q3');
    const last = runtime.requests.at(-1)!;
    expect([last.summary, saw()]).toEqual(['They spoke of Q1.', ['Q2', 'A2', 'Q3']]);
    await edit(first, 'Q1 anew');
    expect([runtime.requests.at(-1)!.summary, saw()]).toEqual([null, ['Q1 anew']]);
    await show(first);
    await tell('Q4');
    expect([runtime.requests.at(-1)!.summary, saw()]).toEqual(['They spoke of Q1.', ['Q2', 'A2', 'Q3', 'A3', 'Q4']]);
  });

  test('a message keeps its attachments in other words', async () => {
    const id = randomUUID();
    const file = { id, agentId, userId, filename: 'plan.txt', mediaType: 'text/plain', size: 3 };
    await replica.database.db.insert(uploads).values(file);
    const first = await ask({ type: 'message', content: 'Read it.', attachmentIds: [id] });
    const anew = await edit(first, 'Read it well.');
    await edit(anew, 'Read it twice.');
    expect(saw()[0]).toMatch(/^Read it twice\.\n\nAttached files[\s\S]*plan\.txt/);
    expect((await find('Read it twice.')).attachments).toMatchObject([{ id, filename: 'plan.txt' }]);
  });

  test('another model answers for those who may edit the agent, and only one that is offered', async () => {
    const first = await tell('Q1');
    const frame = { type: 'regenerate', messageId: first, model: 'ollama-local/other' };
    expect(await refused(frame)).toMatchObject({ code: 'model_not_found' });
    replica.editors.add(userId);
    expect(await refused({ ...frame, model: 'elsewhere/other' })).toMatchObject({ code: 'model_not_found' });
    expect(texts(await shown())).toEqual(['Q1', 'A1']);
    await regenerate(first, { model: 'ollama-local/other' });
    expect(runtime.requests.at(-1)!.model).toBe('ollama-local/other');
    await tell('Q2');
    expect(runtime.requests.at(-1)!.model).toBe('ollama-local/scripted');
  });

  test('nothing branches while an answer is written or waits, on whichever replica, and two at once are one', async () => {
    const first = await tell('Q1');
    answer = () => sayForever();
    client.say(agentId, 'Q2');
    await client.next('chunk', ({ content }) => content.startsWith('3'));
    const elsewhere = await other.connect(userId);
    for (const who of [client, elsewhere]) {
      const errors = [
        await refused({ type: 'edit', messageId: first, content: 'Q1 anew' }, who),
        await refused({ type: 'regenerate', messageId: first }, who),
        await refusedBranch(first, who),
      ];
      for (const error of errors) expect(error).toMatchObject({ code: 'run_active', retryable: true });
    }
    client.send({ type: 'abort', agentId });
    await expect.poll(async () => (await client.history(agentId)).activeRun).toBeUndefined();

    answer = () => say('Once.');
    const frames = [client, elsewhere].map((who) => ({ who, clientMessageId: randomUUID() }));
    for (const { who, clientMessageId } of frames)
      who.send({ type: 'regenerate', agentId, messageId: first, clientMessageId });
    await expect.poll(async () => texts(await shown()).at(-1)).toBe('Once.');
    await expect
      .poll(
        () => [client, elsewhere].flatMap((who) => who.all('error')).filter(({ code }) => code === 'not_found').length,
      )
      .toBe(0);
    expect(texts(await shown(elsewhere))).toEqual(['Q1', 'Once.']);
  });

  test('an edit that is sent twice is stored and answered once', async () => {
    const first = await tell('Q1');
    const clientMessageId = randomUUID();
    await ask({ type: 'edit', messageId: first, content: 'Q1 anew', clientMessageId });
    client.send({ type: 'edit', agentId, messageId: first, content: 'Q1 anew', clientMessageId });
    await expect.poll(() => client.all('ack').filter((ack) => ack.clientMessageId === clientMessageId).length).toBe(2);
    expect(texts(await shown())).toEqual(['Q1 anew', 'A2']);
    expect(await replica.database.db.select().from(runs).where(eq(runs.userId, userId))).toHaveLength(2);
  });

  test('other tabs and replicas show the branch that was chosen', async () => {
    const elsewhere = await other.connect(userId);
    const first = await tell('Q1');
    await edit(first, 'Q1 anew');
    await shown(elsewhere);
    const heard = elsewhere.all('changed').length;
    await show(first);
    await expect
      .poll(() =>
        elsewhere
          .all('changed')
          .slice(heard)
          .map(({ change }) => change),
      )
      .toContain('branched');
    expect(texts(await shown(elsewhere))).toEqual(['Q1', 'A1']);
  });

  test('messages of others, of another conversation, of the agent and hidden ones are not found, and change nothing', async () => {
    const first = await tell('Q1');
    const stranger = await createPersonAndAgent(replica.database);
    const thief = await replica.connect(stranger.userId);
    thief.say(agentId, 'Mine');
    await thief.next('complete');
    await edit(first, 'Q1 anew');
    const written = await find('A3');
    for (const frame of [
      { type: 'edit', messageId: first, content: 'x' },
      { type: 'edit', messageId: written.id, content: 'x' },
      { type: 'edit', messageId: randomUUID(), content: 'x' },
      { type: 'regenerate', messageId: first },
      { type: 'regenerate', messageId: written.id },
    ]) {
      expect(await refused(frame)).toMatchObject({ code: 'not_found' });
      expect(await refused(frame, thief)).toMatchObject({ code: 'not_found' });
    }
    expect(await refusedBranch(first, thief)).toMatchObject({ code: 'not_found' });
    expect(await refused({ type: 'edit', messageId: (await find('Q1 anew')).id, content: '  ' })).toMatchObject({
      code: 'invalid_frame',
    });
    expect(texts(await shown())).toEqual(['Q1 anew', 'A3']);
    replica.outsiders.add(userId);
    expect(await refusedBranch(first, client)).toMatchObject({ code: 'not_found' });
    replica.outsiders.delete(userId);
  });
});
