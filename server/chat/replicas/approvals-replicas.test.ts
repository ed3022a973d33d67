import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApprovalScene, createApprovalScene, stateOf, waiting } from '../../../test/chat/approval-scene.ts';
import type { ChatReplica } from '../../../test/chat/chat-replica.ts';
import { runs } from '../../db/schema/index.ts';

// Real: PostgreSQL, sockets, chat, tool gate, audit. The runtime is scripted: it calls what the message names.

let scene: ApprovalScene;

beforeEach(async () => {
  scene = await createApprovalScene();
});

afterEach(() => scene.end());

/** A loaded machine may need more than the usual second. */
const patience = { timeout: 30_000 };

const db = (replica: ChatReplica) => replica.database.db;

test('a waiting run survives a restart of the server', async () => {
  const { replica, client } = await scene.open();
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  client.say(scene.agentId, 'and then');
  await client.next('ack', (ack) => ack.queued);
  const startedAt = performance.now();
  await replica.stop(60_000);
  // Stopping does not wait for people.
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  expect(client.all('complete')).toEqual([]);

  const next = await scene.start();
  const again = await next.connect(scene.userId);
  const { activeRun } = await again.history(scene.agentId);
  expect(activeRun).toMatchObject({
    runId: card.runId,
    messageId: card.messageId,
    content: 'I will. ',
    approvals: [{ approvalId: card.approvalId }],
    queued: 1,
  });
  scene.decide(again, card.approvalId, 'approve');
  await again.next('complete', (frame) => frame.runId !== card.runId);
  expect(again.all('complete').filter((frame) => frame.runId === card.runId)).toHaveLength(1);
  expect(again.text()).toContain('After step 1: writer did notes.md');
  expect(next.runtime.requests[0]).toMatchObject({ stepsUsed: 1, continuation: { kept: 'signature' } });
  expect(scene.executed).toHaveLength(1);
  expect(again.all('error')).toEqual([]);
}, 60_000);

test('a call that begins to wait while the server stops does not hold it up either', async () => {
  const { replica, client } = await scene.open();
  const gate = Promise.withResolvers<void>();
  scene.gate = gate.promise;
  client.say(scene.agentId, 'writer notes.md, reader notes.md');
  const card = await waiting(client);
  await expect.poll(() => scene.executed.length, patience).toBe(1);
  const stopped = replica.stop(60_000);
  gate.resolve();
  await stopped;

  const next = await scene.start();
  const again = await next.connect(scene.userId);
  const { activeRun } = await again.history(scene.agentId);
  expect(activeRun).toMatchObject({ runId: card.runId, approvals: [{ approvalId: card.approvalId }] });
  scene.decide(again, card.approvalId, 'approve');
  await again.next('complete');
  expect(scene.executed).toHaveLength(2);
  expect(again.all('error')).toEqual([]);
}, 30_000);

test('a run that is stopped while no server owns it ends as stopped once one does', async () => {
  const { replica, client } = await scene.open();
  const bystander = await scene.start({ timings: { heartbeat: 60_000 } });
  client.say(scene.agentId, 'writer notes.md');
  await waiting(client);
  await expect.poll(async () => (await db(replica).select().from(runs))[0]?.state, patience).toBe('waiting');
  await replica.stop();
  const there = await bystander.connect(scene.userId);
  there.send({ type: 'abort', agentId: scene.agentId });
  await expect.poll(() => stateOf(bystander), patience).toBe('cancelled');
  const next = await scene.start();
  await expect.poll(async () => (await db(next).select().from(runs))[0]?.state, patience).toBe('aborted');
  expect(scene.executed).toEqual([]);
});

test('a call that a killed server was making is not made again, and is said to be unknown', async () => {
  const { replica, client } = await scene.open();
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(client);
  scene.gate = new Promise(() => {});
  scene.decide(client, card.approvalId, 'approve');
  await expect.poll(() => scene.executed.length, patience).toBe(1);
  await replica.kill();
  scene.gate = undefined;
  const next = await scene.start();
  const again = await next.connect(scene.userId);
  await expect.poll(async () => (await again.history(scene.agentId)).activeRun, patience).toBeUndefined();
  const calls = (await again.history(scene.agentId)).messages.flatMap(({ toolCalls = [] }) => toolCalls);
  expect(calls).toMatchObject([{ state: 'failed', summary: expect.stringContaining('not known whether it happened') }]);
  expect(scene.executed).toHaveLength(1);
});

test('a decision on another replica reaches the one that answers, and both show the same', async () => {
  const { client } = await scene.open();
  const second = await scene.start();
  const there = await second.connect(scene.userId);
  await there.history(scene.agentId);
  client.say(scene.agentId, 'writer notes.md');
  const card = await waiting(there);
  const reloaded = await second.connect(scene.userId);
  expect((await reloaded.history(scene.agentId)).activeRun?.approvals).toMatchObject([{ approvalId: card.approvalId }]);
  await expect.poll(async () => (await db(second).select().from(runs))[0]?.state, patience).toBe('waiting');
  await sleep(200);
  const before = there.frames.length;
  await sleep(600);
  expect(there.frames.slice(before).filter((frame) => frame.type === 'thinking')).toEqual([]);
  scene.decide(there, card.approvalId, 'approve');
  await there.next('complete');
  expect(there.text()).toBe((await client.next('complete'), client.text()));
  expect(
    there
      .all('tool')
      .map((tool) => tool.state)
      .at(-1),
  ).toBe('done');
  expect(scene.executed).toHaveLength(1);
});

test('a replica takes over the waiting run of one that died, and sockets there see it through', async () => {
  const { replica } = await scene.open();
  const second = await scene.start();
  const there = await second.connect(scene.userId);
  await there.history(scene.agentId);
  (await replica.connect(scene.userId)).say(scene.agentId, 'writer notes.md');
  const card = await waiting(there);
  // The card is shown before the run is stored as waiting; one that dies in between is interrupted.
  await expect.poll(async () => (await db(second).select().from(runs))[0]?.state, patience).toBe('waiting');
  await replica.kill();
  scene.decide(there, card.approvalId, 'approve');
  await there.next('complete', undefined, 15_000);
  await sleep(200);
  expect(there.all('complete')).toHaveLength(1);
  expect(there.text()).toContain('After step 1: writer did notes.md');
  expect(scene.executed).toHaveLength(1);
});

test('what a person says is counted over all replicas', async () => {
  const { client } = await scene.open({ messagesPerMinute: 3 });
  const there = await (await scene.start({ messagesPerMinute: 3 })).connect(scene.userId);
  for (const socket of [client, there, client]) {
    const clientMessageId = socket.say(scene.agentId, 'hello');
    await socket.next('ack', (ack) => ack.clientMessageId === clientMessageId);
  }
  there.say(scene.agentId, 'hello');
  expect(await there.next('error')).toMatchObject({ code: 'rate_limited' });
});
