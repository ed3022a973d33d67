import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultUser, type OdooDouble, type OdooUser, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { connectOdoo, credentialsFor } from '../odoo-fixture.ts';

// What Odoo's own rights do to what agents were granted.

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
  odoo = await startOdooDouble({ version: '17.0', users: [user] });
  return () => odoo.close();
});
afterAll(() => server?.close());

const createAgent = () => admin.request('POST', '/api/agents', { name: 'Worker', templateId: 'custom' });

test('a synchronisation takes from a level what Odoo took, and gives nothing back by itself when its rights return', async () => {
  const id = await connectOdoo(admin, odoo);
  const agentId = (await createAgent()).body.id;
  const url = `/api/agents/${agentId}/integrations`;
  const held = async () => {
    const [entry] = (await admin.request('GET', url)).body.filter((row: Row) => row.connectionId === id);
    return {
      level: entry.accessLevel,
      permissions: entry.permissions.map(({ model, operation }: Row) => `${model}:${operation}`),
    };
  };
  const sync = () => admin.request('POST', `/api/integrations/${id}/sync`);
  await admin.request('PATCH', url, {
    connectionId: id,
    enabled: true,
    accessLevel: 'read-write',
    models: ['crm.lead', 'hr.employee', 'res.partner'],
  });
  user.denied = { 'hr.employee': ['read'] };
  await sync();
  // A whole model that is gone leaves the level to the others.
  expect(await held()).toMatchObject({ level: 'read-write' });
  user.denied = { 'res.partner': ['write'] };
  await sync();
  const left = ['crm.lead:create', 'crm.lead:read', 'crm.lead:write', 'res.partner:create', 'res.partner:read'];
  expect(await held()).toEqual({ level: 'custom', permissions: expect.arrayContaining(left) });
  user.denied = {};
  await sync();
  const after = await held();
  expect(after.permissions.toSorted()).toEqual(left);
});

test('a model that was never seen is no grant', async () => {
  const created = await admin.request('POST', '/api/integrations', {
    type: 'odoo',
    name: 'Unseen',
    credentials: credentialsFor(odoo),
  });
  const agentId = (await createAgent()).body.id;
  for (const body of [
    { accessLevel: 'full', models: ['res.partner'] },
    { permissions: [{ model: 'res.partner', operation: 'read' }] },
  ]) {
    const answer = await admin.request('PATCH', `/api/agents/${agentId}/integrations`, {
      connectionId: created.body.id,
      enabled: true,
      ...body,
    });
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(/never synchronised/) } });
  }
});
