import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OdooDouble, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../../test/create-test-app.ts';
import { connectOdoo } from '../../test/odoo-fixture.ts';
import { modelsIn } from './model-titles.ts';

let server: TestApp;
let odoo: OdooDouble;
let admin: TestUser;

beforeAll(async () => {
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  odoo = await startOdooDouble({ version: '18.0' });
  admin = await createAdmin(server.app);
});
afterAll(async () => {
  await server?.close();
  await odoo?.close();
});

test('models are found wherever a detail names them, on both sides of a change too', () => {
  expect(modelsIn({ model: 'res.partner', name: 'sale.order', record: { model: 'crm.lead', id: 1 } }).sort()).toEqual([
    'crm.lead',
    'res.partner',
  ]);
  expect(modelsIn({ changes: { models: { from: [], to: ['sale.order'] }, name: { from: 'a', to: 'b' } } })).toEqual([
    'sale.order',
  ]);
});

test('entries and versions name the models of a connection as Odoo’s people do', async () => {
  const agent = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  const connectionId = await connectOdoo(admin, odoo);
  const path = `/api/agents/${agent.body.id}`;
  const grant = { connectionId, enabled: true, accessLevel: 'full', models: ['res.partner'] };
  const granted = await admin.request('PATCH', `${path}/integrations`, grant);
  expect(granted.status).toBe(200);
  const { entries } = (await admin.request('GET', '/api/audit?eventTypes=agent.integration_updated')).body;
  expect(entries[0].names).toMatchObject({ 'res.partner': 'Contact' });
  const { versions } = (await admin.request('GET', `${path}/versions`)).body;
  expect(versions[0].names).toMatchObject({ 'res.partner': 'Contact', [connectionId]: 'Production Odoo' });
  expect(versions.at(-1).names).not.toHaveProperty('res.partner');
});
