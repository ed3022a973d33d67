import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient, type ChatClient } from '../../../test/chat/chat-client.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  type TestApp,
  type TestUser,
} from '../../../test/create-test-app.ts';
import { startModelDouble, type ModelDouble } from '../../../testkit/model-double.ts';

let double: ModelDouble;
let app: TestApp;
let admin: TestUser;
let member: TestUser;
let agents: string[];

beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  app = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(app.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  member = await createMember(app.app, admin);
  const create = async (name: string) =>
    (await admin.request('POST', '/api/agents', { name, templateId: 'custom' })).body.id as string;
  agents = [await create('Clerk'), await create('Scribe')];
});

afterAll(async () => {
  await app?.close();
  await double?.close();
});

const search = (user: TestUser, q: string) =>
  user.request('GET', `/api/conversations/search?q=${encodeURIComponent(q)}`);

async function say(client: ChatClient, agentId: string, text: string, reply: string): Promise<void> {
  double.respondNext([{ text: reply }]);
  const before = client.all('complete').length;
  client.say(agentId, text);
  await expect.poll(() => client.all('complete').length).toBe(before + 1);
}

test('finds what was said with any agent, each with its place, and nothing of others', async () => {
  const address = (await app.listen()).replace('http', 'ws');
  const client = await connectClient(`${address}/api/ws`, { cookie: member.cookie });
  const [clerk, scribe] = agents as [string, string];
  await say(client, clerk, 'About the budget', 'The Heron flies at dawn.');
  await say(client, scribe, 'Where is the heron now?', 'I do not know.');
  const found = await search(member, 'HERON');
  expect(found.status).toBe(200);
  expect(found.body.conversations).toMatchObject([
    { agentId: scribe, isDefault: true, match: 'Where is the heron now?' },
    { agentId: clerk, match: 'The Heron flies at dawn.' },
  ]);
  const { messages } = await client.history(clerk);
  expect(found.body.conversations[1].matchId).toBe(messages[1]!.id);
  // A title that has the words, and no message.
  const { id } = found.body.conversations[1];
  await member.request('PATCH', `/api/agents/${clerk}/chats/${id}`, { title: 'Wetlands' });
  const titled = (await search(member, 'wetlands')).body.conversations;
  expect(titled).toMatchObject([{ id, match: 'Wetlands' }]);
  expect(titled[0]).not.toHaveProperty('matchId');

  expect((await search(admin, 'heron')).body).toEqual({ conversations: [] });
  expect((await search(member, '   ')).status).toBe(400);
  expect((await search(member, 'x'.repeat(201))).status).toBe(400);

  // What is not shown is not found, and what an agent was asked who is gone neither.
  client.send({
    type: 'edit',
    agentId: scribe,
    messageId: (await client.history(scribe)).messages[0]!.id,
    content: 'Where is it now?',
    clientMessageId: crypto.randomUUID(),
  });
  await expect.poll(async () => (await search(member, 'heron')).body.conversations.length).toBe(1);
  await admin.request('DELETE', `/api/agents/${clerk}`);
  expect((await search(member, 'heron')).body).toEqual({ conversations: [] });
  await client.close();
});
