import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';
import { createMember, type TestUser } from '../create-test-app.ts';
import { createOdooApprovals, odooTools, type OdooApprovals } from '../odoo-approvals.ts';
import { auditRows, query } from '../test-database.ts';

// "Always allow this here": what a person no longer wants to be asked about, and nothing beside it.

let scene: OdooApprovals;
let member: TestUser;
let other: ChatClient;
let address: string;

beforeAll(async () => {
  scene = await createOdooApprovals();
  address = `ws://127.0.0.1:${(scene.server.app.server.address() as { port: number }).port}/api/ws`;
  member = await createMember(scene.server.app, scene.admin);
  other = await connectClient(address, { cookie: member.cookie });
});
afterAll(async () => {
  await other?.close();
  await scene?.close();
});

let chatId: string;
beforeEach(async () => {
  chatId = crypto.randomUUID();
  await permit(['odoo_create', 'odoo_write']);
});

const agentPath = () => `/api/agents/${scene.agentId}`;
async function permit(allow_always: string[] | null) {
  const answer = await scene.admin.request('PATCH', agentPath(), { pluginConfig: { allow_always } });
  expect(answer.status, answer.text).toBe(200);
}
const contact = (name: string) => ({ name: 'odoo_create', input: { model: 'res.partner', values: { name } } });
const created = (name: string) =>
  [...scene.odoo.orm.table('res.partner').values()].filter((row) => row['name'] === name);
const allowances = () =>
  query(scene.server.databaseUrl, 'select * from allowances where conversation_id = $1', [chatId]);
/** Approves one contact in the conversation, and all that are like it. */
async function allowContacts() {
  const card = await scene.ask(contact('First'), { chatId });
  expect(card.mayAllowAlways).toBe(true);
  await scene.outcomeOf(card, 'approve', { chatId, always: true });
}
async function expectAsked(call: Parameters<OdooApprovals['ask']>[0], where: Parameters<OdooApprovals['ask']>[1] = {}) {
  const card = await scene.ask(call, { chatId, ...where });
  const { client = scene.client, agentId = scene.agentId, chatId: at = chatId } = where;
  const done = client.all('complete').length;
  client.send({ type: 'approval', agentId, chatId: at, approvalId: card.approvalId, decision: 'deny' });
  await expect.poll(() => client.all('complete').length).toBe(done + 1);
  return card;
}

test('what was allowed is done without asking, and the trail says by whose word', async () => {
  await allowContacts();
  expect(await scene.make(contact('Second'), { chatId })).toContain('Created res.partner');
  expect(created('Second')).toHaveLength(1);
  const [allowance] = await allowances();
  const [given] = await auditRows(scene.server.databaseUrl, 'allowance.created');
  expect(given).toMatchObject({
    actor_type: 'user',
    actor_id: scene.admin.id,
    resource: `allowance:${allowance!['id']}`,
    detail: { tool: 'odoo_create', conversationId: chatId },
  });
  const calls = await auditRows(scene.server.databaseUrl, 'tool.odoo_create');
  expect(calls.at(-1)!.detail).toMatchObject({ allowanceId: allowance!['id'], conversationId: chatId });
  const started = await auditRows(scene.server.databaseUrl, 'tool.started');
  expect(started.at(-1)!.detail).toMatchObject({ allowanceId: allowance!['id'] });
});

test('another model, another kind of change and anything that deletes are asked about', async () => {
  await allowContacts();
  await expectAsked({ name: 'odoo_create', input: { model: 'crm.lead', values: { name: 'Lead' } } });
  const rename = {
    name: 'odoo_write',
    input: { model: 'sale.order', ids: [1], values: { date_order: '2026-01-01 00:00:00' } },
  };
  const card = await scene.ask(rename, { chatId });
  await scene.outcomeOf(card, 'approve', { chatId, always: true });
  await scene.make({ name: 'odoo_read', input: { model: 'sale.order.line', ids: [1] } }, { chatId });
  const deleting = { ...rename, input: { ...rename.input, values: { order_line: [[2, 1, 0]] } } };
  expect(await expectAsked(deleting)).not.toHaveProperty('mayAllowAlways');
  await scene.make({ name: 'odoo_read', input: { model: 'res.partner', ids: [3] } }, { chatId });
  expect(await expectAsked({ name: 'odoo_delete', input: { model: 'res.partner', ids: [3] } })).not.toHaveProperty(
    'mayAllowAlways',
  );
});

test('another conversation, another agent and another person are asked', async () => {
  await allowContacts();
  await expectAsked(contact('Elsewhere'), { chatId: crypto.randomUUID() });
  const body = { name: 'Second clerk', templateId: 'custom', allowedTools: odooTools };
  const pluginConfig = { allow_always: ['odoo_create'] };
  const agentId = (await scene.admin.request('POST', '/api/agents', { ...body, pluginConfig })).body.id as string;
  const grant = { connectionId: scene.connectionId, enabled: true, accessLevel: 'full', models: ['res.partner'] };
  await scene.admin.request('PATCH', `/api/agents/${agentId}/integrations`, grant);
  await expectAsked(contact('Elsewhere'), { agentId, chatId: crypto.randomUUID() });
  await expectAsked(contact('Elsewhere'), { client: other, chatId: crypto.randomUUID() });
  expect(created('Elsewhere')).toEqual([]);
});

test('on another branch of the conversation it is asked about again', async () => {
  await allowContacts();
  const { messages } = await scene.client.history(scene.agentId, { chatId });
  const question = messages.findLast(({ role }) => role === 'user')!;
  scene.model.respondNext([{ toolCall: contact('On a branch') }]);
  const known = new Set(scene.client.all('tool').map(({ approvalId }) => approvalId));
  scene.client.send({
    type: 'regenerate',
    agentId: scene.agentId,
    chatId,
    messageId: question.id,
    clientMessageId: crypto.randomUUID(),
  });
  const card = await scene.client.next(
    'tool',
    ({ state, approvalId }) => state === 'approval' && !known.has(approvalId),
  );
  expect(created('On a branch')).toEqual([]);
  await scene.outcomeOf(card as never, 'deny', { chatId });
});

test('taken back by the person or by the admin, it is asked about; a permission that returns brings nothing back', async () => {
  await allowContacts();
  const { body } = await scene.admin.request('GET', '/api/approvals');
  const listed = (body.allowances as { id: string; chatId: string; about: object }[]).find(
    (one) => one.chatId === chatId,
  )!;
  expect(listed.about).toMatchObject({ action: 'create', model: { name: 'res.partner' } });
  expect((await member.request('DELETE', `/api/allowances/${listed.id}`)).status).toBe(404);
  expect((await scene.admin.request('DELETE', `/api/allowances/${listed.id}`)).status).toBe(200);
  expect((await auditRows(scene.server.databaseUrl, 'allowance.deleted')).at(-1)).toMatchObject({
    actor_id: scene.admin.id,
  });
  await expectAsked(contact('Taken back'));

  await allowContacts();
  await permit(null);
  await expectAsked(contact('Taken back'));
  await permit(['odoo_create']);
  await expectAsked(contact('Taken back'));
  expect(created('Taken back')).toEqual([]);
});

test('what the admin does not permit cannot be allowed, whatever is sent, and is not approved by the way', async () => {
  await permit(['odoo_write']);
  const card = await scene.ask(contact('Not permitted'), { chatId });
  expect(card).not.toHaveProperty('mayAllowAlways');
  const before = scene.client.all('error').length;
  scene.decide(card.approvalId, 'approve', { chatId, always: true });
  await expect.poll(() => scene.client.all('error').length).toBe(before + 1);
  const path = `/api/approvals/${card.approvalId}`;
  const refused = await scene.admin.request('POST', path, { decision: 'approve', always: true });
  expect(refused.status).toBe(404);
  expect(await scene.stateOf(card.approvalId)).toBe('pending');
  expect(await allowances()).toEqual([]);
  await scene.outcomeOf(card, 'deny', { chatId });

  // Permitted when it was asked for, and not any more when it is allowed.
  await permit(['odoo_create']);
  const late = await scene.ask(contact('Not permitted'), { chatId });
  await permit(null);
  expect(
    (await scene.admin.request('POST', `/api/approvals/${late.approvalId}`, { decision: 'approve', always: true }))
      .status,
  ).toBe(404);
  await scene.outcomeOf(late, 'deny', { chatId });
  expect(created('Not permitted')).toEqual([]);
});

test('somebody else neither decides nor allows', async () => {
  const card = await scene.ask(contact('Theirs'), { chatId });
  for (const body of [{ decision: 'approve' }, { decision: 'deny' }, { decision: 'approve', always: true }]) {
    expect((await member.request('POST', `/api/approvals/${card.approvalId}`, body)).status).toBe(404);
  }
  expect((await member.request('GET', '/api/approvals')).body).toEqual({ approvals: [], allowances: [] });
  expect(await scene.stateOf(card.approvalId)).toBe('pending');
  await scene.outcomeOf(card, 'deny', { chatId });
});

test('an allowance does not outlive the right: without the model nothing happens', async () => {
  await allowContacts();
  const grants = `${agentPath()}/integrations`;
  const grant = { connectionId: scene.connectionId, enabled: true, accessLevel: 'read-only', models: ['res.partner'] };
  await scene.admin.request('PATCH', grants, grant);
  expect(await scene.make(contact('Without a right'), { chatId })).toMatch(/may not create/);
  expect(created('Without a right')).toEqual([]);
  const models = ['res.partner', 'crm.lead', 'sale.order', 'sale.order.line', 'account.move', 'product.product'];
  await scene.admin.request('PATCH', grants, { ...grant, accessLevel: 'full', models });
});
