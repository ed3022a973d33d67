import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { desc, sql } from 'drizzle-orm';
import { requireAllowedAddress } from '../../server/features/integrations/connection-credentials.ts';
import { createOdooConnector } from '../../server/tools/odoo/odoo-client.ts';
import { auditEntries, connections } from '../../server/db/schema/index.ts';
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
import { revealed } from '../test-database.ts';

// Real: the app and PostgreSQL. Doubled: Odoo and Brave Search, by servers of their own.

type Row = Record<string, unknown>;

let server: TestApp;
let admin: TestUser;
let odoo: OdooDouble;
let user: OdooUser;
let brave: BraveDouble;

beforeAll(async () => {
  brave = await startBraveDouble();
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1', BRAVE_API_URL: brave.url } });
  admin = await createAdmin(server.app);
});
beforeEach(async () => {
  user = { ...defaultUser, denied: {} };
  odoo = await startOdooDouble({ version: '17.0', users: [user], databases: ['production', 'staging'] });
  return () => odoo.close();
});
afterAll(async () => {
  await server?.close();
  await brave?.close();
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
    const rows = await server.services.database.db.select().from(connections);
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
    const before = await server.services.database.db.$count(connections);
    const body = { type: 'odoo', name: 'Bad', credentials: credentialsFor(odoo, changes) };
    const answer = await admin.request('POST', '/api/integrations', body);
    expect([answer.status, typeof answer.body.error]).toEqual([400, 'string']);
    expect(await server.services.database.db.$count(connections)).toBe(before);
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

  test('are named in the trail, also after they are gone', async () => {
    const id = await connectOdoo(admin, odoo, 'Short-lived');
    const entry = async () =>
      (await admin.request('GET', '/api/audit?eventType=integration.created&limit=1')).body.entries[0];
    expect(await entry()).toMatchObject({
      resource: `integration:${id}`,
      resourceName: 'Short-lived',
      resourceDeleted: false,
    });
    await admin.request('DELETE', `/api/integrations/${id}`);
    expect(await entry()).toMatchObject({ resourceName: 'Short-lived', resourceDeleted: true });
  });

  test('a name that answers public when it is checked and private when it is dialled is never connected', async () => {
    let lookups = 0;
    const resolve = async () => [{ address: ++lookups === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }];
    const policy = { allowPrivate: false, resolve };
    const url = `http://rebinding.test:${new URL(odoo.url).port}`;
    await requireAllowedAddress(url, policy);
    await expect(createOdooConnector(policy).connect(credentialsFor({ url }))).rejects.toMatchObject({
      reason: 'forbidden-address',
    });
    expect([odoo.requests, lookups]).toEqual([[], 2]);
  });

  test('members are 403, strangers 401, unknown ones 404', async () => {
    const member = await createMember(server.app, admin);
    const id = await connectOdoo(admin, odoo);
    for (const [method, url] of [
      ['GET', '/api/integrations'],
      ['GET', `/api/integrations/${id}`],
      ['DELETE', `/api/integrations/${id}`],
      ['POST', `/api/integrations/${id}/sync`],
    ] as const) {
      expect((await member.request(method, url)).status).toBe(403);
      expect((await server.app.inject({ method, url })).statusCode).toBe(401);
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

  test('nothing changed writes nothing, and a failing audit rolls every change back', async () => {
    const id = await connectOdoo(admin, odoo);
    const agentId = (await createAgent()).body.id;
    const before = await newest();
    await admin.request('PATCH', `/api/integrations/${id}`, { name: 'Production Odoo' });
    expect((await newest())?.id).toBe(before?.id);
    const state = async () => [
      (await admin.request('GET', '/api/integrations')).body,
      (await admin.request('GET', `/api/agents/${agentId}/integrations`)).body,
    ];
    const unchanged = await state();
    const { db } = server.services.database;
    await db.execute(sql`alter table audit_entries add constraint refuse check (false) not valid`);
    try {
      const url = `/api/integrations/${id}`;
      for (const answer of [
        await admin.request('POST', '/api/integrations', {
          type: 'odoo',
          name: 'X',
          credentials: credentialsFor(odoo),
        }),
        await admin.request('PATCH', url, { name: 'Other' }),
        await admin.request('DELETE', url),
        await admin.request('POST', `${url}/sync`),
        await admin.request('PATCH', `/api/agents/${agentId}/integrations`, { connectionId: id, enabled: true }),
      ]) {
        expect(answer.status).toBe(500);
      }
    } finally {
      await db.execute(sql`alter table audit_entries drop constraint refuse`);
    }
    expect(await state()).toEqual(unchanged);
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
  test.each(['17.0', '18.0', '19.0'])(
    'finds models, their fields and rights by asking Odoo %s as the user',
    async (version) => {
      const other = await startOdooDouble({
        version,
        users: [
          {
            ...defaultUser,
            denied: { 'hr.employee': ['read', 'create', 'write', 'unlink'], 'res.partner': ['unlink'] },
            hiddenFields: { 'crm.lead': ['expected_revenue', 'probability'] },
          },
        ],
      });
      const id = await connectOdoo(admin, other);
      const { models, version: found, lastSyncAt } = (await admin.request('GET', `/api/integrations/${id}`)).body;
      const operationsOf = (model: string) =>
        models.find((entry: { model: string }) => entry.model === model)?.operations;
      const fieldsOf = (model: string) => models.find((entry: { model: string }) => entry.model === model)?.fields;
      const fieldsInOdoo = (model: string) => Object.keys(other.orm.models[model]!.fields).length + 2;
      expect(fieldsOf('sale.order')).toBe(fieldsInOdoo('sale.order'));
      expect(fieldsOf('crm.lead')).toBe(fieldsInOdoo('crm.lead') - 2);
      expect(operationsOf('sale.order')).toEqual(['read', 'create', 'write', 'delete']);
      expect(operationsOf('res.partner')).toEqual(['read', 'create', 'write']);
      expect(operationsOf('hr.employee')).toBeUndefined();
      expect(operationsOf('ir.model')).toBeUndefined();
      expect(operationsOf('res.users')).toBeUndefined();
      expect([found, typeof lastSyncAt]).toEqual([version, 'string']);
      expect(await newest()).toMatchObject({ eventType: 'integration.synced', detail: { models: models.length } });
      await other.close();
    },
  );

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
    const [entry] = (await admin.request('GET', url)).body.filter((row: Row) => row.connectionId === id);
    expect(entry).toMatchObject({
      models: ['res.partner'],
      permissions: [{ model: 'res.partner', operation: 'read' }],
    });
    expect(await newest()).toMatchObject({ eventType: 'integration.synced', detail: { removedPermissions: 2 } });
    user.denied = {};
    await admin.request('POST', `/api/integrations/${id}/sync`);
    expect((await admin.request('GET', url)).body.find((row: Row) => row.connectionId === id).permissions).toHaveLength(
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
