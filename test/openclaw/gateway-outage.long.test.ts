import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelDouble } from '../../testkit/model-double.ts';
import { createMember, request, type TestUser } from '../create-test-app.ts';
import { connectClient } from '../chat/chat-client.ts';
import { startProcessBeside } from '../server-process.ts';
import { query } from '../test-database.ts';
import { gatewayTimeoutMs, startAgentScene, type AgentScene } from './gateway-fixture.ts';

// Real: the app, PostgreSQL, and an OpenClaw Gateway that is killed, hung and started again. Doubled: the model.

let scene: AgentScene;
let double: ModelDouble;
let admin: TestUser;
let member: TestUser;
let agentId: string;

beforeAll(async () => {
  scene = await startAgentScene();
  ({ double, admin, agentId } = scene);
  member = await createMember(scene.server.app, admin);
}, gatewayTimeoutMs);
afterAll(() => scene?.close(), 60_000);

const health = async () => (await request(scene.server.app, 'GET', '/api/health')).body;

test('a gateway that is killed in mid-answer is told at once, comes back, and doubles nothing', async () => {
  double.respondNext([{ text: 'word '.repeat(200), chunks: 200, delayMs: 50 }]);
  const client = await scene.open(member);
  const clientMessageId = client.say(agentId, 'Talk for long.');
  await client.next('chunk', undefined, 60_000);
  const killedAt = performance.now();
  process.kill(scene.gateway().pid!, 'SIGKILL');
  const error = await client.next('error');
  expect(error).toMatchObject({ code: 'runtime_unavailable', retryable: true });
  await client.next('complete');
  await expect.poll(async () => (await health()).status, { timeout: 5_000 }).toBe('unavailable');
  expect(performance.now() - killedAt).toBeLessThan(5_000);
  await client.next('status', ({ runtime }) => !runtime.connected);
  const refused = await scene.open(member);
  refused.say(agentId, 'Are you there?');
  expect(await refused.next('error')).toMatchObject({ code: 'runtime_unavailable', retryable: true });

  await scene.untilConnected();
  await expect.poll(async () => (await health()).status, { timeout: 5_000 }).toBe('ok');
  await client.next('status', ({ runtime }) => runtime.connected);
  double.respond([{ text: 'Back again.' }]);
  const completes = client.all('complete').length;
  client.say(agentId, 'And now?');
  await expect.poll(() => client.all('complete').length, { timeout: 60_000 }).toBe(completes + 1);
  const { messages } = await client.history(agentId);
  expect(messages.at(-1)!.content).toBe('Back again.');
  expect(messages.filter((message) => message.clientMessageId === clientMessageId)).toHaveLength(1);
  const asked = double.requests.filter(({ path }) => path.includes('responses')).at(-1);
  expect(JSON.stringify(asked?.body)).toContain('Talk for long.');
  const left = await query(scene.server.databaseUrl, `select 1 from runs where state in ('running', 'queued')`);
  expect(left).toEqual([]);
  await client.close();
  await refused.close();
}, 240_000);

test('a gateway that hangs is told within five seconds, and answers again once it goes on', async () => {
  const { pid } = scene.gateway();
  process.kill(pid!, 'SIGSTOP');
  try {
    await expect.poll(async () => (await health()).openclaw.connected, { timeout: 5_000 }).toBe(false);
  } finally {
    process.kill(pid!, 'SIGCONT');
  }
  await scene.untilConnected();
  double.respond([{ text: 'Awake.' }]);
  const client = await scene.open(member);
  client.say(agentId, 'Are you awake?');
  await client.next('complete', undefined, 60_000);
  expect(client.text()).toBe('Awake.');
  await client.close();
}, 120_000);

test('an answer of a Pinchy that was killed is stopped in the gateway by one that is left, and no other is', async () => {
  const doomed = await startProcessBeside(scene.server, scene.environment);
  const client = await connectClient(`${doomed.url.replace('http', 'ws')}/api/ws`, { cookie: member.cookie });
  const isUp = async () => (await fetch(`${doomed.url}/api/health/openclaw`)).status;
  await expect.poll(isUp, { timeout: 60_000 }).toBe(200);
  const slow = [{ text: 'word '.repeat(2_000), chunks: 2_000, delayMs: 100 }];
  double.respond(slow);
  client.say(agentId, 'Talk for very long.');
  await client.next('chunk', undefined, 60_000);
  const bystander = await scene.open(admin);
  bystander.say(agentId, 'To me too, please.');
  await bystander.next('chunk', undefined, 60_000);
  const before = double.disconnects.length;

  await doomed.kill();
  // A heartbeat that is missed for so long that it counts as dead, and the next look at the gateway.
  await expect.poll(() => double.disconnects.length, { timeout: 90_000, interval: 200 }).toBe(before + 1);
  expect(JSON.stringify(double.disconnects.at(-1)!.request.body)).toContain('Talk for very long.');
  expect(bystander.all('complete')).toEqual([]);
  bystander.send({ type: 'abort', agentId });
  await bystander.next('complete');
  const states = await query(scene.server.databaseUrl, 'select state from runs order by created_at desc limit 2');
  expect(states).toEqual([{ state: 'aborted' }, { state: 'interrupted' }]);
  await bystander.close();
}, 240_000);
