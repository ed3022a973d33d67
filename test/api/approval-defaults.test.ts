import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { type OdooDouble, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { auditRows, query } from '../test-database.ts';

// An agent as an admin makes it who says nothing about asking first. Doubled: the model and Odoo.

const powerful = ['odoo_create', 'odoo_write', 'odoo_delete', 'odoo_attach_file'];
const model = 'crm.lead';

let server: TestApp;
let double: ModelDouble;
let odoo: OdooDouble;
let admin: TestUser;
let agentId: string;
let connectionId: string;
let client: ChatClient;

beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  odoo = await startOdooDouble({ version: '18.0' });
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  const agent = { name: 'Clerk', templateId: 'custom', allowedTools: ['odoo_read', ...powerful] };
  agentId = (await admin.request('POST', '/api/agents', agent)).body.id;
  await connect();
  const uploads = join(server.home, 'workspaces', agentId, 'uploads', admin.id);
  mkdirSync(uploads, { recursive: true });
  writeFileSync(join(uploads, 'u1-plan.pdf'), '%PDF-1.4');
  client = await connectClient(`${(await server.listen()).replace('http', 'ws')}/api/ws`, { cookie: admin.cookie });
});
afterAll(async () => {
  await client?.close();
  await server?.close();
  await odoo?.close();
  await double?.close();
});

async function connect(): Promise<void> {
  connectionId = await connectOdoo(admin, odoo);
  const grant = { connectionId, enabled: true, accessLevel: 'full', models: [model] };
  expect((await admin.request('PATCH', `/api/agents/${agentId}/integrations`, grant)).status).toBe(200);
}

interface Call {
  name: string;
  input: object;
}
const rename: Call = { name: 'odoo_write', input: { model, ids: [1], values: { name: 'Renamed' } } };

/** Lets the model make calls, and returns their cards once all of those that ask wait. */
async function ask(calls: Call[], waiting = calls.length) {
  const before = new Set(client.all('tool').map(({ approvalId }) => approvalId));
  const cards = () => client.all('tool').filter(({ state, approvalId: id }) => state === 'approval' && !before.has(id));
  double.respondNext(calls.map((toolCall) => ({ toolCall })));
  client.say(agentId, 'Do it');
  await expect.poll(() => cards().length).toBe(waiting);
  return cards();
}

const decide = (approvalId: string | undefined, decision: 'approve' | 'deny') =>
  client.send({ type: 'approval', agentId, approvalId, decision });

/** Lets time pass for one approval: as if it had been asked for so many seconds ago. */
const age = (approvalId: string | undefined, seconds: number) =>
  query(
    server.databaseUrl,
    `update approvals set expires_at = expires_at - created_at + now() - $2 * interval '1 second',
       created_at = now() - $2 * interval '1 second' where id = $1`,
    [approvalId, seconds],
  );

async function completed(work: () => unknown): Promise<string> {
  const [runs, before] = [client.all('complete').length, client.text().length];
  await work();
  await expect.poll(() => client.all('complete').length).toBe(runs + 1);
  return client.text().slice(before);
}

const changes = () => odoo.requests.filter(({ call }) => /\.(create|write|unlink)$/.test(call ?? ''));
const nameOfLead = () => odoo.orm.table(model).get(1)?.['name'];
const lastResults = () => double.requests.at(-1)!.chat!.messages.flatMap(({ toolResults = [] }) => toolResults);

test('every powerful tool of a new agent asks first, a safe one does not, and Odoo hears of what is approved only', async () => {
  const { body } = await admin.request('GET', `/api/agents/${agentId}`);
  expect(body.pluginConfig).not.toHaveProperty('ask_first');
  await completed(() => ask([{ name: 'odoo_read', input: { model, ids: [1] } }], 0));
  expect(lastResults().at(-1)!.text).toContain('Office fit-out');

  const cards = await ask([
    rename,
    { name: 'odoo_create', input: { model, values: { name: 'New' } } },
    { name: 'odoo_delete', input: { model, ids: [1] } },
    { name: 'odoo_attach_file', input: { model, id: 1, path: '/workspace/uploads/plan.pdf' } },
  ]);
  expect(cards.map(({ name }) => name).sort()).toEqual([...powerful].sort());
  expect(cards.find(({ name }) => name === 'odoo_write')!.input).toEqual(rename.input);
  expect(changes()).toEqual([]);
  await completed(() => {
    for (const { name, approvalId } of cards) decide(approvalId, name === 'odoo_write' ? 'approve' : 'deny');
  });
  expect(changes().map(({ call }) => call)).toEqual([`${model}.write`]);
  expect(nameOfLead()).toBe('Renamed');
});

test('a connection that is deleted while a call waits takes the access with it, whatever is decided', async () => {
  const [card] = await ask([{ ...rename, input: { model, ids: [1], values: { name: 'Too late' } } }]);
  expect((await admin.request('DELETE', `/api/integrations/${connectionId}`)).status).toBe(200);
  const before = odoo.requests.length;
  await completed(() => decide(card!.approvalId, 'approve'));
  expect(client.all('tool').at(-1)).toMatchObject({ state: 'denied', name: 'odoo_write' });
  expect(lastResults().at(-1)!.text).toMatch(/^Denied: No Odoo connection is enabled/);
  expect(odoo.requests).toHaveLength(before);
  expect(nameOfLead()).toBe('Renamed');
  await connect();
});

test('a call waits for fifteen minutes and not a second longer', async () => {
  const [first] = await ask([rename]);
  const [stored] = await query<{ seconds: number; expiresAt: Date }>(
    server.databaseUrl,
    `select extract(epoch from expires_at - created_at)::float8 as seconds, expires_at as "expiresAt"
       from approvals where id = $1`,
    [first!.approvalId],
  );
  expect(stored).toEqual({ seconds: 900, expiresAt: new Date(first!.expiresAt!) });
  await age(first!.approvalId, 14 * 60 + 50);
  await completed(() => decide(first!.approvalId, 'approve'));
  expect(client.all('error')).toEqual([]);
  expect(lastResults().at(-1)!.text).toContain('"name":"Renamed"');

  const written = changes().length;
  const [second] = await ask([rename]);
  await age(second!.approvalId, 15 * 60);
  decide(second!.approvalId, 'approve');
  expect(await client.next('error')).toMatchObject({
    code: 'not_found',
    message: 'The time to decide about this tool call has run out.',
  });
  await expect.poll(() => lastResults().at(-1)!.text).toMatch(/^Nobody approved this call in time/);
  expect(changes()).toHaveLength(written);
  const expired = await auditRows(server.databaseUrl, 'approval.expired');
  expect(expired).toMatchObject([{ actor_type: 'system', resource: `approval:${second!.approvalId}` }]);
});
