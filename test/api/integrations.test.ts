import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { desc } from 'drizzle-orm';
import { agentConnections, auditEntries, connections } from '../../server/db/schema/index.ts';
import { braveKey, startBraveDouble, type BraveDouble } from '../../testkit/brave-double.ts';
import {
  defaultUser,
  odooKey,
  startOdooDouble,
  type OdooDouble,
  type OdooUser,
} from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { connectOdoo, credentialsFor } from '../odoo-fixture.ts';

// Real: the app and PostgreSQL. Doubled: Odoo and Brave Search, by servers of their own.

let test1: TestApp;
let admin: TestUser;
let odoo: OdooDouble;
let user: OdooUser;
let brave: BraveDouble;

beforeAll(async () => {
  brave = await startBraveDouble();
  test1 = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1', BRAVE_API_URL: brave.url } });
  admin = await createAdmin(test1.app);
});
beforeEach(async () => {
  user = { ...defaultUser, denied: {} };
  odoo = await startOdooDouble({ version: '17.0', users: [user], databases: ['production', 'staging'] });
  return () => odoo.close();
});
afterAll(async () => {
  await test1?.close();
  await brave?.close();
});

const newest = async () => {
  const [row] = await test1.services.connection.db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
  return row;
};

async function createAgent(body: object = {}) {
  const answer = await admin.request('POST', '/api/agents', { name: 'Worker', templateId: 'custom', ...body });
  return answer;
}

describe('connections', () => {
  test('are created with masked answers, encrypted credentials and an event', async () => {
    const body = { type: 'odoo', name: 'Production Odoo', description: 'Main', credentials: credentialsFor(odoo) };
    const created = await admin.request('POST', '/api/integrations', body);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      type: 'odoo',
      name: 'Production Odoo',
      description: 'Main',
      credentials: { url: odoo.url, db: 'production', login: 'api@example.com', apiKey: '--------' },
      models: [],
      lastSyncAt: null,
    });
    const rows = await test1.services.connection.db.select().from(connections);
    expect(JSON.stringify(rows)).not.toContain(odooKey);
    expect(rows.find(({ id }) => id === created.body.id)?.credentials).toMatch(/^v1\./);
    const event = await newest();
    expect(event).toMatchObject({ eventType: 'integration.created', resource: `integration:${created.body.id}` });
    expect(JSON.stringify(event?.detail)).not.toContain(odooKey);
    const list = await admin.request('GET', '/api/integrations');
    expect(list.body[0]).toEqual((await admin.request('GET', `/api/integrations/${created.body.id}`)).body);
    expect(list.text).not.toContain(odooKey);
  });

  test.each([
    ['no address', { url: 'odoo.example.com' }],
    ['another protocol', { url: 'ftp://odoo.example.com' }],
    ['credentials in the address', { url: 'https://me:secret@odoo.example.com' }],
    ['metadata, even where private addresses are allowed', { url: 'http://169.254.169.254/latest' }],
    ['metadata in decimal', { url: 'http://2852039166/' }],
    ['metadata in IPv6', { url: 'http://[::ffff:169.254.169.254]/' }],
    ['a missing key', { apiKey: '' }],
    ['the mask instead of a key', { apiKey: '--------' }],
    ['an unknown field', { password: 'x' }],
  ])('%s is 400 and stores nothing', async (_name, changes) => {
    const before = await test1.services.connection.db.$count(connections);
    const body = { type: 'odoo', name: 'Bad', credentials: credentialsFor(odoo, changes) };
    const answer = await admin.request('POST', '/api/integrations', body);
    expect([answer.status, typeof answer.body.error]).toEqual([400, 'string']);
    expect(await test1.services.connection.db.$count(connections)).toBe(before);
  });

  test('private addresses are 400 unless ALLOW_PRIVATE_URLS is set; a host that is not found may be stored', async () => {
    const strict = await createTestApp();
    try {
      const owner = await createAdmin(strict.app);
      const create = (url: string) =>
        owner.request('POST', '/api/integrations', {
          type: 'odoo',
          name: 'Odoo',
          credentials: credentialsFor({ url }),
        });
      for (const url of [odoo.url, 'http://localhost:8069', 'http://10.0.0.5', 'http://[::1]/']) {
        const answer = await create(url);
        expect([url, answer.status]).toEqual([url, 400]);
        expect(answer.body.details.fieldErrors['credentials.url']).toHaveLength(1);
      }
      expect((await create('https://odoo.invalid')).status).toBe(201);
      expect((await owner.request('POST', '/api/integrations/databases', { url: odoo.url })).status).toBe(400);
      const tried = await owner.request('POST', '/api/integrations/test', {
        type: 'odoo',
        credentials: credentialsFor(odoo),
      });
      expect(tried.body).toMatchObject({ success: false });
      expect(odoo.requests).toEqual([]);
    } finally {
      await strict.close();
    }
  });

  test('members are 403, strangers 401, unknown ones 404', async () => {
    const member = await createMember(test1.app, admin);
    const id = await connectOdoo(admin, odoo);
    for (const [method, url] of [
      ['GET', '/api/integrations'],
      ['GET', `/api/integrations/${id}`],
      ['DELETE', `/api/integrations/${id}`],
      ['POST', `/api/integrations/${id}/sync`],
    ] as const) {
      expect((await member.request(method, url)).status).toBe(403);
      expect((await test1.app.inject({ method, url })).statusCode).toBe(401);
    }
    expect((await admin.request('GET', `/api/integrations/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await admin.request('POST', `/api/integrations/${crypto.randomUUID()}/sync`)).status).toBe(404);
  });

  test('change with the exact difference; the key is kept unless the address or user changes', async () => {
    const id = await connectOdoo(admin, odoo);
    const renamed = await admin.request('PATCH', `/api/integrations/${id}`, {
      name: 'Renamed',
      credentials: { db: 'staging', apiKey: '--------' },
    });
    expect(renamed.body).toMatchObject({ name: 'Renamed', credentials: { db: 'staging', apiKey: '--------' } });
    expect(await newest()).toMatchObject({
      eventType: 'integration.updated',
      detail: {
        changes: { name: { from: 'Production Odoo', to: 'Renamed' }, db: { from: 'production', to: 'staging' } },
      },
    });
    expect((await admin.request('POST', `/api/integrations/${id}/test`)).body).toEqual({
      success: true,
      version: '17.0',
    });

    const thief = await startOdooDouble({ version: '17.0' });
    const moved = await admin.request('PATCH', `/api/integrations/${id}`, { credentials: { url: thief.url } });
    expect([moved.status, Object.keys(moved.body.details.fieldErrors)]).toEqual([400, ['credentials.apiKey']]);
    const tried = await admin.request('POST', `/api/integrations/${id}/test`, { credentials: { url: thief.url } });
    expect([tried.status, thief.requests.length]).toEqual([400, 0]);
    const withKey = await admin.request('PATCH', `/api/integrations/${id}`, {
      credentials: { url: thief.url, apiKey: 'another-key' },
    });
    expect(withKey.status).toBe(200);
    expect(JSON.stringify((await newest())?.detail)).not.toContain('another-key');
    await thief.close();
  });

  test('nothing changed writes nothing, and a failing audit rolls the change back', async () => {
    const id = await connectOdoo(admin, odoo);
    const before = await newest();
    await admin.request('PATCH', `/api/integrations/${id}`, { name: 'Production Odoo' });
    expect((await newest())?.id).toBe(before?.id);
  });
});

describe('tests', () => {
  test.each([
    ['17.0', '17.0'],
    ['saas~18.2', 'saas~18.2'],
    ['19.0', '19.0'],
  ])('Odoo %s answers with its version', async (version, expected) => {
    const other = await startOdooDouble({ version });
    const answer = await admin.request('POST', '/api/integrations/test', {
      type: 'odoo',
      credentials: credentialsFor(other),
    });
    expect(answer.body).toEqual({ success: true, version: expected });
    const json2 = other.requests.filter(({ path }) => path.startsWith('/json/2/'));
    expect(json2.length > 0).toBe(version === '19.0');
    await other.close();
  });

  test.each([
    ['17.0', { apiKey: 'wrong' }, /refused the login/],
    ['17.0', { login: 'nobody@example.com' }, /refused the login/],
    ['17.0', { db: 'nowhere' }, /no database of that name/],
    ['19.0', { apiKey: 'wrong' }, /refused the login/],
    ['19.0', { login: 'nobody@example.com' }, /another user/],
    ['19.0', { db: 'nowhere' }, /no database of that name/],
    ['17.0', { url: 'http://127.0.0.1:1' }, /could not be reached/],
  ])('%s with %j says what is wrong, with 200', async (version, changes, expected) => {
    const other = await startOdooDouble({ version });
    const answer = await admin.request('POST', '/api/integrations/test', {
      credentials: credentialsFor(other, changes),
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: false, error: expect.stringMatching(expected) });
    expect(answer.text).not.toContain(odooKey);
    await other.close();
  });

  test('a website that is no Odoo, and one that is down, are told apart', async () => {
    odoo.intercept((_message, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hi</h1>'));
    const tryIt = () => admin.request('POST', '/api/integrations/test', { credentials: credentialsFor(odoo) });
    expect((await tryIt()).body.error).toMatch(/does not answer like Odoo/);
    odoo.intercept((_message, response) => response.writeHead(502).end('Bad Gateway'));
    expect((await tryIt()).body.error).toMatch(/status 502/);
  });

  test('a redirect to the metadata service or elsewhere takes no credentials along', async () => {
    const other = await startOdooDouble({ version: '17.0' });
    for (const location of ['http://169.254.169.254/latest/meta-data/', `${other.url}/jsonrpc`]) {
      odoo.intercept((_message, response) => response.writeHead(307, { location }).end());
      const answer = await admin.request('POST', '/api/integrations/test', { credentials: credentialsFor(odoo) });
      expect(answer.body.success).toBe(false);
    }
    expect(other.requests).toEqual([]);
    await other.close();
  });

  test('databases are listed where Odoo allows it', async () => {
    const url = '/api/integrations/databases';
    expect((await admin.request('POST', url, { url: odoo.url })).body).toEqual({
      databases: ['production', 'staging'],
    });
    const closed = await startOdooDouble({ version: '17.0', listDatabases: false });
    expect((await admin.request('POST', url, { url: closed.url })).body).toEqual({ databases: [] });
    await closed.close();
    expect((await admin.request('POST', url, { url: 'http://127.0.0.1:1' })).status).toBe(400);
  });

  test('a Brave key is tried against Brave Search', async () => {
    const tryKey = (apiKey: string) =>
      admin.request('POST', '/api/integrations/test', { type: 'web-search', credentials: { apiKey } });
    expect((await tryKey(braveKey)).body).toMatchObject({ success: true });
    expect((await tryKey('wrong')).body).toEqual({ success: false, error: 'Brave Search refused the API key.' });
  });
});

describe('synchronising', () => {
  test.each(['17.0', '18.0', '19.0'])('finds models and rights by asking Odoo %s as the user', async (version) => {
    const other = await startOdooDouble({
      version,
      users: [
        { ...defaultUser, denied: { 'hr.employee': ['read', 'create', 'write', 'unlink'], 'res.partner': ['unlink'] } },
      ],
    });
    const id = await connectOdoo(admin, other);
    const { models, version: found, lastSyncAt } = (await admin.request('GET', `/api/integrations/${id}`)).body;
    const operationsOf = (model: string) =>
      models.find((entry: { model: string }) => entry.model === model)?.operations;
    expect(operationsOf('sale.order')).toEqual(['read', 'create', 'write', 'delete']);
    expect(operationsOf('res.partner')).toEqual(['read', 'create', 'write']);
    expect(operationsOf('hr.employee')).toBeUndefined();
    expect(operationsOf('ir.model')).toBeUndefined();
    expect(operationsOf('res.users')).toBeUndefined();
    expect([found, typeof lastSyncAt]).toEqual([version, 'string']);
    expect(await newest()).toMatchObject({ eventType: 'integration.synced', detail: { models: models.length } });
    await other.close();
  });

  test('works for a user who may not list models', async () => {
    user.denied = { 'ir.model': ['read'] };
    const id = await connectOdoo(admin, odoo);
    const { models } = (await admin.request('GET', `/api/integrations/${id}`)).body;
    expect(models.map(({ model }: { model: string }) => model)).toContain('account.move');
  });

  test('removes permissions that no longer apply, and says so in the trail', async () => {
    const id = await connectOdoo(admin, odoo);
    const agentId = (await createAgent()).body.id;
    const url = `/api/agents/${agentId}/integrations`;
    const permissions = [
      { model: 'crm.lead', operation: 'read' },
      { model: 'res.partner', operation: 'read' },
      { model: 'res.partner', operation: 'write' },
    ];
    await admin.request('PATCH', url, { connectionId: id, enabled: true, permissions });
    user.denied = { 'res.partner': ['write'], 'crm.lead': ['read'] };
    expect((await admin.request('POST', `/api/integrations/${id}/sync`)).body).toMatchObject({ success: true });
    const [entry] = (await admin.request('GET', url)).body.filter((row: any) => row.connectionId === id);
    expect(entry).toMatchObject({
      models: ['res.partner'],
      permissions: [{ model: 'res.partner', operation: 'read' }],
    });
    expect(await newest()).toMatchObject({ eventType: 'integration.synced', detail: { removedPermissions: 2 } });
    user.denied = {};
    await admin.request('POST', `/api/integrations/${id}/sync`);
    expect((await admin.request('GET', url)).body.find((row: any) => row.connectionId === id).permissions).toHaveLength(
      1,
    );
  });

  test('that fails changes nothing', async () => {
    const id = await connectOdoo(admin, odoo);
    const before = (await admin.request('GET', `/api/integrations/${id}`)).body;
    user.apiKey = 'rotated';
    const answer = await admin.request('POST', `/api/integrations/${id}/sync`);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining('refused the login')]);
    expect((await admin.request('GET', `/api/integrations/${id}`)).body).toEqual(before);
  });
});

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
    expect(answer.body.find((row: any) => row.connectionId === id)).toEqual({
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
    const [entry] = full.body.filter((row: any) => row.connectionId === id);
    expect(entry.permissions.map(({ operation }: any) => operation)).toEqual(['read', 'create', 'write']);
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
    const smithers = (await admin.request('GET', '/api/agents')).body.find((agent: any) => agent.isPersonal);
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
    expect((await admin.request('GET', url)).body.some((row: any) => row.connectionId === id)).toBe(false);
    const rows = await test1.services.connection.db.select().from(agentConnections);
    expect(rows.some(({ connectionId }) => connectionId === id)).toBe(false);
    expect((await admin.request('DELETE', `/api/integrations/${id}`)).status).toBe(404);
  });
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
      expect(templates.find((entry: any) => entry.id === templateId)).toMatchObject({ integration: 'odoo' });
      const created = await createAgent({ templateId, connectionId: id });
      expect([templateId, created.status]).toEqual([templateId, 201]);
      const list = await admin.request('GET', `/api/agents/${created.body.id}/integrations`);
      const entry = list.body.find((row: any) => row.connectionId === id);
      expect(entry).toMatchObject({ enabled: true, accessLevel: 'custom' });
      expect(entry.permissions.some(({ operation }: any) => operation === 'delete')).toBe(false);
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
