import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin } from '../create-test-app.ts';
import { type GatewayScene, gatewayTimeoutMs, startGatewayScene } from './gateway-fixture.ts';

// A gateway keeps conversations in sessions of its own, which know nothing of branches.

let scene: GatewayScene;
let double: ModelDouble;

beforeAll(async () => {
  double = await startModelDouble({ kind: 'openai' });
  scene = await startGatewayScene({ environment: { OPENAI_BASE_URL: double.url } });
}, gatewayTimeoutMs);
afterAll(async () => {
  await scene?.close();
  await double?.close();
}, 60_000);

test('a gateway is asked with the branch that is shown and nothing of the others', { timeout: 120_000 }, async () => {
  const admin = await createAdmin(scene.server.app);
  const connected = { provider: 'openai', apiKey: 'a-key-for-the-double' };
  expect((await admin.request('POST', '/api/settings/providers', connected)).status).toBe(200);
  const agent = await admin.request('POST', '/api/agents', { name: 'Painter', templateId: 'custom' });
  const agentId = agent.body.id as string;
  const client = await scene.open(admin);
  let answers = 0;
  double.respond(() => [{ text: `Colour number ${(answers += 1)}.` }]);
  const asked = () => JSON.stringify(double.requests.filter(({ path }) => /responses/.test(path)).at(-1)?.body);
  async function ask(frame: Record<string, unknown>) {
    const ended = client.all('complete').length;
    client.send({ agentId, clientMessageId: randomUUID(), ...frame });
    await expect.poll(() => client.all('complete').length, { timeout: 60_000 }).toBe(ended + 1);
  }
  const shown = async () => (await client.history(agentId)).messages;

  await ask({ type: 'message', content: 'A colour?' });
  const [question] = await shown();
  await ask({ type: 'regenerate', messageId: question!.id });
  expect(asked()).not.toContain('number 1.');
  await ask({ type: 'regenerate', messageId: question!.id });
  const [, third] = await shown();
  client.send({ type: 'branch', agentId, messageId: third!.branches!.previous });
  await expect.poll(async () => (await shown())[1]?.content).toBe('Colour number 2.');
  await ask({ type: 'message', content: 'Another?' });
  expect(asked()).toContain('number 2.');
  expect(asked()).not.toMatch(/number [13]\./);

  await ask({ type: 'edit', messageId: question!.id, content: 'A number?' });
  expect(asked()).toContain('A number?');
  expect(asked()).not.toMatch(/A colour\?|number \d\./);
  await ask({ type: 'message', content: 'Another?' });
  expect(asked()).toContain('number 5.');
  expect(asked()).not.toMatch(/A colour\?|number [1-4]\./);
  expect(client.all('error')).toEqual([]);
  await client.close();
});
