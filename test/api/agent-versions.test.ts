import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgentVersion } from '../../contract/agents.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { defaultUser, type OdooDouble, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { auditRows, refuseAuditEvent } from '../test-database.ts';

// Real: server, PostgreSQL. Doubled: the models' provider and Odoo.

const models = ['anthropic/claude-sonnet-4-5-20250929', 'anthropic/claude-opus-4-5-20251101'] as const;

let model: ModelDouble;
let odoo: OdooDouble;
let server: TestApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;

beforeAll(async () => {
  const keys = await createLicenceKeys();
  model = await startModelDouble({ kind: 'anthropic' });
  odoo = await startOdooDouble({ version: '17.0', users: [defaultUser], databases: ['production'] });
  server = await createTestApp({
    environment: {
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign(),
      ANTHROPIC_BASE_URL: model.url,
      ALLOW_PRIVATE_URLS: '1',
    },
  });
  mkdirSync(join(server.dataRoot, 'hr'));
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
  member = await createMember(server.app, admin, { name: 'Mia' });
  agentId = (await admin.request('POST', '/api/agents', { name: 'Compass', templateId: 'custom' })).body.id;
});
afterAll(async () => {
  await server?.close();
  await Promise.all([model?.close(), odoo?.close()]);
});

const versions = async (id = agentId, query = '') =>
  (await admin.request('GET', `/api/agents/${id}/versions${query}`)).body as {
    versions: AgentVersion[];
    total: number;
  };
const change = (body: object) => admin.request('PATCH', `/api/agents/${agentId}`, body);

describe('versions', () => {
  test('begin with what was made, and each change is one, by whom and what', async () => {
    expect(await versions()).toMatchObject({
      total: 1,
      versions: [{ number: 1, authorId: admin.id, changes: {}, restoredFrom: null }],
    });
    await change({ allowedTools: ['pinchy_read'], pluginConfig: { allowed_paths: ['/data/hr'] } });
    await admin.request('PUT', `/api/agents/${agentId}/files/SOUL.md`, { content: 'Calm.' });
    const group = (await admin.request('POST', '/api/groups', { name: 'HR' })).body.id as string;
    await change({ visibility: 'restricted', groupIds: [group] });
    const { versions: found, total } = await versions();
    expect(total).toBe(4);
    expect(found.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
    expect(found[0]).toMatchObject({
      authorName: expect.any(String),
      changes: { visibility: { from: 'all', to: 'restricted' }, groupIds: { from: [], to: [group] } },
      names: { [group]: 'HR', [admin.id]: expect.any(String) },
    });
    expect(found[1]?.changes).toEqual({ personality: { from: expect.any(String), to: 'Calm.' } });
    expect(found[2]?.changes).toMatchObject({ allowedTools: { from: [], to: ['pinchy_read'] } });
    expect((await versions(agentId, '?limit=1&page=2')).versions.map(({ number }) => number)).toEqual([3]);
  });

  test('are made by changes of instructions, model and rights in connected systems too, and all of it comes back', async () => {
    const id = (await admin.request('POST', '/api/agents', { name: 'Desk', templateId: 'custom', model: models[0] }))
      .body.id as string;
    const patch = (body: object) => admin.request('PATCH', `/api/agents/${id}`, body);
    await admin.request('PUT', `/api/agents/${id}/files/AGENTS.md`, { content: 'Point north.' });
    expect((await patch({ model: models[1] })).body.model).toBe(models[1]);
    const connectionId = await connectOdoo(admin, odoo);
    const grantOf = async () => (await admin.request('GET', `/api/agents/${id}/integrations`)).body as object[];
    const grant = { connectionId, enabled: true, accessLevel: 'read-write', models: ['crm.lead'] };
    expect((await admin.request('PATCH', `/api/agents/${id}/integrations`, grant)).status).toBe(200);
    const { versions: found, total } = await versions(id);
    expect(total).toBe(4);
    expect(found.slice(0, 3)).toMatchObject([
      {
        authorId: admin.id,
        changes: { connections: { from: [], to: [{ connectionId, accessLevel: 'read-write', models: ['crm.lead'] }] } },
      },
      { authorId: admin.id, changes: { model: { from: models[0], to: models[1] } } },
      { authorId: admin.id, changes: { instructions: { to: 'Point north.' } } },
    ]);
    const restore = (number: number) => admin.request('POST', `/api/agents/${id}/versions/${number}/restore`);
    expect((await restore(1)).body).toMatchObject({ model: models[0] });
    expect(await grantOf()).toMatchObject([{ enabled: false }]);
    const instructions = async () => (await admin.request('GET', `/api/agents/${id}/files/AGENTS.md`)).body.content;
    expect(await instructions()).not.toBe('Point north.');
    expect((await restore(4)).body).toMatchObject({ model: models[1] });
    expect(await grantOf()).toMatchObject([{ enabled: true, accessLevel: 'read-write', models: ['crm.lead'] }]);
    expect(await instructions()).toBe('Point north.');
  });

  test('are not made by what changes nothing, nor by what is rolled back', async () => {
    const before = (await versions()).total;
    await change({ name: 'Compass' });
    await admin.request('PUT', `/api/agents/${agentId}/files/SOUL.md`, { content: 'Calm.' });
    const accept = await refuseAuditEvent(server.databaseUrl, 'agent.updated');
    expect((await change({ name: 'Lost' })).status).toBe(500);
    await accept();
    expect((await versions()).total).toBe(before);
  });

  test('tell what went by itself, as nobody’s', async () => {
    const [group] = (await admin.request('GET', '/api/groups')).body as { id: string }[];
    await admin.request('DELETE', `/api/groups/${group!.id}`);
    await change({ tagline: 'Shows the way' });
    const [newest, drift] = (await versions()).versions;
    expect(newest).toMatchObject({ authorId: admin.id, changes: { tagline: { from: null, to: 'Shows the way' } } });
    expect(drift).toMatchObject({ authorId: null, changes: { groupIds: { from: [group!.id], to: [] } } });
  });

  test('are for whoever may edit', async () => {
    const open = (await admin.request('POST', '/api/agents', { name: 'Open', templateId: 'custom' })).body.id;
    expect((await member.request('GET', `/api/agents/${open}/versions`)).status).toBe(403);
    expect((await member.request('POST', `/api/agents/${open}/versions/1/restore`)).status).toBe(403);
    const agents = (await member.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[];
    const own = agents.find(({ isPersonal }) => isPersonal)!.id;
    await member.request('PUT', `/api/agents/${own}/files/SOUL.md`, { content: 'Mine.' });
    expect((await member.request('GET', `/api/agents/${own}/versions`)).body.total).toBe(2);
    expect((await member.request('POST', `/api/agents/${own}/versions/1/restore`)).status).toBe(200);
    const soul = (await member.request('GET', `/api/agents/${own}/files/SOUL.md`)).body.content;
    expect(soul).not.toBe('Mine.');
  });
});

describe('restoring', () => {
  test('makes all what it was, as a new version, and says so in the trail', async () => {
    const before = await versions();
    const restored = await admin.request('POST', `/api/agents/${agentId}/versions/1/restore`);
    expect(restored.body).toMatchObject({ name: 'Compass', allowedTools: [], pluginConfig: {}, visibility: 'all' });
    const soul = (await admin.request('GET', `/api/agents/${agentId}/files/SOUL.md`)).body.content;
    expect(soul).not.toBe('Calm.');
    const after = await versions();
    expect(after.total).toBe(before.total + 1);
    expect(after.versions[0]).toMatchObject({ restoredFrom: 1, authorId: admin.id });
    expect((await auditRows(server.databaseUrl, 'agent.restored')).at(-1)).toMatchObject({
      actor_id: admin.id,
      detail: {
        version: 1,
        files: ['SOUL.md'],
        changes: { allowedTools: { from: ['pinchy_read'], to: [] } },
      },
    });
    expect((await admin.request('POST', `/api/agents/${agentId}/versions/99/restore`)).status).toBe(404);
  });

  test('brings back the tools and directories of a later version, and passes over groups that are gone', async () => {
    const restored = await admin.request('POST', `/api/agents/${agentId}/versions/4/restore`);
    expect(restored.body).toMatchObject({
      allowedTools: ['pinchy_read'],
      pluginConfig: { allowed_paths: ['/data/hr'] },
      visibility: 'restricted',
      groupIds: [],
    });
  });
});

test('restoring what it is already changes nothing', async () => {
  const before = (await versions()).total;
  expect((await admin.request('POST', `/api/agents/${agentId}/versions/${before}/restore`)).status).toBe(200);
  expect((await versions()).total).toBe(before);
});

describe('purpose and responsibility', () => {
  test('are kept, shown with a name, and taken away', async () => {
    const reviewAt = '2027-06-30';
    const set = await change({ description: 'Answers about leave.', responsibleUserId: member.id, reviewAt });
    const about = { description: 'Answers about leave.', responsibleUserId: member.id, reviewAt };
    expect(set.body).toMatchObject({ ...about, responsibleUserName: 'Mia' });
    expect((await change({ responsibleUserId: null, reviewAt: null })).body).toMatchObject({
      responsibleUserId: null,
      responsibleUserName: null,
      reviewAt: null,
    });
    expect((await change({ responsibleUserId: crypto.randomUUID() })).status).toBe(400);
    for (const never of ['soon', '0000-01-01']) expect((await change({ reviewAt: never })).status).toBe(400);
  });

  test('of a new agent are its maker’s unless said', async () => {
    const made = await admin.request('POST', '/api/agents', { name: 'New', templateId: 'custom' });
    expect(made.body).toMatchObject({ responsibleUserId: admin.id, description: null, reviewAt: null, stopped: false });
  });
});
