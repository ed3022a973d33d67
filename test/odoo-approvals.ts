import { expect } from 'vitest';
import type { Proposal } from '../contract/proposals.ts';
import { type ModelDouble, startModelDouble } from '../testkit/model-double.ts';
import { type OdooDouble, type OdooUser, startOdooDouble } from '../testkit/odoo-double/odoo-double.ts';
import { connectClient, type ChatClient } from './chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from './create-test-app.ts';
import { connectOdoo } from './odoo-fixture.ts';
import { query } from './test-database.ts';

interface Call {
  name: string;
  input: object;
}

export interface WaitingCard {
  approvalId: string;
  name: string;
  input: Record<string, unknown>;
  proposal: Proposal;
  mayAllowAlways?: true;
}

/** An agent with Odoo tools on the real server, and a person who is asked; doubled: the model and Odoo. */
export interface OdooApprovals {
  server: TestApp;
  model: ModelDouble;
  odoo: OdooDouble;
  admin: TestUser;
  agentId: string;
  connectionId: string;
  client: ChatClient;
  /** Lets the model make one call, and returns its card once it waits. */
  ask(call: Call, where?: { client?: ChatClient; agentId?: string; chatId?: string }): Promise<WaitingCard>;
  /** Lets the model make one call that is not asked about, and returns what the model read of it. */
  make(call: Call, where?: { client?: ChatClient; agentId?: string; chatId?: string }): Promise<string>;
  decide(approvalId: string, decision: 'approve' | 'deny', more?: object): void;
  /** Decides, and returns what the model read of the call. */
  outcomeOf(card: WaitingCard, decision?: 'approve' | 'deny', more?: object): Promise<string>;
  /** What was asked of Odoo that changes something. */
  changes(): string[];
  stateOf(approvalId: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export const odooTools = [
  'odoo_read',
  'odoo_create',
  'odoo_write',
  'odoo_delete',
  'odoo_attach_file',
  'odoo_confirm_quotation',
  'odoo_register_payment',
  'odoo_send_message',
];
const models = ['res.partner', 'crm.lead', 'sale.order', 'sale.order.line', 'account.move', 'product.product'];

export async function createOdooApprovals(
  options: { version?: string; user?: OdooUser; pluginConfig?: object } = {},
): Promise<OdooApprovals> {
  const model = await startModelDouble({ kind: 'ollama-local' });
  const odoo = await startOdooDouble({
    version: options.version ?? '18.0',
    ...(options.user && { users: [options.user] }),
  });
  const server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  const admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: model.url });
  const { pluginConfig = {} } = options;
  const agent = { name: 'Clerk', templateId: 'custom', allowedTools: odooTools, pluginConfig };
  const agentId = (await admin.request('POST', '/api/agents', agent)).body.id as string;
  const connectionId = await connectOdoo(admin, odoo);
  const grant = { connectionId, enabled: true, accessLevel: 'full', models };
  expect((await admin.request('PATCH', `/api/agents/${agentId}/integrations`, grant)).status).toBe(200);
  const address = `${(await server.listen()).replace('http', 'ws')}/api/ws`;
  const client = await connectClient(address, { cookie: admin.cookie });
  const isWriting = (call: string) => /\.(create|write|unlink|action_\w+|button_\w+|message_post)$/.test(call);
  const lastResult = () =>
    model.requests
      .at(-1)
      ?.chat?.messages.flatMap(({ toolResults = [] }) => toolResults)
      .at(-1)?.text ?? '';

  const scene: OdooApprovals = {
    ...{ server, model, odoo, admin, agentId, connectionId, client },
    async ask(toolCall, where = {}) {
      const socket = where.client ?? client;
      const before = new Set(socket.all('tool').map(({ approvalId }) => approvalId));
      const isNew = (id: string | undefined) => id !== undefined && !before.has(id);
      model.respondNext([{ toolCall }]);
      socket.say(where.agentId ?? agentId, 'Do it', where.chatId ? { chatId: where.chatId, begins: true } : {});
      const isCard = (tool: { state: string; approvalId?: string | undefined }) =>
        tool.state === 'approval' && isNew(tool.approvalId);
      return (await socket.next('tool', isCard, 15_000)) as unknown as WaitingCard;
    },
    async make(toolCall, where = {}) {
      const socket = where.client ?? client;
      const before = socket.all('complete').length;
      model.respondNext([{ toolCall }]);
      socket.say(where.agentId ?? agentId, 'Do it', where.chatId ? { chatId: where.chatId, begins: true } : {});
      await expect.poll(() => socket.all('complete').length).toBe(before + 1);
      return lastResult();
    },
    decide: (approvalId, decision, more = {}) =>
      client.send({ type: 'approval', agentId, approvalId, decision, ...more }),
    async outcomeOf({ approvalId }, decision = 'approve', more = {}) {
      const before = client.all('complete').length;
      scene.decide(approvalId, decision, more);
      await expect.poll(() => client.all('complete').length).toBe(before + 1);
      return lastResult();
    },
    changes: () => odoo.requests.map(({ call = '' }) => call).filter(isWriting),
    async stateOf(approvalId) {
      const sql = 'select state from approvals where id = $1';
      return (await query<{ state: string }>(server.databaseUrl, sql, [approvalId]))[0]?.state;
    },
    async close() {
      await client.close();
      await server.close();
      await odoo.close();
      await model.close();
    },
  };
  return scene;
}
