import { afterAll, beforeAll, expect, test } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';

// Real: server, sockets, PostgreSQL. Doubled: the model.

let model: ModelDouble;
let server: TestApp;
let address: string;
let admin: TestUser;
let member: TestUser;
let agentId: string;

beforeAll(async () => {
  model = await startModelDouble({ kind: 'anthropic' });
  server = await createTestApp({ environment: { ANTHROPIC_BASE_URL: model.url } });
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
  member = await createMember(server.app, admin, { name: 'Ada Secret-Name' });
  agentId = (await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' })).body.id;
  address = (await server.listen()).replace('http', 'ws');
});
afterAll(async () => {
  await server?.close();
  await model?.close();
});

interface Answered {
  messageId: string;
  questionId: string;
  chatId: string;
}

/** Something is asked and answered in a conversation of its own. */
async function ask(who: TestUser, question: string, answer: string, more = {}): Promise<Answered> {
  const client = await connectClient(`${address}/api/ws`, { cookie: who.cookie });
  model.respondNext([{ text: answer }]);
  const chatId = crypto.randomUUID();
  client.say(agentId, question, { chatId, begins: true, ...more });
  await client.next('complete');
  const { messages } = await client.history(agentId, { chatId });
  await client.close();
  return { chatId, questionId: messages[0]!.id, messageId: messages[1]!.id };
}

const rate = (who: TestUser, messageId: string, body: object) =>
  who.request('PUT', `/api/agents/${agentId}/messages/${messageId}/rating`, body);
const takeBack = (who: TestUser, messageId: string) =>
  who.request('DELETE', `/api/agents/${agentId}/messages/${messageId}/rating`);
const summary = async () => (await admin.request('GET', `/api/usage/ratings?agentId=${agentId}`)).body;
const shared = async (search = '') => (await admin.request('GET', `/api/usage/ratings/shared${search}`)).body;
const trail = async () =>
  (await auditRows(server.databaseUrl)).filter(({ event_type }) => event_type.startsWith('rating.'));

async function ratingOf(who: TestUser, { chatId, messageId }: Answered) {
  const client = await connectClient(`${address}/api/ws`, { cookie: who.cookie });
  const { messages } = await client.history(agentId, { chatId });
  await client.close();
  return messages.find(({ id }) => id === messageId)?.rating;
}

test('a person rates an answer; an admin sees shares by agent and model, and no word of it', async () => {
  const answered = await ask(member, 'A private question', 'A private answer');
  const before = (await trail()).length;
  const given = await rate(member, answered.messageId, { rating: 'down', comment: ' Private words ' });
  expect(given.body).toEqual({ rating: 'down', comment: 'Private words', shared: false });
  expect(await ratingOf(member, answered)).toEqual(given.body);
  const known = await summary();
  expect(known).toMatchObject({ shared: 0, ratings: [{ agentId, agentName: 'Clerk', up: 0, down: 1 }] });
  expect(known.ratings[0].model).toMatch(/^anthropic\/./);
  expect(await shared()).toEqual({ ratings: [], total: 0 });

  // Own dates count here as they do in usage: both are shown for one period.
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
  const ratedBetween = async (from: string, to: string) =>
    (await admin.request('GET', `/api/usage/ratings?agentId=${agentId}&from=${from}&to=${to}`)).body.ratings;
  expect(await ratedBetween(day(-3), day(-2))).toEqual([]);
  expect(await ratedBetween(day(-1), day(1))).toHaveLength(1);

  // Said again, nothing changes; changed, it is one rating all the same.
  await rate(member, answered.messageId, { rating: 'down', comment: 'Private words' });
  await rate(member, answered.messageId, { rating: 'up' });
  expect((await summary()).ratings).toMatchObject([{ up: 1, down: 0 }]);
  const entries = (await trail()).filter(({ event_type }) => event_type === 'rating.given').slice(-2);
  expect(entries).toMatchObject([
    { resource: `agent:${agentId}`, detail: { agentId, commented: true, shared: false } },
    { detail: { agentId, commented: false, shared: false } },
  ]);
  expect((await trail()).length).toBe(before + 3);
  const everything = JSON.stringify([await auditRows(server.databaseUrl), await summary(), await shared()]);
  expect(everything).not.toMatch(/private/i);
  expect((await takeBack(member, answered.messageId)).status).toBe(200);
  expect(await summary()).toEqual({ shared: 0, ratings: [] });
});

test('texts are an admin’s to read where the person agreed, without who it was, until it is taken back', async () => {
  const [open, closed] = [await ask(member, 'Open question', 'Open answer'), await ask(member, 'Closed', 'Closed')];
  await rate(member, closed.messageId, { rating: 'down', comment: 'Closed words' });
  await rate(member, open.messageId, { rating: 'down', comment: 'Open words', shared: true });
  const read = await shared();
  expect(read).toMatchObject({
    total: 1,
    ratings: [
      {
        agentName: 'Clerk',
        rating: 'down',
        comment: 'Open words',
        question: 'Open question',
        answer: 'Open answer',
      },
    ],
  });
  expect(JSON.stringify(read)).not.toMatch(/closed|secret-name/i);
  expect(JSON.stringify(read)).not.toContain(member.id);
  expect((await trail()).at(-1)).toMatchObject({ event_type: 'rating.read', detail: { count: 1 } });
  expect((await shared('?page=2')).ratings).toEqual([]);
  expect((await shared('?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z')).total).toBe(0);

  await rate(member, open.messageId, { rating: 'down', comment: 'Open words', shared: false });
  expect(await shared()).toEqual({ ratings: [], total: 0 });
  await rate(member, open.messageId, { rating: 'down', shared: true });
  await takeBack(member, open.messageId);
  expect(await shared()).toEqual({ ratings: [], total: 0 });
  await rate(member, closed.messageId, { rating: 'up', shared: true });
  await member.request('DELETE', `/api/agents/${agentId}/chats/${closed.chatId}`);
  expect(await shared()).toEqual({ ratings: [], total: 0 });
});

test('what admins read leads to no entry of the trail: no id, no moment, no length', async () => {
  const answers = [];
  for (const name of ['First', 'Second', 'Third']) answers.push(await ask(member, `${name}?`, `${name}!`));
  const comment = 'x'.repeat(347);
  for (const { messageId } of answers) await rate(member, messageId, { rating: 'up', comment, shared: true });
  const entries = (await auditRows(server.databaseUrl)).filter(({ resource }) => resource !== null);
  const told = JSON.stringify(entries);
  const today = new Date().toISOString().slice(0, 10);
  const read = await shared();
  expect(read.ratings).toHaveLength(3);
  for (const rating of read.ratings) {
    expect(Object.keys(rating).sort()).toEqual(
      ['agentId', 'agentName', 'answer', 'comment', 'date', 'model', 'question', 'rating'].sort(),
    );
    expect(rating.date).toBe(today);
  }
  for (const { messageId } of answers) expect(told).not.toContain(messageId);
  expect(entries.filter(({ detail }) => Object.values(detail ?? {}).includes(comment.length))).toEqual([]);
  // Nor does asking for ever shorter times: a day is a whole one.
  const [{ created_at: moment }] = (await query(
    server.databaseUrl,
    'select created_at from message_ratings where message_id = $1',
    [answers[1]!.messageId],
  )) as [{ created_at: Date }];
  const from = moment.toISOString();
  const to = new Date(moment.getTime() + 1).toISOString();
  expect((await shared(`?from=${from}&to=${to}`)).total).toBe(3);
  for (const { messageId } of answers) await takeBack(member, messageId);
});

test('only the person of the conversation rates, only answers, and nothing of a temporary one', async () => {
  const answered = await ask(member, 'Question', 'Answer');
  const other = await createMember(server.app, admin);
  for (const who of [other, admin]) {
    expect((await rate(who, answered.messageId, { rating: 'up' })).status).toBe(404);
    expect((await takeBack(who, answered.messageId)).status).toBe(404);
  }
  expect((await rate(member, answered.questionId, { rating: 'up' })).status).toBe(404);
  expect((await rate(member, crypto.randomUUID(), { rating: 'up' })).status).toBe(404);
  const elsewhere = (await admin.request('POST', '/api/agents', { name: 'Other', templateId: 'custom' })).body.id;
  const wrong = `/api/agents/${elsewhere}/messages/${answered.messageId}/rating`;
  expect((await member.request('PUT', wrong, { rating: 'up' })).status).toBe(404);
  for (const body of [
    {},
    { rating: 'sideways' },
    { rating: 'up', comment: 'x'.repeat(1_001) },
    { rating: 'up', model: 'm' },
  ]) {
    expect((await rate(member, answered.messageId, body)).status).toBe(400);
  }
  const passing = await ask(member, 'For now', 'For now', { temporary: true });
  expect((await rate(member, passing.messageId, { rating: 'up' })).status).toBe(409);
  expect((await member.request('GET', '/api/usage/ratings')).status).toBe(403);
  expect((await member.request('GET', '/api/usage/ratings/shared')).status).toBe(403);
  expect(
    await query(server.databaseUrl, 'select * from message_ratings where message_id = $1', [answered.messageId]),
  ).toEqual([]);
});

test('racing ratings end as one of them, and one whose conversation goes meanwhile is not found', async () => {
  const answered = await ask(member, 'Question', 'Answer');
  const bodies = Array.from({ length: 6 }, (_, index) => ({
    rating: index % 2 ? 'up' : 'down',
    comment: `Word ${index}`,
  }));
  const answers = await Promise.all(bodies.map((body) => rate(member, answered.messageId, body)));
  expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
  const stored = await ratingOf(member, answered);
  expect(bodies.map(({ comment }) => comment)).toContain(stored?.comment);
  expect(
    (await summary()).ratings.reduce((sum: number, { up, down }: { up: number; down: number }) => sum + up + down, 0),
  ).toBe(1);
  const path = `/api/agents/${agentId}/chats/${answered.chatId}`;
  const [gone, ...late] = await Promise.all([
    member.request('DELETE', path),
    ...bodies.map((body) => rate(member, answered.messageId, body)),
  ]);
  expect(gone.status).toBe(200);
  for (const { status } of late) expect([200, 404]).toContain(status);
  expect((await summary()).ratings).toEqual([]);
});

test('what was agreed to can be taken back although the agent was taken away; the deactivated can do nothing', async () => {
  const answered = await ask(member, 'Question', 'Answer');
  await rate(member, answered.messageId, { rating: 'up', comment: 'Fine', shared: true });
  await query(server.databaseUrl, `update agents set visibility = 'restricted' where id = $1`, [agentId]);
  expect((await rate(member, answered.messageId, { rating: 'down' })).status).toBe(404);
  expect((await takeBack(member, answered.messageId)).status).toBe(200);
  await query(server.databaseUrl, `update agents set visibility = 'all' where id = $1`, [agentId]);
  await rate(member, answered.messageId, { rating: 'up' });
  await admin.request('DELETE', `/api/users/${member.id}`);
  expect((await rate(member, answered.messageId, { rating: 'down' })).status).toBe(401);
  expect((await takeBack(member, answered.messageId)).status).toBe(401);
});
