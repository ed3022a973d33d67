import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelDouble } from '../../testkit/model-double.ts';
import { request, type TestUser } from '../create-test-app.ts';
import { gatewayTimeoutMs, startAgentScene, type AgentScene } from './gateway-fixture.ts';

// Real: the app, PostgreSQL, and an OpenClaw Gateway that is told to end, and one that is killed. Doubled: the model.

/** A gateway takes up what its end cut off about eight seconds after its start. */
const recoveryMs = 20_000;

let scene: AgentScene;
let double: ModelDouble;
let admin: TestUser;
let agentId: string;

beforeAll(async () => {
  scene = await startAgentScene();
  ({ double, admin, agentId } = scene);
}, gatewayTimeoutMs);
afterAll(() => scene?.close(), 60_000);

const health = async () => (await request(scene.server.app, 'GET', '/api/health/openclaw')).body;
const modelCalls = () => double.requests.filter(({ chat }) => chat).length;

test('told to end in mid-answer, a gateway ends the answer first; new ones hear that it restarts, and so does everybody who asks', async () => {
  const whole = 'word '.repeat(160);
  double.respondNext([{ text: whole, chunks: 160, delayMs: 50 }]);
  const client = await scene.open(admin);
  client.say(agentId, 'Talk for long.');
  await client.next('chunk', undefined, 60_000);
  const { pid } = scene.gateway();
  process.kill(pid!, 'SIGTERM');
  await expect
    .poll(health, { timeout: 5_000, interval: 100 })
    .toMatchObject({ status: 'restarting', connected: false });
  await client.next('status', ({ runtime }) => !runtime.connected);

  const { body: chat } = await admin.request('POST', `/api/agents/${agentId}/chats`, {});
  const refused = client.say(agentId, 'And something new.', { chatId: chat.id });
  const error = await client.next('error', ({ chatId }) => chatId === chat.id);
  expect(error).toMatchObject({ code: 'runtime_unavailable', retryable: true });
  expect(error.message).toContain('restarted');
  expect(scene.gateway().pid).toBe(pid);

  await client.next('complete', ({ chatId }) => chatId !== chat.id, 30_000);
  expect(client.text()).toBe(whole);
  await expect.poll(() => scene.gateway().pid, { timeout: 30_000 }).not.toBe(pid);
  await scene.untilConnected();
  await expect.poll(health, { timeout: 5_000 }).toMatchObject({ status: 'ok', connected: true });
  expect(modelCalls()).toBe(1);

  double.respond([{ text: 'Here again.' }]);
  const again = await scene.open(admin);
  again.say(agentId, 'And something new.', { chatId: chat.id });
  await again.next('complete', undefined, 60_000);
  expect(again.text()).toBe('Here again.');
  const { messages } = await again.history(agentId, { chatId: chat.id });
  expect(messages.filter(({ clientMessageId }) => clientMessageId === refused)).toHaveLength(1);
  await again.close();
  await client.close();
}, 240_000);

test('an answer that its end cut off is not taken up again by a gateway of its own accord', async () => {
  double.respond([{ text: 'word '.repeat(200), chunks: 200, delayMs: 50 }]);
  const client = await scene.open(admin);
  client.say(agentId, 'Talk for very long.');
  await client.next('chunk', undefined, 60_000);
  process.kill(scene.gateway().pid!, 'SIGKILL');
  await client.next('complete');
  await scene.untilConnected();
  const before = modelCalls();
  await sleep(recoveryMs);
  expect(modelCalls()).toBe(before);

  double.respond([{ text: 'Asked for.' }]);
  const next = await scene.open(admin);
  next.say(agentId, 'Go on.');
  await next.next('complete', undefined, 60_000);
  expect(next.text()).toBe('Asked for.');
  // What the gateway put into its session while it tried is not said to the model.
  const asked = JSON.stringify(double.requests.findLast(({ chat }) => chat)!.body);
  expect(asked).toContain('Talk for very long.');
  expect(asked).not.toMatch(/interrupted by a gateway restart|did not say that it began/);
  await next.close();
  await client.close();
}, 240_000);

test('a gateway that cannot ask Pinchy what an agent may do asks no model either, and the person reads what to do', async () => {
  const path = join(scene.directory, 'openclaw.json');
  const config = readFileSync(path, 'utf8');
  writeFileSync(path, config.replaceAll(scene.address, 'http://127.0.0.1:9'));
  process.kill(scene.gateway().pid!, 'SIGKILL');
  await expect.poll(async () => (await health()).connected, { timeout: 5_000 }).toBe(false);
  await scene.untilConnected();
  const before = modelCalls();
  const client = await scene.open(admin);
  client.say(agentId, 'Are you there?');
  const error = await client.next('error', undefined, 60_000);
  expect(error).toMatchObject({ code: 'runtime_unavailable', retryable: true });
  expect(error.message).toContain('the address and the token');
  expect(modelCalls()).toBe(before);
  await client.close();
}, 240_000);
