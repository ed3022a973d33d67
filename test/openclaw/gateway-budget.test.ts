import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type GatewayDouble, startGatewayDouble } from '../../testkit/gateway-double.ts';
import { ends, endsCall, says, startsCall, stores, type TurnEvent } from '../../testkit/gateway-turn.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { type ChatClient, connectClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

// Doubled: the gateway; real: the app.

const token = 'the token of a gateway with a budget';
let gateway: GatewayDouble;
let provider: ModelDouble;
let server: TestApp;
let admin: TestUser;
let client: ChatClient;
let agentId: string;

beforeAll(async () => {
  gateway = await startGatewayDouble({ token });
  provider = await startModelDouble({ kind: 'openai' });
  server = await createTestApp({
    environment: {
      AGENT_RUNTIME: 'openclaw',
      OPENCLAW_URL: gateway.url,
      OPENCLAW_TOKEN: token,
      OPENAI_BASE_URL: provider.url,
    },
  });
  const address = (await server.listen()).replace('http', 'ws');
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-of-the-double' });
  await admin.request('PUT', '/api/settings/conversations', { modelTitles: false });
  await vi.waitFor(() => expect(server.services.runtime.health().connected).toBe(true), { timeout: 30_000 });
  client = await connectClient(`${address}/api/ws`, { cookie: admin.cookie });
});
afterAll(async () => {
  await client?.close();
  await server?.close();
  await gateway?.close();
  await provider?.close();
});
beforeEach(async () => {
  agentId = (await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' })).body.id;
});

const limit = async (amount: string): Promise<string> => {
  const body = { scope: 'agent', scopeId: agentId, unit: 'tokens', amount, period: 'day' };
  return (await admin.request('POST', '/api/budgets', body)).body.id;
};
const find = async (id: string) =>
  (await admin.request('GET', '/api/budgets')).body.budgets.find((budget: { id: string }) => budget.id === id);

async function ask(events: TurnEvent[]) {
  if (events.length > 0) gateway.respondNext(events);
  client.say(agentId, 'What is it?');
  await client.next('complete', (frame) => frame.agentId === agentId, 15_000);
  return client.all('error').find((frame) => frame.agentId === agentId);
}

test('what the gateway used is spent', async () => {
  const id = await limit('1000000');
  expect(
    await ask([...says('Forty-two.'), stores({ text: 'Forty-two.' }), ends({ text: 'Forty-two.' })]),
  ).toBeUndefined();
  const { spent, reserved } = await find(id);
  const [used] = await query<{ tokens: string }>(
    server.databaseUrl,
    `select sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens)::text as tokens
     from usage_records where agent_id = $1`,
    [agentId],
  );
  expect(Number(spent)).toBeGreaterThan(0);
  expect(spent).toBe(used!.tokens);
  expect(reserved).toBe('0');
});

test('a budget that is used up lets the gateway not be asked', async () => {
  await limit('10');
  const asked = () => gateway.requests.filter(({ method }) => method === 'agent').length;
  const before = asked();
  expect(await ask([])).toMatchObject({ code: 'budget_exceeded', details: { scope: 'agent' } });
  expect(asked()).toBe(before);
});

test('a further step that it leaves no room for is stopped', async () => {
  const id = await limit('1000000');
  const call = { id: 'call_1', name: 'pinchy_ls', arguments: { path: '/data' } };
  const asking = ask([
    ...says('Let me look.'),
    startsCall(call.id, call.name, call.arguments),
    endsCall(call.id, call.name, 'Nothing.'),
    stores({ text: 'Let me look.', calls: [call] }),
    1_500,
    ...says('There is'),
    stores({ text: 'There is' }),
    ends({ text: 'There is' }),
  ]);
  await client.next('chunk', (frame) => frame.agentId === agentId);
  expect((await admin.request('PATCH', `/api/budgets/${id}`, { amount: '11' })).status).toBe(200);
  expect(await asking).toMatchObject({ code: 'budget_exceeded' });
});
