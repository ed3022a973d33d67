import { setTimeout as sleep } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { ChatClient } from '../../test/chat/chat-client.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../test/chat/chat-replica.ts';
import { createScriptedRuntime, lastText, model, say, usage } from '../../test/chat/scripted-runtime.ts';
import { createTestDatabase } from '../../test/create-test-app.ts';
import { approvals, auditEntries, conversations, messages, runs, usageRecords } from '../db/schema/index.ts';
import type { RunRequest, RuntimeEvent } from '../runtime/agent-runtime.ts';
import type { ToolGateway } from '../tools/tool-gateway.ts';
import type { Tool } from '../tools/tool.ts';

// Real: PostgreSQL, sockets, chat, tool gateway, audit. The runtime is scripted: it calls what the message names.

const input = z.strictObject({ path: z.string(), mode: z.string().default('append') });
const toolOf = (id: string, category: Tool['category']) =>
  ({
    id,
    title: id,
    description: id,
    category,
    integration: null,
    input,
    timeLimit: 20_000,
    resultLimit: 1_000,
    async execute(value: z.output<typeof input>) {
      executed.push({ id, ...value });
      await gate;
      return { text: `${id} did ${value.path}`, summary: `Did ${value.path}` };
    },
    auditInput: ({ path }: z.output<typeof input>) => ({ path }),
  }) as Tool;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let started: ChatReplica[];
let executed: object[];
let gate: Promise<void> | undefined;
let userId: string;
let agentId: string;

async function start(options: Partial<Parameters<typeof startChatReplica>[0]> = {}): Promise<ChatReplica> {
  const runtime = createScriptedRuntime((request, signal) => script(replica.gateway, request, signal));
  const replica = await startChatReplica({
    databaseUrl: database.url,
    runtime,
    tools: [toolOf('writer', 'powerful'), toolOf('reader', 'safe')],
    ...options,
    timings: { thinking: 200, ...options.timings },
  });
  started.push(replica);
  return replica;
}

/** `writer a, reader b` calls both; any other message is echoed. After calls it says what they gave. */
async function* script(gateway: ToolGateway, request: RunRequest, signal: AbortSignal): AsyncGenerator<RuntimeEvent> {
  const last = request.messages.at(-1)!;
  if (last.role === 'assistant') {
    return yield* say(`After step ${request.stepsUsed}: ${last.toolCalls.map(({ output }) => output).join(' | ')}`);
  }
  if (!/^(writer|reader) /.test(last.text)) return yield* say(`Echo: ${lastText(request)}`);
  yield { type: 'text-delta', text: 'I will. ' };
  let isWaiting = false;
  for (const [index, part] of last.text.split(', ').entries()) {
    const [name, path] = part.split(' ') as [string, string];
    const call = { toolCallId: `call-${index}`, name, input: { path } };
    yield { type: 'tool-start', ...call };
    const { agentId: agent, userId: user, conversationId, runId } = request;
    const who = { agentId: agent, userId: user, conversationId, runId };
    const outcome = await gateway.call({ ...who, ...call, toolId: name, signal });
    if (outcome.state === 'approval') {
      isWaiting = true;
      const { approvalId, expiresAt } = outcome;
      yield { type: 'tool-approval', ...call, input: outcome.input, approvalId, expiresAt };
    } else yield { type: 'tool-end', ...call, ...outcome };
  }
  yield { type: 'step-end', usage, model };
  yield isWaiting
    ? { type: 'finish', reason: 'approval', continuation: { kept: 'signature' } }
    : { type: 'finish', reason: 'stop' };
}

beforeEach(async () => {
  database = await createTestDatabase();
  started = [];
  executed = [];
  gate = undefined;
});

afterEach(async () => {
  for (const replica of started) await replica.stop();
  await database.drop();
});

async function open(options: Parameters<typeof start>[0] = {}): Promise<{ replica: ChatReplica; client: ChatClient }> {
  const replica = await start(options);
  ({ userId, agentId } = await createPersonAndAgent(replica.connection));
  return { replica, client: await replica.connect(userId) };
}

const waiting = (client: ChatClient, toolCallId = 'call-0') =>
  client.next('tool', (tool) => tool.state === 'approval' && tool.toolCallId === toolCallId);

const decide = (client: ChatClient, approvalId: string | undefined, decision: 'approve' | 'deny', more = {}) =>
  client.send({ type: 'approval', agentId, approvalId, decision, ...more });

const db = (replica: ChatReplica) => replica.connection.db;
const stateOf = async (replica: ChatReplica) => (await db(replica).select().from(approvals))[0]?.state;

async function trail(replica: ChatReplica) {
  const rows = await db(replica).select().from(auditEntries).orderBy(asc(auditEntries.id));
  return rows.map(({ eventType, actorType, actorId, resource, detail }) => ({
    eventType,
    actor: actorType === 'system' ? 'system' : `${actorType}:${actorId}`,
    resource,
    detail,
  }));
}

test('an approved call is made once with exactly what was shown, and the run goes on', async () => {
  const { replica, client } = await open();
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  expect(card.input).toEqual({ path: 'notes.md', mode: 'append' });
  expect(new Date(card.expiresAt!).getTime() - Date.now()).toBeGreaterThan(14 * 60_000);

  client.say(agentId, 'and then');
  await client.next('ack', (ack) => ack.queued);
  const { activeRun } = await client.history(agentId);
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
  expect(executed).toEqual([]);
  expect((await db(replica).select().from(runs).orderBy(runs.position))[0]).toMatchObject({
    state: 'waiting',
    steps: 1,
  });

  decide(client, card.approvalId, 'approve');
  await client.next('complete', (frame) => frame.runId !== card.runId);
  expect(executed).toEqual([{ id: 'writer', path: 'notes.md', mode: 'append' }]);
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
  const first = (await client.history(agentId)).messages.find(({ id }) => id === card.messageId);
  expect(first).toMatchObject({ content: 'I will. ', usage: { inputTokens: 10 }, toolCalls: [{ state: 'done' }] });
  const { approvalId } = card;
  const ids = { runId: card.runId, userId, toolCallId: 'call-0' };
  const person = `user:${userId}`;
  const ofAgent = { actor: `agent:${agentId}` };
  const events = (await trail(replica)).filter(({ eventType }) => /^(approval|tool|run)\./.test(eventType));
  expect(events.slice(0, 5)).toMatchObject([
    {
      ...ofAgent,
      eventType: 'approval.requested',
      resource: `approval:${approvalId}`,
      detail: { ...ids, path: 'notes.md' },
    },
    { eventType: 'approval.approved', actor: person, detail: { ...ids, tool: 'writer', decidedBy: userId } },
    { ...ofAgent, eventType: 'tool.started', detail: { approvalId } },
    { ...ofAgent, eventType: 'tool.writer', detail: { ...ids, approvalId, path: 'notes.md' } },
    { eventType: 'run.completed', detail: { steps: 2 } },
  ]);
});

test('a denied call is not made, and the model reads that the person denied it', async () => {
  const { replica, client } = await open();
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  decide(client, card.approvalId, 'deny');
  await client.next('complete');
  expect(client.all('tool').at(-1)).toMatchObject({ state: 'denied', summary: 'You denied this call.' });
  expect(client.text()).toContain('After step 1: The person denied this call');
  expect(executed).toEqual([]);
  expect(await trail(replica)).toContainEqual(
    expect.objectContaining({ eventType: 'approval.denied', actor: `user:${userId}` }),
  );
});

test('what nobody decides in time does not happen, also when the decision comes late', async () => {
  const { replica, client } = await open({ approvalLifetimeMs: 300, timings: { approvals: 600 } });
  const second = await start({ timings: { approvals: 40 } });
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  await client.next('complete');
  expect(client.text()).toContain('Nobody approved this call in time');
  decide(client, card.approvalId, 'approve');
  expect(await client.next('error')).toMatchObject({ code: 'not_found', message: expect.stringContaining('run out') });
  expect(executed).toEqual([]);
  const expired = (await trail(second)).filter(({ eventType }) => eventType === 'approval.expired');
  expect(expired).toMatchObject([{ actor: 'system', resource: `approval:${card.approvalId}` }]);
  expect(await stateOf(replica)).toBe('expired');
});

test('a decision made before the sweep, but after the time, is refused', async () => {
  const { replica, client } = await open({ approvalLifetimeMs: 100, timings: { approvals: 60_000 } });
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  await sleep(200);
  decide(client, card.approvalId, 'approve');
  expect(await client.next('error')).toMatchObject({ message: expect.stringContaining('run out') });
  expect(await stateOf(replica)).toBe('pending');
});

test('of two decisions at once one counts, and the other is told so', async () => {
  const { client, replica } = await open();
  const second = await start();
  const there = await second.connect(userId);
  await there.history(agentId);
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  await waiting(there);
  for (const socket of [client, there]) for (let n = 0; n < 3; n++) decide(socket, card.approvalId, 'approve');
  await client.next('complete');
  await there.next('complete');
  const errors = () => [...client.all('error'), ...there.all('error')];
  await expect.poll(() => errors().length).toBe(5);
  for (const error of errors()) {
    expect(error).toMatchObject({ code: 'not_found', message: 'This tool call was approved already.' });
  }
  expect(executed).toHaveLength(1);
  const made = (await trail(replica)).filter(({ eventType }) => eventType === 'approval.approved');
  expect(made).toHaveLength(1);
});

test('nobody else can decide, nor can it be decided in another conversation or with other arguments', async () => {
  const { replica, client } = await open();
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  const stranger = await createPersonAndAgent(replica.connection);
  const other = await replica.connect(stranger.userId);
  await other.history(agentId);
  decide(other, card.approvalId, 'approve');
  expect(await other.next('error')).toMatchObject({ code: 'not_found' });
  const [chat] = await db(replica).insert(conversations).values({ agentId, userId }).returning();
  decide(client, card.approvalId, 'approve', { chatId: chat!.id });
  expect(await client.next('error')).toMatchObject({ code: 'not_found', chatId: chat!.id });
  decide(client, card.approvalId, 'approve', { input: { path: 'other.md' } });
  expect(await client.next('error', (error) => error.code === 'invalid_frame')).toBeDefined();
  expect(await stateOf(replica)).toBe('pending');
  await expect(
    replica.chat.channels.approvals.decide({ userId: stranger.userId, approvalId: card.approvalId!, decision: 'deny' }),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect(
    await replica.chat.channels.approvals.find({ userId: stranger.userId, approvalId: card.approvalId! }),
  ).toBeUndefined();
  expect(await replica.chat.channels.approvals.list({ userId })).toMatchObject([
    { id: card.approvalId, toolId: 'writer', input: { path: 'notes.md', mode: 'append' } },
  ]);
  await replica.chat.channels.approvals.decide({ userId, approvalId: card.approvalId!, decision: 'approve' });
  await client.next('complete');
  expect(executed).toEqual([{ id: 'writer', path: 'notes.md', mode: 'append' }]);
});

test('a tool that was taken away meanwhile is denied in spite of the approval', async () => {
  const { replica, client } = await open();
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  replica.revoked.add('writer');
  decide(client, card.approvalId, 'approve');
  await client.next('complete');
  expect(client.all('tool').at(-1)).toMatchObject({ state: 'denied', summary: expect.stringContaining('not granted') });
  expect(executed).toEqual([]);
  expect(await trail(replica)).toContainEqual(
    expect.objectContaining({
      eventType: 'tool.denied',
      detail: expect.objectContaining({ approvalId: card.approvalId }),
    }),
  );
});

test('an abort ends a waiting run and what waits behind it', async () => {
  const { replica, client } = await open();
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  client.say(agentId, 'later');
  await client.next('ack', (ack) => ack.queued);
  client.send({ type: 'abort', agentId });
  const complete = await client.next('complete');
  expect(complete.runId).toBe(card.runId);
  expect(client.all('error')).toEqual([]);
  expect(await stateOf(replica)).toBe('cancelled');
  decide(client, card.approvalId, 'approve');
  expect(await client.next('error')).toMatchObject({ code: 'not_found', message: expect.stringContaining('stopped') });
  await sleep(100);
  expect(executed).toEqual([]);
  const rows = await db(replica).select().from(runs);
  expect(rows.map(({ state }) => state)).toEqual(['aborted', 'aborted']);
  const [message] = await db(replica).select().from(messages).where(eq(messages.id, card.messageId));
  expect(message).toMatchObject({ state: 'complete', usage: { inputTokens: 10 }, toolCalls: [{ state: 'failed' }] });
});

test('of several calls the free ones run at once, each approved one at once, and the run goes on after the last', async () => {
  const { client } = await open();
  client.say(agentId, 'reader a, writer b, writer c');
  const b = await waiting(client, 'call-1');
  const c = await waiting(client, 'call-2');
  expect(executed).toMatchObject([{ id: 'reader', path: 'a' }]);
  expect(
    client
      .all('tool')
      .filter((tool) => tool.toolCallId === 'call-0')
      .map((tool) => tool.state),
  ).toEqual(['running', 'done']);
  decide(client, c.approvalId, 'approve');
  await client.next('tool', (tool) => tool.toolCallId === 'call-2' && tool.state === 'done');
  expect(executed).toHaveLength(2);
  expect((await client.history(agentId)).activeRun?.approvals).toMatchObject([{ approvalId: b.approvalId }]);
  expect(client.all('complete')).toEqual([]);
  decide(client, b.approvalId, 'deny');
  await client.next('complete');
  expect(client.text()).toMatch(/After step 1: reader did a \| The person denied this call.* \| writer did c$/);
});

test('a waiting run survives a restart of the server', async () => {
  const { replica, client } = await open();
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  client.say(agentId, 'and then');
  await client.next('ack', (ack) => ack.queued);
  const startedAt = performance.now();
  await replica.stop(5_000);
  // Stopping does not wait for people.
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(client.all('complete')).toEqual([]);

  const next = await start();
  const again = await next.connect(userId);
  const { activeRun } = await again.history(agentId);
  expect(activeRun).toMatchObject({
    runId: card.runId,
    messageId: card.messageId,
    content: 'I will. ',
    approvals: [{ approvalId: card.approvalId }],
    queued: 1,
  });
  decide(again, card.approvalId, 'approve');
  await again.next('complete', (frame) => frame.runId !== card.runId);
  expect(again.all('complete').filter((frame) => frame.runId === card.runId)).toHaveLength(1);
  expect(again.text()).toContain('After step 1: writer did notes.md');
  expect(next.runtime.requests[0]).toMatchObject({ stepsUsed: 1, continuation: { kept: 'signature' } });
  expect(executed).toHaveLength(1);
  expect(again.all('error')).toEqual([]);
});

test('a call that a killed server was making is not made again, and is said to be unknown', async () => {
  const { replica, client } = await open();
  client.say(agentId, 'writer notes.md');
  const card = await waiting(client);
  gate = new Promise(() => {});
  decide(client, card.approvalId, 'approve');
  await expect.poll(() => executed.length).toBe(1);
  await replica.kill();
  gate = undefined;
  const next = await start();
  const again = await next.connect(userId);
  await expect.poll(async () => (await again.history(agentId)).activeRun, { timeout: 8_000 }).toBeUndefined();
  const calls = (await again.history(agentId)).messages.flatMap(({ toolCalls = [] }) => toolCalls);
  expect(calls).toMatchObject([{ state: 'failed', summary: expect.stringContaining('not known whether it happened') }]);
  expect(executed).toHaveLength(1);
});

test('a decision on another replica reaches the one that answers, and both show the same', async () => {
  const { client } = await open();
  const second = await start();
  const there = await second.connect(userId);
  await there.history(agentId);
  client.say(agentId, 'writer notes.md');
  const card = await waiting(there);
  const reloaded = await second.connect(userId);
  expect((await reloaded.history(agentId)).activeRun?.approvals).toMatchObject([{ approvalId: card.approvalId }]);
  await expect.poll(async () => (await db(second).select().from(runs))[0]?.state).toBe('waiting');
  await sleep(200);
  const before = there.frames.length;
  await sleep(600);
  expect(there.frames.slice(before).filter((frame) => frame.type === 'thinking')).toEqual([]);
  decide(there, card.approvalId, 'approve');
  await there.next('complete');
  expect(there.text()).toBe((await client.next('complete'), client.text()));
  expect(
    there
      .all('tool')
      .map((tool) => tool.state)
      .at(-1),
  ).toBe('done');
  expect(executed).toHaveLength(1);
});

test('a replica takes over the waiting run of one that died, and sockets there see it through', async () => {
  const { replica } = await open();
  const second = await start();
  const there = await second.connect(userId);
  await there.history(agentId);
  (await replica.connect(userId)).say(agentId, 'writer notes.md');
  const card = await waiting(there);
  await replica.kill();
  decide(there, card.approvalId, 'approve');
  await there.next('complete', undefined, 15_000);
  await sleep(200);
  expect(there.all('complete')).toHaveLength(1);
  expect(there.text()).toContain('After step 1: writer did notes.md');
  expect(executed).toHaveLength(1);
});

test('what a person says is counted over all replicas', async () => {
  const { client } = await open({ messagesPerMinute: 3 });
  const there = await (await start({ messagesPerMinute: 3 })).connect(userId);
  for (const socket of [client, there, client, there]) {
    socket.say(agentId, 'hello');
    await expect.poll(() => socket.frames.some(({ type }) => type === 'ack' || type === 'error')).toBe(true);
  }
  expect(await there.next('error')).toMatchObject({ code: 'rate_limited' });
});
