import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { HistoryMessage } from '../../contract/socket.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { ask, type BudgetScene, startBudgetScene, usage } from '../budget-scene.ts';
import { auditRows } from '../test-database.ts';

// Real: servers, sockets, PostgreSQL. Doubled: the models. The agent's model is in the cloud, its fallback on a machine here.

const first = 'anthropic/claude-sonnet-4-5-20250929';
const second = 'ollama-local/qwen3:8b';
const patient = 30_000;

let scene: BudgetScene;
let local: ModelDouble;
beforeAll(async () => {
  [scene, local] = [await startBudgetScene(first), await startModelDouble({ kind: 'ollama-local' })];
  await scene.admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: local.url });
  await change({ fallbackModel: second });
});
afterAll(async () => {
  await scene?.close();
  await local?.close();
});
afterEach(async () => {
  await scene.removeAll();
  await scene.admin.request('PUT', '/api/settings/prices', { prices: [] });
});

async function change(body: object): Promise<void> {
  const answer = await scene.admin.request('PATCH', `/api/agents/${scene.agentId}`, body);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
}

/** Asks in a conversation of its own. */
async function begin(client = scene.client, content = 'How are we?'): Promise<string> {
  const chatId = randomUUID();
  client.say(scene.agentId, content, { chatId, begins: true });
  return chatId;
}
const ended = (chatId: string, client = scene.client) =>
  client.next('complete', (frame) => frame.chatId === chatId, patient);
const storedOf = async (chatId: string): Promise<HistoryMessage[]> =>
  (await scene.client.history(scene.agentId, { chatId })).messages;
const writersOf = (messages: HistoryMessage[]) =>
  messages.filter(({ role }) => role === 'assistant').map(({ fallbackModel }) => fallbackModel);

test('an answer of the fallback model says so: live, here and at another server, after reload, and in exports', async () => {
  scene.double.respond([{ error: 'quota' }]);
  local.respond([{ text: 'From the cellar.' }, usage(11, 5)]);
  const other = await scene.connect(scene.member, await scene.startReplica());
  const chatId = await begin();
  await ended(chatId);
  expect(scene.client.all('done').find((frame) => frame.chatId === chatId)).toMatchObject({ fallbackModel: second });
  const [, answer] = await storedOf(chatId);
  expect(answer).toMatchObject({ content: 'From the cellar.', fallbackModel: second });
  // Whoever looks on elsewhere learns it as it happens.
  await other.history(scene.agentId, { chatId });
  scene.client.say(scene.agentId, 'And now?', { chatId });
  await ended(chatId, other);
  expect(other.all('done').find((frame) => frame.chatId === chatId)).toMatchObject({ fallbackModel: second });

  const address = `/api/agents/${scene.agentId}/chats/${chatId}/export`;
  const asJson = (await scene.member.request('GET', `${address}?format=json`)).body;
  expect(writersOf(asJson.messages)).toEqual([second, second]);
  const asMarkdown = (await scene.member.request('GET', `${address}?format=md`)).text;
  expect(asMarkdown).toContain(`*Answered by ${second}: the agent’s model could not answer.*`);

  scene.double.respond([{ text: 'Well.' }, usage(500, 100)]);
  const next = await begin();
  await ended(next);
  expect(scene.client.all('done').find((frame) => frame.chatId === next)).not.toHaveProperty('fallbackModel');
  expect(writersOf(await storedOf(next))).toEqual([undefined]);
});

test('of an answer that changed over in its middle, what came before is the agent’s own', async () => {
  await change({ allowedTools: ['pinchy_ls'] });
  scene.double.respond([{ error: 'quota' }]);
  scene.double.respondNext([{ text: 'I look.' }, { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  local.respond([{ text: ' There.' }, usage(11, 5)]);
  const chatId = await begin();
  await ended(chatId);
  expect(writersOf(await storedOf(chatId))).toEqual([undefined, second]);
});

test('a call that asks first is made once, whichever model goes on after the decision, and each says what it wrote', async () => {
  await change({ allowedTools: ['pinchy_ls'], pluginConfig: { ask_first: ['pinchy_ls'] } });
  scene.double.respond([{ error: 'overloaded' }]);
  scene.double.respondNext([{ error: 'quota' }]);
  local.respond([{ text: 'Seen.' }, usage(11, 5)]);
  local.respondNext([{ text: 'May I?' }, { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  const chatId = await begin();
  const waiting = await scene.client.next(
    'tool',
    (frame) => frame.chatId === chatId && frame.state === 'approval',
    patient,
  );
  // The agent's own model is there again by then.
  scene.double.respond([{ text: 'It is empty.' }, usage(500, 100)]);
  const decide = { type: 'approval', agentId: scene.agentId, chatId, approvalId: waiting.approvalId };
  scene.client.send({ ...decide, decision: 'approve' });
  scene.client.send({ ...decide, decision: 'approve' });
  await ended(chatId);
  const messages = await storedOf(chatId);
  expect(messages.map(({ content }) => content)).toEqual(['How are we?', 'May I?', 'It is empty.']);
  expect(writersOf(messages)).toEqual([second, undefined]);
  const calls = (await auditRows(scene.server.databaseUrl, 'tool.pinchy_ls')).filter(
    ({ detail }) => (detail as Record<string, unknown>)['conversationId'] === chatId,
  );
  expect(calls).toHaveLength(1);
  await change({ pluginConfig: { ask_first: [] } });
});

test('what a budget refuses no fallback answers, and a model without a price is none of a dollar budget', async () => {
  scene.double.respond([{ text: 'Well.' }, usage(500, 100)]);
  local.respond([{ text: 'From the cellar.' }, usage(11, 5)]);
  const asked = local.requests.length;
  await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '10' });
  expect(await ask(scene.client, scene.agentId)).toMatchObject({ code: 'budget_exceeded' });
  expect(local.requests).toHaveLength(asked);
  await scene.removeAll();
  // The fallback costs too much, where the first would have been paid.
  const price = { inputPerMillion: '900000', outputPerMillion: '900000', validFrom: '2020-01-01T00:00:00Z' };
  await scene.admin.request('PUT', '/api/settings/prices', { prices: [{ model: second, ...price }] });
  await scene.add({ scope: 'user', scopeId: scene.member.id, unit: 'usd', amount: '100' });
  scene.double.respond([{ error: 'quota' }]);
  expect(await ask(scene.client, scene.agentId)).toMatchObject({ code: 'budget_exceeded' });
  expect(local.requests).toHaveLength(asked);
});

test('what the first model read before it went silent is spent, also where the fallback answers', async () => {
  const id = await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '1000000' });
  scene.double.respond([{ thinking: 'Hm. '.repeat(3_000) }, { drop: true }]);
  local.respond([{ text: 'From the cellar.' }, usage(11, 5)]);
  const chatId = await begin();
  await ended(chatId);
  expect(writersOf(await storedOf(chatId))).toEqual([second]);
  const { spent, reserved } = await scene.find(id);
  // Three tries were heard to write 12,000 bytes each, at three bytes a token.
  expect(Number(spent)).toBeGreaterThan(12_000);
  expect(reserved).toBe('0');
});

test('who stops while models change over gets no answer, and nothing is reserved any more', async () => {
  const id = await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '1000000' });
  scene.double.respond([{ error: 'quota' }]);
  local.respond([{ wait: 60_000 }, { text: 'Too late.' }]);
  const asked = local.requests.length;
  const chatId = await begin();
  await expect.poll(() => local.requests.length, { timeout: patient }).toBe(asked + 1);
  scene.client.send({ type: 'abort', agentId: scene.agentId, chatId });
  await ended(chatId);
  expect((await storedOf(chatId)).map(({ content }) => content).join('')).not.toContain('Too late');
  expect(await scene.find(id)).toMatchObject({ reserved: '0' });
  const fell = (await auditRows(scene.server.databaseUrl, 'run.fell_back')).filter(
    ({ detail }) => (detail as Record<string, unknown>)['conversationId'] === chatId,
  );
  expect(fell).toHaveLength(1);
});

test('an agent that is stopped stops what its fallback writes', async () => {
  scene.double.respond([{ error: 'quota' }]);
  local.respond([{ text: 'One' }, { wait: 60_000 }, { text: ' and two.' }]);
  const chatId = await begin();
  await scene.client.next('chunk', (frame) => frame.chatId === chatId, patient);
  expect((await scene.admin.request('POST', `/api/agents/${scene.agentId}/stop`)).status).toBe(200);
  await ended(chatId);
  expect((await storedOf(chatId)).at(-1)).toMatchObject({
    ...{ content: 'One', fallbackModel: second },
    failure: { code: 'agent_stopped' },
  });
  expect((await scene.admin.request('POST', `/api/agents/${scene.agentId}/resume`)).status).toBe(200);
});
