import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readingTools } from '../../contract/reading-tools.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let openai: ModelDouble;
let admin: TestUser;
let member: TestUser;
beforeAll(async () => {
  openai = await startModelDouble({ kind: 'openai', apiKey: 'sk-right' });
  server = await createTestApp({ environment: { OPENAI_BASE_URL: openai.url } });
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
  for (const name of ['hr-policies', 'hr-policies/old', 'engineering', '.hidden'])
    mkdirSync(join(server.dataRoot, name), { recursive: true });
  writeFileSync(join(server.dataRoot, 'readme.md'), 'A file.');
  symlinkSync('/etc', join(server.dataRoot, 'outside'));
});
afterAll(async () => {
  await server.close();
  await openai.close();
});

const create = async (body: object = {}) =>
  (await admin.request('POST', '/api/agents', { name: 'Agent', templateId: 'custom', ...body })).body;
const patch = (id: string, body: object, who = admin) => who.request('PATCH', `/api/agents/${id}`, body);
const lastRow = async (eventType: string) => (await auditRows(server.databaseUrl, eventType)).at(-1);
const personalOf = async (who: TestUser) =>
  ((await who.request('GET', '/api/agents')).body as { isPersonal: boolean; ownerId: string; id: string }[]).find(
    (agent) => agent.isPersonal && agent.ownerId === who.id,
  )?.id as string;

describe('creating', () => {
  test('a knowledge base starts with its three tools, and is recorded', async () => {
    const answer = await admin.request('POST', '/api/agents', { name: '  HR  ', templateId: 'knowledge-base' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      name: 'HR',
      templateId: 'knowledge-base',
      allowedTools: ['pinchy_ls', 'pinchy_read', 'pinchy_search'],
      pluginConfig: {},
      isPersonal: false,
      ownerId: admin.id,
      visibility: 'all',
      groupIds: [],
      tagline: null,
      abilities: { edit: true, delete: true, setPermissions: true },
    });
    expect(await lastRow('agent.created')).toMatchObject({
      actor_id: admin.id,
      resource: `agent:${answer.body.id}`,
      detail: { name: 'HR', templateId: 'knowledge-base', isPersonal: false },
    });
  });

  test('a custom one starts with nothing; everything optional may be given', async () => {
    expect((await create()).allowedTools).toEqual([]);
    expect(
      await create({
        tagline: 'Knows HR',
        allowedTools: ['pinchy_ls', 'pinchy_ls'],
        pluginConfig: { allowed_paths: ['/data/hr-policies/', '/data/hr-policies'] },
      }),
    ).toMatchObject({
      tagline: 'Knows HR',
      allowedTools: ['pinchy_ls'],
      pluginConfig: { allowed_paths: ['/data/hr-policies'] },
    });
  });

  test('what is wrong is 400 with its field, and makes nothing', async () => {
    const count = async () => (await admin.request('GET', '/api/agents')).body.length as number;
    const before = await count();
    const cases: [object, string][] = [
      [{ templateId: 'custom' }, 'name'],
      [{ name: '', templateId: 'custom' }, 'name'],
      [{ name: 'x'.repeat(101), templateId: 'custom' }, 'name'],
      [{ name: 'a\0b', templateId: 'custom' }, 'name'],
      [{ name: 'A' }, 'templateId'],
      [{ name: 'A', templateId: 'nothing' }, 'templateId'],
      [{ name: 'A', templateId: 'smithers' }, 'templateId'],
      [{ name: 'A', templateId: 'custom', allowedTools: ['shell'] }, 'allowedTools'],
      [{ name: 'A', templateId: 'custom', allowedTools: ['pinchy_save_org_context'] }, 'allowedTools'],
      [{ name: 'A', templateId: 'custom', model: 'openai/gpt-0' }, 'model'],
      [{ name: 'A', templateId: 'custom', connectionId: crypto.randomUUID() }, 'connectionId'],
      [{ name: 'A', templateId: 'custom', isPersonal: true }, 'isPersonal'],
    ];
    for (const [body, field] of cases) {
      const answer = await admin.request('POST', '/api/agents', body);
      expect(answer.status, JSON.stringify(body)).toBe(400);
      expect(Object.keys(answer.body.details.fieldErrors), JSON.stringify(body)).toEqual([field]);
    }
    expect(await count()).toBe(before);
  });

  test('a path that is no directory below /data is 400', async () => {
    for (const path of [
      '/etc',
      '/data/../etc',
      '/data/nothing',
      '/data/readme.md',
      '/data/outside',
      '/data/.hidden',
      '/data/hr-policies/../../etc',
      'hr-policies',
      '',
      '/data/\0',
      server.dataRoot,
    ]) {
      const body = { name: 'A', templateId: 'custom', pluginConfig: { allowed_paths: [path] } };
      const answer = await admin.request('POST', '/api/agents', body);
      expect(answer.status, path).toBe(400);
      expect(JSON.stringify(answer.body), path).not.toContain(`${server.home}/secrets`);
    }
    expect(
      (await create({ pluginConfig: { allowed_paths: ['/data/hr-policies/old'] } })).pluginConfig.allowed_paths,
    ).toEqual(['/data/hr-policies/old']);
  });
});

describe('models', () => {
  test('without a provider an agent has none; the first provider gives everyone its default', async () => {
    const agent = await create();
    expect(agent.model).toBeNull();
    await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-right' });
    const later = (await admin.request('GET', `/api/agents/${agent.id}`)).body.model as string;
    expect(later).toMatch(/^openai\//);
    expect((await create()).model).toBe(later);
    const models = (await member.request('GET', '/api/providers/models')).body.models as { id: string }[];
    const full = models.find(({ id }) => id !== later)?.id as string;
    const bare = full.replace(/^openai\//, '');
    expect((await patch(agent.id, { model: bare })).body.model).toBe(full);
    expect((await patch(agent.id, { model: later })).body.model).toBe(later);
    expect((await create({ model: bare })).model).toBe(full);
    for (const model of ['openai/nothing', 'anthropic/claude-haiku-4-5', '', 7, null])
      expect((await patch(agent.id, { model } as object)).status, String(model)).toBe(400);
  });
});

describe('reading', () => {
  test('everybody sees shared agents, newest first; a member no one else’s personal agent, an admin all', async () => {
    const agent = await create({ name: 'Shared' });
    const seen = (await member.request('GET', '/api/agents')).body as { id: string; createdAt: string }[];
    expect(seen.map(({ id }) => id)).toContain(agent.id);
    expect(seen.map(({ createdAt }) => createdAt)).toEqual(
      seen
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    const adminPersonal = await personalOf(admin);
    const memberPersonal = await personalOf(member);
    expect(seen.map(({ id }) => id)).not.toContain(adminPersonal);
    expect((await member.request('GET', `/api/agents/${adminPersonal}`)).status).toBe(404);
    expect((await admin.request('GET', `/api/agents/${memberPersonal}`)).body).toMatchObject({
      id: memberPersonal,
      allowedTools: ['pinchy_save_user_context'],
      abilities: { edit: true, delete: false, setPermissions: false },
    });
    expect((await member.request('GET', `/api/agents/${agent.id}`)).body.abilities).toEqual({
      edit: false,
      delete: false,
      setPermissions: false,
    });
  });

  test('templates, tools and directories are listed as promised', async () => {
    const { templates } = (await member.request('GET', '/api/templates')).body;
    expect(templates).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: 'knowledge-base',
          name: 'Knowledge Base',
          description: 'Answer questions from your docs',
        }),
        expect.objectContaining({ id: 'custom', name: 'Custom Agent', description: 'Start from scratch' }),
      ]),
    );
    const { tools } = (await member.request('GET', '/api/tools')).body;
    expect(tools.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['pinchy_ls', 'pinchy_read']));
    expect(JSON.stringify(tools)).not.toContain('pinchy_save');
    expect((await admin.request('GET', '/api/data-directories')).body).toEqual({
      directories: [
        { path: '/data/engineering', name: 'engineering' },
        { path: '/data/hr-policies', name: 'hr-policies' },
      ],
    });
  });
});

describe('changing', () => {
  test('the exact difference is recorded; nothing changed writes nothing', async () => {
    const agent = await create({ name: 'Before' });
    const answer = await patch(agent.id, { name: 'After', allowedTools: ['pinchy_ls'], tagline: null });
    expect(answer.body).toMatchObject({ name: 'After', allowedTools: ['pinchy_ls'] });
    expect(Date.parse(answer.body.updatedAt)).toBeGreaterThanOrEqual(Date.parse(agent.updatedAt));
    expect((await lastRow('agent.updated'))?.detail).toEqual({
      name: 'Before',
      changes: { name: { from: 'Before', to: 'After' }, allowedTools: { from: [], to: ['pinchy_ls'] } },
    });
    const rows = (await auditRows(server.databaseUrl)).length;
    expect((await patch(agent.id, { name: ' After ', allowedTools: ['pinchy_ls'] })).body.updatedAt).toBe(
      answer.body.updatedAt,
    );
    expect(await auditRows(server.databaseUrl)).toHaveLength(rows);
  });

  test('one that cannot be recorded rolls back', async () => {
    const agent = await create({ name: 'Kept' });
    const allow = await refuseAuditEvent(server.databaseUrl, 'agent.updated');
    expect((await patch(agent.id, { name: 'Lost', allowedTools: ['pinchy_read'] })).status).toBe(500);
    await allow();
    expect((await admin.request('GET', `/api/agents/${agent.id}`)).body).toMatchObject({
      name: 'Kept',
      allowedTools: [],
    });
  });

  describe('the configuration of tools', () => {
    const full = {
      allowed_paths: ['/data/hr-policies'],
      web_allowed_domains: ['good.example'],
      web_denied_domains: ['bad.example'],
      web_private_hosts: ['wiki.internal', '10.0.0.7', 'fd12::7'],
      ask_first: ['pinchy_ls'],
    };
    const other = {
      allowed_paths: [],
      web_allowed_domains: ['other.example'],
      web_denied_domains: [],
      web_private_hosts: ['intranet'],
      ask_first: [],
    };
    const keys = Object.keys(full) as (keyof typeof full)[];

    test.each(keys)(
      'a change of %s leaves the other keys alone, null removes it, and the trail says from and to',
      async (key) => {
        const agent = await create({ pluginConfig: full });
        expect(agent.pluginConfig).toEqual(full);
        const changed = { ...full, [key]: other[key] };
        const { [key]: _removed, ...without } = full;
        for (const [value, from, to] of [
          [other[key], full, changed],
          [null, changed, without],
        ] as const) {
          const answer = await patch(agent.id, { pluginConfig: { [key]: value } });
          expect([answer.status, answer.body.pluginConfig]).toEqual([200, to]);
          expect((await auditRows(server.databaseUrl, 'agent.updated')).at(-1)).toMatchObject({
            resource: `agent:${agent.id}`,
            detail: { changes: { pluginConfig: { from, to } } },
          });
        }
        const rows = (await auditRows(server.databaseUrl)).length;
        for (const nothing of [{}, { [key]: null }])
          expect((await patch(agent.id, { pluginConfig: nothing })).body.pluginConfig).toEqual(without);
        expect(await auditRows(server.databaseUrl)).toHaveLength(rows);
      },
    );

    test('admins who change different keys at once undo nothing of each other', async () => {
      const agent = await create();
      const answers = await Promise.all(keys.map((key) => patch(agent.id, { pluginConfig: { [key]: full[key] } })));
      expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200));
      expect((await admin.request('GET', `/api/agents/${agent.id}`)).body.pluginConfig).toEqual(full);
    });

    test.each([
      'http://wiki',
      'wiki/path',
      'wiki:80',
      '*.internal',
      'a b',
      '',
      '0x7f.1',
      'user@wiki',
      '10.0.0.0/8',
      'wiki.',
    ])('a private host is not written %j', async (host) => {
      const agent = await create();
      expect((await patch(agent.id, { pluginConfig: { web_private_hosts: [host] } })).status).toBe(400);
    });
  });

  test('a member changes nothing of a shared agent: neither row nor trail move', async () => {
    const agent = await create({ name: 'Ours' });
    const rows = (await auditRows(server.databaseUrl)).length;
    for (const body of [{ name: 'Mine' }, { allowedTools: [] }, { pluginConfig: {} }, { visibility: 'all' }]) {
      const answer = await patch(agent.id, body, member);
      expect(answer.status, JSON.stringify(body)).toBe(403);
    }
    const { status } = await member.request('PUT', `/api/agents/${agent.id}/files/SOUL.md`, { content: 'Evil.' });
    expect(status).toBe(403);
    expect((await member.request('DELETE', `/api/agents/${agent.id}`)).status).toBe(403);
    expect((await admin.request('GET', `/api/agents/${agent.id}`)).body).toMatchObject({ name: 'Ours' });
    expect(await auditRows(server.databaseUrl)).toHaveLength(rows);
  });

  test('an owner changes four fields and the files of their personal agent, permissions nobody', async () => {
    const id = await personalOf(member);
    const changed = { name: 'Jeeves', tagline: 'At your service', greetingMessage: 'Good evening.' };
    expect((await patch(id, changed, member)).body).toMatchObject(changed);
    for (const body of [{ allowedTools: [] }, { pluginConfig: {} }, { visibility: 'restricted' }, { groupIds: [] }]) {
      expect((await patch(id, body, member)).status, JSON.stringify(body)).toBe(403);
      expect((await patch(id, body, admin)).status, JSON.stringify(body)).toBe(400);
    }
    expect((await patch(id, { tagline: null }, admin)).body.tagline).toBeNull();
  });

  test('conversation starters are changed as a list, with their difference, and bounded', async () => {
    const agent = await create({ name: 'Starter' });
    expect(agent.starters).toEqual([]);
    const starters = ['What is new?', 'Who may sign?'];
    expect((await patch(agent.id, { starters: [' What is new? ', 'Who may sign?'] })).body.starters).toEqual(starters);
    expect((await lastRow('agent.updated'))?.detail).toEqual({
      name: 'Starter',
      changes: { starters: { from: [], to: starters } },
    });
    for (const wrong of [['  '], ['x'.repeat(201)], Array(7).fill('One'), 'What is new?'])
      expect((await patch(agent.id, { starters: wrong })).status, JSON.stringify(wrong)).toBe(400);
    const own = await personalOf(member);
    expect((await patch(own, { starters }, member)).body.starters).toEqual(starters);
    expect((await patch(agent.id, { starters: [] }, member)).status).toBe(403);
  });

  test('an empty change and an unknown agent are refused', async () => {
    const agent = await create();
    expect((await patch(agent.id, {})).status).toBe(400);
    expect((await patch(agent.id, { tagline: 'x'.repeat(201) })).status).toBe(400);
    expect((await patch(crypto.randomUUID(), { name: 'A' })).status).toBe(404);
    for (const body of [{ visibility: 'restricted' }, { groupIds: [crypto.randomUUID()] }])
      expect((await patch(agent.id, body)).body.code).toBe('licence_required');
    expect((await patch(agent.id, { visibility: 'all', groupIds: [] })).status).toBe(200);
  });
});

describe('files', () => {
  test('personality and instructions are kept to the byte; the trail has sizes only', async () => {
    const agent = await create();
    const content = `# Soul\r\n${'🦞'.repeat(16_380)}`;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(65_536);
    for (const name of ['SOUL.md', 'AGENTS.md']) {
      const url = `/api/agents/${agent.id}/files/${name}`;
      expect((await admin.request('GET', url)).body.content.length, name).toBeGreaterThan(0);
      expect((await admin.request('PUT', url, { content })).body).toEqual({ content });
      expect((await member.request('GET', url)).body).toEqual({ content });
      expect((await lastRow('agent.file_updated'))?.detail).toMatchObject({
        file: name,
        toBytes: Buffer.byteLength(content),
      });
      expect((await admin.request('PUT', url, { content: 'é'.repeat(32_769) })).status).toBe(400);
      expect((await admin.request('PUT', url, { content: 'a\0' })).status).toBe(400);
      expect((await admin.request('PUT', url, {})).status).toBe(400);
    }
    expect(JSON.stringify(await auditRows(server.databaseUrl))).not.toContain('🦞');
    for (const name of ['USER.md', 'soul.md', '..%2fSOUL.md'])
      expect((await admin.request('GET', `/api/agents/${agent.id}/files/${name}`)).status, name).toBe(400);
  });
});

describe('deleting', () => {
  test('takes it away from everybody and records its name; a personal one is 400', async () => {
    const agent = await create({ name: 'Gone' });
    expect((await admin.request('DELETE', `/api/agents/${agent.id}`)).body).toEqual({ success: true });
    for (const who of [admin, member]) {
      expect((await who.request('GET', `/api/agents/${agent.id}`)).status).toBe(404);
      expect((await who.request('GET', `/api/agents/${agent.id}/chats`)).status).toBe(404);
      expect(JSON.stringify((await who.request('GET', '/api/agents')).body)).not.toContain(agent.id);
    }
    expect((await patch(agent.id, { name: 'Back' })).status).toBe(404);
    expect((await admin.request('DELETE', `/api/agents/${agent.id}`)).status).toBe(404);
    expect(await lastRow('agent.deleted')).toMatchObject({ resource: `agent:${agent.id}`, detail: { name: 'Gone' } });
    for (const who of [admin, member])
      expect((await admin.request('DELETE', `/api/agents/${await personalOf(who)}`)).status).toBe(400);
  });
});

test('the tools that may be called twice without harm are the safe ones', () => {
  const safe = server.services.tools.all.filter(({ category }) => category === 'safe').map(({ id }) => id);
  expect(safe.filter((id) => !readingTools.has(id))).toEqual([]);
  const others = server.services.tools.all.filter(({ category }) => category !== 'safe').map(({ id }) => id);
  expect(others.filter((id) => readingTools.has(id))).toEqual([]);
});
