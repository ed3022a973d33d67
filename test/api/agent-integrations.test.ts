import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { desc } from 'drizzle-orm';
import { agentConnections, auditEntries } from '../../server/db/schema/index.ts';
import { defaultUser, startOdooDouble, type OdooDouble, type OdooUser } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { connectOdoo, credentialsFor } from '../odoo-fixture.ts';
import { revealed } from '../test-database.ts';

// Real: the app and PostgreSQL. Doubled: Odoo, by a server of its own.

type Row = Record<string, unknown>;

let server: TestApp;
let admin: TestUser;
let odoo: OdooDouble;
let user: OdooUser;

beforeAll(async () => {
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
});
beforeEach(async () => {
  user = { ...defaultUser, denied: {} };
  odoo = await startOdooDouble({ version: '17.0', users: [user], databases: ['production', 'staging'] });
  return () => odoo.close();
});
afterAll(async () => {
  await server?.close();
});

const newest = async () => {
  const { db } = server.services.database;
  const [row] = await revealed(db, db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1));
  return row;
};

async function createAgent(body: object = {}) {
  const answer = await admin.request('POST', '/api/agents', { name: 'Worker', templateId: 'custom', ...body });
  return answer;
}

describe('permissions of an agent', () => {
  test.each([
    ['read-only', ['read']],
    ['read-write', ['read', 'create', 'write']],
    ['full', ['read', 'create', 'write', 'delete']],
  ])('%s gives %j on each model that was named', async (accessLevel, operations) => {
    const id = await connectOdoo(admin, odoo);
    const agentId = (await createAgent()).body.id;
    const body = { connectionId: id, enabled: true, accessLevel, models: ['crm.lead'] };
    const answer = await admin.request('PATCH', `/api/agents/${agentId}/integrations`, body);
    expect(answer.body.find((row: Row) => row.connectionId === id)).toEqual({
      connectionId: id,
      name: 'Production Odoo',
      type: 'odoo',
      enabled: true,
      accessLevel,
      models: ['crm.lead'],
      permissions: operations.map((operation) => ({ model: 'crm.lead', operation })),
    });
    expect(await newest()).toMatchObject({
      eventType: 'agent.integration_updated',
      resource: `agent:${agentId}`,
      detail: {
        connection: 'Production Odoo',
        changes: { enabled: { from: false, to: true }, models: { from: [], to: ['crm.lead'] } },
      },
    });
  });

  test('never exceed what Odoo allows its user', async () => {
    user.denied = { 'crm.lead': ['unlink'] };
    const id = await connectOdoo(admin, odoo);
    const url = `/api/agents/${(await createAgent()).body.id}/integrations`;
    const full = await admin.request('PATCH', url, { connectionId: id, accessLevel: 'full', models: ['crm.lead'] });
    const [entry] = full.body.filter((row: Row) => row.connectionId === id);
    expect(entry.permissions.map(({ operation }: Row) => operation)).toEqual(['read', 'create', 'write']);
    const custom = {
      connectionId: id,
      accessLevel: 'custom',
      permissions: [{ model: 'crm.lead', operation: 'delete' }],
    };
    expect((await admin.request('PATCH', url, custom)).status).toBe(400);
    expect((await admin.request('PATCH', url, { connectionId: id, models: ['no.such'] })).status).toBe(400);
    expect((await admin.request('PATCH', url, { ...custom, accessLevel: 'full' })).status).toBe(400);
    expect((await admin.request('PATCH', url, { connectionId: id })).status).toBe(400);
    expect((await admin.request('PATCH', url, { connectionId: crypto.randomUUID(), enabled: true })).status).toBe(404);
  });

  test('an unchanged PATCH writes nothing; personal and unknown agents are refused', async () => {
    const id = await connectOdoo(admin, odoo);
    const url = `/api/agents/${(await createAgent()).body.id}/integrations`;
    await admin.request('PATCH', url, { connectionId: id, enabled: true });
    const before = await newest();
    await admin.request('PATCH', url, { connectionId: id, enabled: true });
    expect((await newest())?.id).toBe(before?.id);
    const smithers = (await admin.request('GET', '/api/agents')).body.find((agent: Row) => agent.isPersonal);
    const own = `/api/agents/${smithers.id}/integrations`;
    expect((await admin.request('PATCH', own, { connectionId: id, enabled: true })).status).toBe(400);
    expect((await admin.request('GET', `/api/agents/${crypto.randomUUID()}/integrations`)).status).toBe(404);
  });

  test('go with the connection when it is deleted', async () => {
    const id = await connectOdoo(admin, odoo);
    const url = `/api/agents/${(await createAgent()).body.id}/integrations`;
    await admin.request('PATCH', url, { connectionId: id, enabled: true, models: ['crm.lead'] });
    expect((await admin.request('DELETE', `/api/integrations/${id}`)).body).toEqual({ success: true });
    expect(await newest()).toMatchObject({
      eventType: 'integration.deleted',
      detail: { name: 'Production Odoo', agents: 1 },
    });
    expect((await admin.request('GET', url)).body.some((row: Row) => row.connectionId === id)).toBe(false);
    const rows = await server.services.database.db.select().from(agentConnections);
    expect(rows.some(({ connectionId }) => connectionId === id)).toBe(false);
    expect((await admin.request('DELETE', `/api/integrations/${id}`)).status).toBe(404);
  });
});

test('the tools for Odoo and the web can be granted', async () => {
  const { tools } = (await admin.request('GET', '/api/tools')).body as { tools: Row[] };
  const idsOf = (integration: string) =>
    tools.filter((tool) => tool['integration'] === integration).map(({ id }) => id);
  expect(idsOf('odoo')).toHaveLength(16);
  expect(idsOf('web-search')).toEqual(['pinchy_web_search']);
  const powerful = tools.filter(({ category }) => category === 'powerful').map(({ id }) => id);
  expect(powerful).toEqual(expect.arrayContaining(['odoo_create', 'odoo_write', 'odoo_delete', 'odoo_attach_file']));
  // Business actions ask first, like everything that changes something.
  expect(
    powerful.filter((id) => /^odoo_(confirm|validate|post|register|schedule|close|send)_/.test(String(id))),
  ).toHaveLength(7);
  const allowedTools = tools.map(({ id }) => id);
  expect((await createAgent({ allowedTools })).body.allowedTools).toEqual(allowedTools);
});

describe('templates for Odoo', () => {
  const ids = [
    'odoo-sales-analyst',
    'odoo-crm-assistant',
    'odoo-inventory-scout',
    'odoo-finance-controller',
    'odoo-bookkeeper',
    'odoo-hr-analyst',
  ];

  test('are listed as needing Odoo, and make an agent that has what it needs', async () => {
    const id = await connectOdoo(admin, odoo);
    const { templates } = (await admin.request('GET', '/api/templates')).body;
    for (const templateId of ids) {
      expect(templates.find((entry: Row) => entry.id === templateId)).toMatchObject({ integration: 'odoo' });
      const created = await createAgent({ templateId, connectionId: id });
      expect([templateId, created.status]).toEqual([templateId, 201]);
      const list = await admin.request('GET', `/api/agents/${created.body.id}/integrations`);
      const entry = list.body.find((row: Row) => row.connectionId === id);
      expect(entry).toMatchObject({ enabled: true, accessLevel: 'custom' });
      expect(entry.permissions.some(({ operation }: Row) => operation === 'delete')).toBe(false);
      const { content } = (await admin.request('GET', `/api/agents/${created.body.id}/files/AGENTS.md`)).body;
      expect(content).toContain('## Working with Odoo');
    }
  });

  test('need a connection that offers the models, asked before the agent is made', async () => {
    delete odoo.orm.models['hr.employee'];
    odoo.orm.table('ir.model').forEach((row, key, table) => row['model'] === 'hr.employee' && table.delete(key));
    const id = await connectOdoo(admin, odoo);
    const count = (await admin.request('GET', '/api/agents')).body.length;
    const without = await createAgent({ templateId: 'odoo-hr-analyst', connectionId: id });
    expect([without.status, without.body.error]).toEqual([400, expect.stringContaining('hr.employee (read)')]);
    expect((await createAgent({ templateId: 'odoo-hr-analyst' })).status).toBe(400);
    expect((await createAgent({ templateId: 'odoo-hr-analyst', connectionId: crypto.randomUUID() })).status).toBe(400);
    const body = { type: 'odoo', name: 'New', credentials: credentialsFor(odoo) };
    const fresh = (await admin.request('POST', '/api/integrations', body)).body.id;
    expect((await createAgent({ templateId: 'odoo-sales-analyst', connectionId: fresh })).body.error).toMatch(
      /never synchronised/,
    );
    expect((await admin.request('GET', '/api/agents')).body).toHaveLength(count);
  });
});
