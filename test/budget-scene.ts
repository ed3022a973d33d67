import { randomUUID } from 'node:crypto';
import { startModelDouble, type ModelDouble } from '../testkit/model-double.ts';
import { connectClient, type ChatClient } from './chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from './create-test-app.ts';
import { createLicenceKeys } from './licence-keys.ts';

export interface BudgetScene {
  double: ModelDouble;
  server: TestApp;
  admin: TestUser;
  member: TestUser;
  agentId: string;
  client: ChatClient;
  connect(who: TestUser, app?: TestApp): Promise<ChatClient>;
  /** Another server on the same database. */
  startReplica(databaseUrl?: string): Promise<TestApp>;
  /** The body of a budget of tokens that blocks. */
  add(body: Record<string, unknown>): Promise<string>;
  find(id: string): Promise<Record<string, string>>;
  removeAll(): Promise<void>;
  close(): Promise<void>;
}

export const usage = (input: number, output: number) => ({ usage: { input, output } });

/** An organisation whose one agent asks the double of a provider that bills by the token. */
export async function startBudgetScene(model = 'anthropic/claude-sonnet-4-5-20250929'): Promise<BudgetScene> {
  const double = await startModelDouble({ kind: 'anthropic' });
  const keys = await createLicenceKeys();
  const environment = {
    ANTHROPIC_BASE_URL: double.url,
    PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
    PINCHY_ENTERPRISE_KEY: await keys.sign(),
  };
  const server = await createTestApp({ environment });
  const admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
  await admin.request('PUT', '/api/settings/conversations', { modelTitles: false });
  const agent = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  const chosen = await admin.request('PATCH', `/api/agents/${agent.body.id}`, { model });
  if (chosen.status !== 200) throw new Error(`${chosen.status} ${chosen.text}`);
  const member = await createMember(server.app, admin, { name: 'Mia Member' });
  const replicas: TestApp[] = [];
  const clients: ChatClient[] = [];
  const addresses = new Map<TestApp, Promise<string>>();
  const connect = async (who: TestUser, app = server) => {
    if (!addresses.has(app)) addresses.set(app, app.listen());
    const address = await addresses.get(app)!;
    const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: who.cookie });
    clients.push(client);
    return client;
  };
  return {
    ...{ double, server, admin, member, connect },
    agentId: agent.body.id,
    client: await connect(member),
    async startReplica(databaseUrl = server.databaseUrl) {
      const replica = await createTestApp({ environment, databaseUrl });
      replicas.push(replica);
      return replica;
    },
    async add(body) {
      const answer = await admin.request('POST', '/api/budgets', { unit: 'tokens', period: 'day', ...body });
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
      return answer.body.id;
    },
    async find(id) {
      const { budgets } = (await admin.request('GET', '/api/budgets')).body;
      return budgets.find((budget: { id: string }) => budget.id === id);
    },
    async removeAll() {
      const { budgets } = (await admin.request('GET', '/api/budgets')).body;
      for (const { id } of budgets) await admin.request('DELETE', `/api/budgets/${id}`);
    },
    async close() {
      await Promise.all(clients.map((client) => client.close().catch(() => undefined)));
      for (const replica of replicas) await replica.close();
      await server.close();
      await double.close();
    },
  };
}

/** Says something in a conversation of its own and waits for its end. Returns what failed, if anything. */
export async function ask(client: ChatClient, agentId: string, content = 'How are we?', more = {}) {
  const chatId = randomUUID();
  client.say(agentId, content, { chatId, begins: true, ...more });
  await client.next('complete', (frame) => frame.chatId === chatId);
  return client.all('error').find((frame) => frame.chatId === chatId);
}
