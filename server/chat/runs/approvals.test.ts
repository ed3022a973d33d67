import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type ApprovalScene,
  createApprovalScene,
  stateOf,
  trailOf,
  waiting,
} from '../../../test/chat/approval-scene.ts';
import { createPersonAndAgent, type ChatReplica } from '../../../test/chat/chat-replica.ts';
import { conversations, messages, runs, usageRecords } from '../../db/schema/index.ts';

// Real: PostgreSQL, sockets, chat, tool gate, audit. The runtime is scripted: it calls what the message names.

let scene: ApprovalScene;

beforeEach(async () => {
  scene = await createApprovalScene();
});

afterEach(() => scene.end());

/** A loaded machine may need more than the usual second. */
const patience = { timeout: 30_000 };

const db = (replica: ChatReplica) => replica.database.db;

test('an approved call is made once with exactly what was shown, and the run goes on', async () => {
  const { replica, client } = await scene.open();
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  expect(card.input).toEqual({ path: 'notes.md', mode: 'append' });
  expect(new Date(card.expiresAt!).getTime() - Date.now()).toBeGreaterThan(14 * 60_000);

  client.say(scene.agentId, 'and then');
  await client.next('ack', (ack) => ack.queued);
  const { activeRun } = await client.history(scene.agentId);
  expect(activeRun).toMatchObject({
    runId: card.runId,
    messageId: card.messageId,
    content: 'I will. ',
    tools: [{ state: 'approval', approvalId: card.approvalId, input: { path: 'notes.md', mode: 'append' } }],
    approvals: [{ approvalId: card.approvalId, toolCallId: 'call-0', expiresAt: card.expiresAt }],
    queued: 1,
  });
  // Nobody is told that the run lives while it waits.
  const framesBefore = client.frames.length;
  await sleep(700);
  expect(client.frames.slice(framesBefore)).toEqual([]);
  expect(scene.executed).toEqual([]);
  expect((await db(replica).select().from(runs).orderBy(runs.position))[0]).toMatchObject({
    state: 'waiting',
    steps: 1,
  });

  scene.decide(client, card.approvalId, 'approve');
  await client.next('complete', (frame) => frame.runId !== card.runId);
  expect(scene.executed).toEqual([{ id: 'writer', path: 'notes.md', mode: 'append' }]);
  const ofRun = client.frames.filter((frame) => 'runId' in frame && frame.runId === card.runId);
  const kinds = ofRun.map((frame) => (frame.type === 'tool' ? frame.state : frame.type));
  expect(kinds.filter((kind) => kind !== 'thinking' && kind !== 'chunk')).toEqual([
    'running',
    'approval',
    'running',
    'done',
    'done',
    'done',
    'complete',
  ]);
  expect(client.text()).toContain('After step 1: writer did notes.md');
  expect(client.text()).toContain('Echo: and then');
  expect(replica.runtime.requests[1]).toMatchObject({ stepsUsed: 1, continuation: { kept: 'signature' } });

  const [run] = await db(replica).select().from(runs).orderBy(runs.position);
  expect(run).toMatchObject({ state: 'completed', steps: 2 });
  expect(await db(replica).select().from(usageRecords).where(eq(usageRecords.runId, run!.id))).toHaveLength(2);
  const first = (await client.history(scene.agentId)).messages.find(({ id }) => id === card.messageId);
  expect(first).toMatchObject({ content: 'I will. ', usage: { inputTokens: 10 }, toolCalls: [{ state: 'done' }] });
  const { approvalId } = card;
  const ids = { runId: card.runId, userId: scene.userId, toolCallId: 'call-0' };
  const person = `user:${scene.userId}`;
  const ofAgent = { actor: `agent:${scene.agentId}` };
  const events = (await trailOf(replica)).filter(({ eventType }) => /^(approval|tool|run)\./.test(eventType));
  expect(events.slice(0, 5)).toMatchObject([
    {
      ...ofAgent,
      eventType: 'approval.requested',
      resource: `approval:${approvalId}`,
      detail: { ...ids, path: 'notes.md' },
    },
    { eventType: 'approval.approved', actor: person, detail: { ...ids, tool: 'writer', decidedBy: scene.userId } },
    { ...ofAgent, eventType: 'tool.started', detail: { approvalId } },
    { ...ofAgent, eventType: 'tool.writer', detail: { ...ids, approvalId, path: 'notes.md' } },
    { eventType: 'run.completed', detail: { steps: 2 } },
  ]);
});

test('a denied call is not made, and the model reads that the person denied it', async () => {
  const { replica, client } = await scene.open();
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  scene.decide(client, card.approvalId, 'deny');
  await client.next('complete');
  expect(client.all('tool').at(-1)).toMatchObject({ state: 'denied', summary: 'You denied this call.' });
  expect(client.text()).toContain('After step 1: The person denied this call');
  expect(scene.executed).toEqual([]);
  expect(await trailOf(replica)).toContainEqual(
    expect.objectContaining({ eventType: 'approval.denied', actor: `user:${scene.userId}` }),
  );
});

test('what nobody decides in time does not happen, also when the decision comes late', async () => {
  const { replica, client } = await scene.open({ approvalLifetimeMs: 300, timings: { approvals: 600 } });
  const second = await scene.start({ timings: { approvals: 40 } });
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  await client.next('complete');
  expect(client.text()).toContain('Nobody approved this call in time');
  scene.decide(client, card.approvalId, 'approve');
  expect(await client.next('error')).toMatchObject({ code: 'not_found', message: expect.stringContaining('run out') });
  expect(scene.executed).toEqual([]);
  const expired = (await trailOf(second)).filter(({ eventType }) => eventType === 'approval.expired');
  expect(expired).toMatchObject([{ actor: 'system', resource: `approval:${card.approvalId}` }]);
  expect(await stateOf(replica)).toBe('expired');
});

test('a decision made before the sweep, but after the time, is refused', async () => {
  const { replica, client } = await scene.open({ approvalLifetimeMs: 100, timings: { approvals: 60_000 } });
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  await sleep(200);
  scene.decide(client, card.approvalId, 'approve');
  expect(await client.next('error')).toMatchObject({ message: expect.stringContaining('run out') });
  expect(await stateOf(replica)).toBe('pending');
});

test('of two decisions at once one counts, and the other is told so', async () => {
  const { client, replica } = await scene.open();
  const second = await scene.start();
  const there = await second.connect(scene.userId);
  await there.history(scene.agentId);
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  await waiting(there);
  for (const socket of [client, there]) for (let n = 0; n < 3; n++) scene.decide(socket, card.approvalId, 'approve');
  await client.next('complete');
  await there.next('complete');
  const errors = () => [...client.all('error'), ...there.all('error')];
  await expect.poll(() => errors().length, patience).toBe(5);
  for (const error of errors()) {
    expect(error).toMatchObject({ code: 'not_found', message: 'This tool call was approved already.' });
  }
  expect(scene.executed).toHaveLength(1);
  const made = (await trailOf(replica)).filter(({ eventType }) => eventType === 'approval.approved');
  expect(made).toHaveLength(1);
});

test('nobody else can decide, nor can it be decided in another conversation or with other arguments', async () => {
  const { replica, client } = await scene.open();
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  const stranger = await createPersonAndAgent(replica.database);
  const other = await replica.connect(stranger.userId);
  await other.history(scene.agentId);
  scene.decide(other, card.approvalId, 'approve');
  expect(await other.next('error')).toMatchObject({ code: 'not_found' });
  const [chat] = await db(replica)
    .insert(conversations)
    .values({ agentId: scene.agentId, userId: scene.userId })
    .returning();
  scene.decide(client, card.approvalId, 'approve', { chatId: chat!.id });
  expect(await client.next('error')).toMatchObject({ code: 'not_found', chatId: chat!.id });
  scene.decide(client, card.approvalId, 'approve', { input: { path: 'other.md' } });
  expect(await client.next('error', (error) => error.code === 'invalid_frame')).toBeDefined();
  expect(await stateOf(replica)).toBe('pending');
  await expect(
    replica.chat.channels.approvals.decide({ userId: stranger.userId, approvalId: card.approvalId!, decision: 'deny' }),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect(
    await replica.chat.channels.approvals.find({ userId: stranger.userId, approvalId: card.approvalId! }),
  ).toBeUndefined();
  expect(await replica.chat.channels.approvals.list({ userId: scene.userId })).toMatchObject([
    { id: card.approvalId, toolId: 'writer', input: { path: 'notes.md', mode: 'append' } },
  ]);
  await replica.chat.channels.approvals.decide({
    userId: scene.userId,
    approvalId: card.approvalId!,
    decision: 'approve',
  });
  await client.next('complete');
  expect(scene.executed).toEqual([{ id: 'writer', path: 'notes.md', mode: 'append' }]);
});

test('a tool that was taken away meanwhile is denied in spite of the approval', async () => {
  const { replica, client } = await scene.open();
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  replica.revoked.add('writer');
  scene.decide(client, card.approvalId, 'approve');
  await client.next('complete');
  expect(client.all('tool').at(-1)).toMatchObject({ state: 'denied', summary: expect.stringContaining('not granted') });
  expect(scene.executed).toEqual([]);
  expect(await trailOf(replica)).toContainEqual(
    expect.objectContaining({
      eventType: 'tool.denied',
      detail: expect.objectContaining({ approvalId: card.approvalId }),
    }),
  );
});

test('an abort ends a waiting run and what waits behind it', async () => {
  const { replica, client } = await scene.open();
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  client.say(scene.agentId, 'later');
  await client.next('ack', (ack) => ack.queued);
  client.send({ type: 'abort', agentId: scene.agentId });
  const complete = await client.next('complete');
  expect(complete.runId).toBe(card.runId);
  expect(client.all('error')).toEqual([]);
  expect(await stateOf(replica)).toBe('cancelled');
  scene.decide(client, card.approvalId, 'approve');
  expect(await client.next('error')).toMatchObject({ code: 'not_found', message: expect.stringContaining('stopped') });
  await sleep(100);
  expect(scene.executed).toEqual([]);
  const rows = await db(replica).select().from(runs);
  expect(rows.map(({ state }) => state)).toEqual(['aborted', 'aborted']);
  const [message] = await db(replica).select().from(messages).where(eq(messages.id, card.messageId));
  expect(message).toMatchObject({ state: 'complete', usage: { inputTokens: 10 }, toolCalls: [{ state: 'failed' }] });
});

test('of several calls the free ones run at once, each approved one at once, and the run goes on after the last', async () => {
  const { client } = await scene.open();
  client.say(scene.agentId, 'reader a, writer b, writer c');
  const b = await waiting(client, 'call-1');
  const c = await waiting(client, 'call-2');
  expect(scene.executed).toMatchObject([{ id: 'reader', path: 'a' }]);
  expect(
    client
      .all('tool')
      .filter((tool) => tool.toolCallId === 'call-0')
      .map((tool) => tool.state),
  ).toEqual(['running', 'done']);
  scene.decide(client, c.approvalId, 'approve');
  await client.next('tool', (tool) => tool.toolCallId === 'call-2' && tool.state === 'done');
  expect(scene.executed).toHaveLength(2);
  expect((await client.history(scene.agentId)).activeRun?.approvals).toMatchObject([{ approvalId: b.approvalId }]);
  expect(client.all('complete')).toEqual([]);
  scene.decide(client, b.approvalId, 'deny');
  await client.next('complete');
  expect(client.text()).toMatch(/After step 1: reader did a \| The person denied this call.* \| writer did c$/);
});
