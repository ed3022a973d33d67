import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgentUse } from '../../contract/agents.ts';
import { defaultUser, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

// Real: the app and PostgreSQL. Doubled: Odoo, by a server of its own.

let server: TestApp;
let admin: TestUser;
let mia: TestUser;

beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: {
      ALLOW_PRIVATE_URLS: '1',
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign(),
    },
  });
  mkdirSync(join(server.dataRoot, 'hr'));
  admin = await createAdmin(server.app);
  mia = await createMember(server.app, admin, { name: 'Mia' });
});
afterAll(() => server?.close());

const create = async (body: object) =>
  (await admin.request('POST', '/api/agents', { name: 'Compass', templateId: 'custom', ...body })).body;
const duplicate = (id: string, name = 'Copy of Compass') =>
  admin.request('POST', `/api/agents/${id}/duplicate`, { name });
const fileOf = async (id: string, name: string) =>
  (await admin.request('GET', `/api/agents/${id}/files/${name}`)).body.content;

describe('a copy of an agent', () => {
  test('has its settings, permissions and instructions, and none of its conversations', async () => {
    const odoo = await startOdooDouble({ version: '17.0', users: [defaultUser], databases: ['production'] });
    const connectionId = await connectOdoo(admin, odoo);
    const group = (await admin.request('POST', '/api/groups', { name: 'HR' })).body.id as string;
    const source = await create({
      tagline: 'Shows the way',
      description: 'For new colleagues.',
      responsibleUserId: mia.id,
      reviewAt: '2027-06-30',
      icon: { symbol: 'moon', color: 'violet' },
      allowedTools: ['pinchy_read', 'odoo_read'],
      pluginConfig: { allowed_paths: ['/data/hr'], ask_first: ['odoo_read'] },
    });
    await admin.request('PATCH', `/api/agents/${source.id}`, {
      starters: ['Where is the canteen?'],
      greetingMessage: 'Hello',
      visibility: 'restricted',
      groupIds: [group],
    });
    await admin.request('PUT', `/api/agents/${source.id}/files/SOUL.md`, { content: 'You are calm.' });
    await admin.request('PUT', `/api/agents/${source.id}/files/AGENTS.md`, { content: 'Point north.' });
    const grant = { connectionId, enabled: true, accessLevel: 'read-write', models: ['crm.lead'] };
    await admin.request('PATCH', `/api/agents/${source.id}/integrations`, grant);
    const chat = await admin.request('POST', `/api/agents/${source.id}/chats`, {});
    expect(chat.status).toBe(201);

    const { status, body: copy } = await duplicate(source.id);
    expect(status).toBe(201);
    const { body: original } = await admin.request('GET', `/api/agents/${source.id}`);
    const { id, name, createdAt: _created, updatedAt: _updated, ...same } = copy;
    expect(name).toBe('Copy of Compass');
    expect(original).toMatchObject(same);
    expect(await fileOf(id, 'SOUL.md')).toBe('You are calm.');
    expect(await fileOf(id, 'AGENTS.md')).toBe('Point north.');
    const grants = await admin.request('GET', `/api/agents/${id}/integrations`);
    expect(grants.body).toEqual((await admin.request('GET', `/api/agents/${source.id}/integrations`)).body);
    expect(grants.body).toMatchObject([{ enabled: true, accessLevel: 'read-write', models: ['crm.lead'] }]);
    expect((await admin.request('GET', `/api/agents/${id}/chats`)).body).toEqual([]);
    const { versions } = (await admin.request('GET', `/api/agents/${id}/versions`)).body;
    expect(versions).toMatchObject([{ number: 1, authorId: admin.id }]);

    const entries = (await auditRows(server.databaseUrl)).filter(({ resource }) => resource === `agent:${id}`);
    expect(entries.map(({ event_type }) => event_type).sort()).toEqual(['agent.created', 'agent.integration_updated']);
    expect(entries.find(({ event_type }) => event_type === 'agent.created')).toMatchObject({
      actor_id: admin.id,
      detail: { name: 'Copy of Compass', copiedFrom: { id: source.id, name: 'Compass' } },
    });
    // The original is not touched by a change of the copy.
    await admin.request('PATCH', `/api/agents/${id}`, { allowedTools: [] });
    expect((await admin.request('GET', `/api/agents/${source.id}`)).body.allowedTools).toEqual(original.allowedTools);
    await odoo.close();
  });

  test('of a stopped agent is stopped', async () => {
    const source = await create({});
    await admin.request('POST', `/api/agents/${source.id}/stop`);
    expect((await duplicate(source.id)).body).toMatchObject({ stopped: true });
  });

  test('of an agent for which nobody active answers is answered for by who made it', async () => {
    const leaver = await createMember(server.app, admin, { name: 'Leaver' });
    const source = await create({ responsibleUserId: leaver.id });
    await admin.request('DELETE', `/api/users/${leaver.id}`);
    expect((await duplicate(source.id)).body).toMatchObject({ responsibleUserId: admin.id });
  });

  test('is for admins, of shared agents, and not made where its entry cannot be written', async () => {
    const source = await create({});
    const asked = { name: 'Mine' };
    expect((await mia.request('POST', `/api/agents/${source.id}/duplicate`, asked)).status).toBe(403);
    const own = ((await admin.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[]).find(
      ({ isPersonal }) => isPersonal,
    )!;
    expect((await duplicate(own.id)).status).toBe(400);
    expect((await duplicate(source.id, '')).body.details.fieldErrors).toHaveProperty('name');
    const before = (await admin.request('GET', '/api/agents')).body.length;
    const accept = await refuseAuditEvent(server.databaseUrl, 'agent.created');
    expect((await duplicate(source.id)).status).toBe(500);
    await accept();
    expect((await admin.request('GET', '/api/agents')).body).toHaveLength(before);
  });

  test('of a restricted agent needs a licence, as restricting does', async () => {
    const other = await createTestApp();
    const boss = await createAdmin(other.app);
    const { id } = (await boss.request('POST', '/api/agents', { name: 'Closed', templateId: 'custom' })).body;
    await query(other.databaseUrl, "update agents set visibility = 'restricted' where id = $1", [id]);
    const answer = await boss.request('POST', `/api/agents/${id}/duplicate`, { name: 'Copy of Closed' });
    expect([answer.status, answer.body.code]).toEqual([403, 'licence_required']);
    await other.close();
  });
});

describe('an icon', () => {
  test('is an emoji or a figure in a colour, is a change like others, and comes back with its version', async () => {
    const { id, icon } = await create({});
    expect(icon).toBeNull();
    const set = (value: unknown) => admin.request('PATCH', `/api/agents/${id}`, { icon: value });
    expect((await set({ emoji: '🧑‍🍳' })).body.icon).toEqual({ emoji: '🧑‍🍳' });
    expect((await set({ symbol: 'bars', color: 'teal' })).body.icon).toEqual({ symbol: 'bars', color: 'teal' });
    expect((await set(null)).body.icon).toBeNull();
    for (const wrong of [
      { emoji: 'A' },
      { emoji: '🎉🎉' },
      { emoji: '' },
      { symbol: 'bars' },
      { symbol: 'x', color: 'teal' },
    ])
      expect((await set(wrong)).status, JSON.stringify(wrong)).toBe(400);
    const { versions } = (await admin.request('GET', `/api/agents/${id}/versions`)).body;
    expect(versions.map(({ changes }: { changes: object }) => changes)).toEqual([
      { icon: { from: { symbol: 'bars', color: 'teal' }, to: null } },
      { icon: { from: { emoji: '🧑‍🍳' }, to: { symbol: 'bars', color: 'teal' } } },
      { icon: { from: null, to: { emoji: '🧑‍🍳' } } },
      {},
    ]);
    expect((await admin.request('POST', `/api/agents/${id}/versions/2/restore`)).body.icon).toEqual({ emoji: '🧑‍🍳' });
  });

  test('of a personal agent is its owner’s', async () => {
    const own = ((await mia.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[]).find(
      ({ isPersonal }) => isPersonal,
    )!;
    const { status, body } = await mia.request('PATCH', `/api/agents/${own.id}`, { icon: { emoji: '🦉' } });
    expect([status, body.icon]).toEqual([200, { emoji: '🦉' }]);
  });
});

test('an agent without a grant in web search keeps using it when a version is restored', async () => {
  const { id } = await create({ tagline: 'One' });
  await query(
    server.databaseUrl,
    "insert into connections (type, name, credentials) values ('web-search', 'Search', 'sealed')",
  );
  await admin.request('PATCH', `/api/agents/${id}`, { tagline: 'Two' });
  await admin.request('POST', `/api/agents/${id}/versions/1/restore`);
  const search = (await admin.request('GET', `/api/agents/${id}/integrations`)).body as { type: string }[];
  expect(search.find(({ type }) => type === 'web-search')).toMatchObject({ enabled: true });
});

describe('use of agents', () => {
  const useOf = async (user: TestUser) => (await user.request('GET', '/api/agents/use')).body.agents as AgentUse[];

  test('admins see when anybody used each last and what it cost, members their own use and no cost', async () => {
    const { id } = await create({ name: 'Busy' });
    const idle = (await create({ name: 'Idle' })).id;
    const record = (createdAt: string, cost: string | null, source = 'chat') =>
      query(
        server.databaseUrl,
        `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens,
           cache_read_tokens, cache_write_tokens, cost) values (${createdAt}, $1, $2, $3, 'm', 1, 1, 0, 0, $4)`,
        [id, admin.id, source, cost],
      );
    await record("now() - interval '40 days'", '7');
    await record("now() - interval '3 hours'", '1.25');
    await record("date_trunc('second', now() - interval '2 hours')", '0.25');
    await record("now() - interval '1 hour'", null, 'system');
    const of = (uses: AgentUse[], agentId = id) => uses.find((use) => use.agentId === agentId);
    const all = await useOf(admin);
    expect(of(all)).toMatchObject({ cost: '1.5', lastUsedAt: expect.any(String) });
    expect(Date.now() - Date.parse(of(all)!.lastUsedAt!)).toBeGreaterThan(7_100_000);
    expect(of(all, idle)).toEqual({ agentId: idle, lastUsedAt: null, cost: null });

    expect(of(await useOf(mia))).toEqual({ agentId: id, lastUsedAt: null, cost: null });
    await query(
      server.databaseUrl,
      "insert into conversations (agent_id, user_id, last_message_at) values ($1, $2, '2026-01-02T03:04:05Z')",
      [id, mia.id],
    );
    expect(of(await useOf(mia))).toEqual({ agentId: id, lastUsedAt: '2026-01-02T03:04:05.000Z', cost: null });
  });

  test('tells members of the agents that they see, and of no others', async () => {
    const hidden = await create({ name: 'Hidden' });
    await admin.request('PATCH', `/api/agents/${hidden.id}`, { visibility: 'restricted' });
    const visible = ((await mia.request('GET', '/api/agents')).body as { id: string }[]).map(({ id }) => id);
    expect((await useOf(mia)).map(({ agentId }) => agentId).sort()).toEqual(visible.sort());
    expect(visible).not.toContain(hidden.id);
  });
});
