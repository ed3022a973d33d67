import { afterAll, beforeAll, expect, test } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';

// A call that waits for a person, on two servers with one database, and everything but one honest decision.

let one: TestApp;
let two: TestApp;
let double: ModelDouble;
let admin: TestUser;
let agentId: string;
beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  one = await createTestApp();
  two = await createTestApp({ databaseUrl: one.databaseUrl });
  await Promise.all([one.listen(), two.listen()]);
  admin = await createAdmin(one.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  const agent = { name: 'Careful', templateId: 'custom', allowedTools: ['pinchy_ls'] };
  const pluginConfig = { ask_first: ['pinchy_ls'] };
  agentId = (await admin.request('POST', '/api/agents', { ...agent, pluginConfig })).body.id;
});
afterAll(async () => {
  await two?.close();
  await one?.close();
  await double?.close();
});

const open = (server: TestApp, user: TestUser): Promise<ChatClient> =>
  connectClient(`ws://127.0.0.1:${(server.app.server.address() as { port: number }).port}/api/ws`, {
    cookie: user.cookie,
  });

/** An answer that waits for `user` to decide, as both servers show it. */
async function ask(user: TestUser) {
  const [here, there] = [await open(one, user), await open(two, user)];
  await there.history(agentId);
  double.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  here.say(agentId, 'What is there?');
  const card = await here.next('tool', ({ state }) => state === 'approval');
  await there.next('tool', ({ state }) => state === 'approval');
  const close = () => Promise.all([here.close(), there.close()]);
  return { here, there, approvalId: card.approvalId!, close };
}

const decide = (client: ChatClient, approvalId: string, decision: 'approve' | 'deny') =>
  client.send({ type: 'approval', agentId, approvalId, decision });
const executed = async () => (await auditRows(one.databaseUrl, 'tool.pinchy_ls')).length;
const stateOf = async (id: string) =>
  (await query<{ state: string }>(one.databaseUrl, 'select state from approvals where id = $1', [id]))[0]?.state;

test('of many decisions at once on both servers one counts, and what was denied never happens', async () => {
  for (let round = 0; round < 4; round++) {
    const user = await createMember(one.app, admin);
    const { here, there, approvalId, close } = await ask(user);
    const before = await executed();
    for (let count = 0; count < 4; count++) {
      decide(here, approvalId, round % 2 === 0 ? 'approve' : 'deny');
      decide(there, approvalId, round % 2 === 0 ? 'deny' : 'approve');
    }
    await here.next('complete');
    await expect.poll(() => [...here.all('error'), ...there.all('error')].length).toBe(7);
    const state = await stateOf(approvalId);
    expect(await executed()).toBe(before + (state === 'executed' ? 1 : 0));
    expect(['executed', 'denied']).toContain(state);
    const decided = [
      ...(await auditRows(one.databaseUrl, 'approval.approved')),
      ...(await auditRows(one.databaseUrl, 'approval.denied')),
    ].filter(({ resource }) => resource === `approval:${approvalId}`);
    expect(decided).toHaveLength(1);
    await close();
  }
});

test('an approval that was used up is used up, on either server and after the answer', async () => {
  const user = await createMember(one.app, admin);
  const { here, there, approvalId, close } = await ask(user);
  decide(there, approvalId, 'approve');
  await here.next('complete');
  const before = await executed();
  for (const client of [here, there]) for (let count = 0; count < 3; count++) decide(client, approvalId, 'approve');
  await expect.poll(() => [...here.all('error'), ...there.all('error')].length).toBe(6);
  expect(await executed()).toBe(before);
  await close();
});

test.each([
  [
    'was deactivated',
    (user: TestUser) => admin.request('DELETE', `/api/users/${user.id}`),
    (user: TestUser) => admin.request('POST', `/api/users/${user.id}/reactivate`),
  ],
  [
    'may not use the agent any more',
    () => query(one.databaseUrl, `update agents set visibility = 'restricted' where id = $1`, [agentId]),
    () => query(one.databaseUrl, `update agents set visibility = 'all' where id = $1`, [agentId]),
  ],
] as const)('whoever %s decides nothing', async (_what, end, undo) => {
  const user = await createMember(one.app, admin);
  const { here, there, approvalId, close } = await ask(user);
  const before = await executed();
  await end(user);
  for (const client of [here, there]) if (client.socket.readyState === 1) decide(client, approvalId, 'approve');
  await expect
    .poll(() => [here, there].every((client) => client.socket.readyState !== 1 || client.all('error').length > 0))
    .toBe(true);
  expect(await executed()).toBe(before);
  expect(['pending', 'cancelled']).toContain(await stateOf(approvalId));
  await undo(user);
  await close();
});
