import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOdooDouble, type OdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { connectOdoo } from '../odoo-fixture.ts';

// What somebody who may use an agent learns of what it may do, and what not.

let server: TestApp;
let odoo: OdooDouble;
let admin: TestUser;
let member: TestUser;
let connectionId: string;

beforeAll(async () => {
  odoo = await startOdooDouble({ version: '18.0' });
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
  connectionId = await connectOdoo(admin, odoo, 'Production Odoo');
});
afterAll(async () => {
  await server?.close();
  await odoo?.close();
});

async function createAgent(allowedTools: string[]): Promise<string> {
  const body = { name: 'Desk', templateId: 'custom', allowedTools };
  return (await admin.request('POST', '/api/agents', body)).body.id;
}
const grant = (agentId: string, more: object = {}) =>
  admin.request('PATCH', `/api/agents/${agentId}/integrations`, {
    connectionId,
    enabled: true,
    accessLevel: 'read-only',
    models: ['res.partner'],
    ...more,
  });
const about = async (who: TestUser, id: string) => (await who.request('GET', `/api/agents/${id}/about`)).body;

test('its tools and how far it gets into which connection, but neither where that leads nor by which account', async () => {
  const id = await createAgent(['odoo_read', 'pinchy_read']);
  await grant(id);
  const { tools, connections } = await about(member, id);
  expect((tools as { id: string }[]).map((tool) => tool.id).toSorted()).toEqual(['odoo_read', 'pinchy_read']);
  expect(connections).toEqual([
    {
      name: 'Production Odoo',
      type: 'odoo',
      accessLevel: 'read-only',
      models: [{ model: 'res.partner', name: 'Contact', operations: ['read'] }],
    },
  ]);
  expect(JSON.stringify(connections)).not.toMatch(new RegExp(`${connectionId}|127\\.0\\.0\\.1|login|apiKey|http`));
});

test('a connection that is switched off, or that no tool reaches, is none', async () => {
  const id = await createAgent(['odoo_read']);
  expect((await about(member, id)).connections).toEqual([]);
  await grant(id);
  expect((await about(member, id)).connections).toHaveLength(1);
  await grant(id, { enabled: false });
  expect((await about(member, id)).connections).toEqual([]);
  const other = await createAgent(['pinchy_ls']);
  await grant(other);
  expect((await about(member, other)).connections).toEqual([]);
});

test('a personal agent has the tools of whose it is now, and is told to nobody else', async () => {
  const agents = (await member.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[];
  const { id } = agents.find(({ isPersonal }) => isPersonal)!;
  const ids = async () => ((await about(member, id)).tools as { id: string }[]).map((tool) => tool.id);
  expect(await ids()).toEqual(['pinchy_save_user_context']);
  await admin.request('PATCH', `/api/users/${member.id}`, { role: 'admin' });
  expect(await ids()).toContain('pinchy_save_org_context');
  await admin.request('PATCH', `/api/users/${member.id}`, { role: 'member' });
  const other = await createMember(server.app, admin);
  expect((await other.request('GET', `/api/agents/${id}/about`)).status).toBe(404);
});
