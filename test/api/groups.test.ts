import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { auditRows, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let inside: TestUser;
let outside: TestUser;
beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
  });
  admin = await createAdmin(server.app);
  inside = await createMember(server.app, admin);
  outside = await createMember(server.app, admin);
});
afterAll(() => server.close());

const create = async (name = `Group ${crypto.randomUUID()}`) =>
  (await admin.request('POST', '/api/groups', { name })).body;
const members = async (id: string) => (await admin.request('GET', `/api/groups/${id}/members`)).body;
const setMembers = (id: string, userIds: unknown) => admin.request('PUT', `/api/groups/${id}/members`, { userIds });
const changeMembers = (id: string, body: object) => admin.request('PATCH', `/api/groups/${id}/members`, body);
const lastRow = async (eventType: string) => (await auditRows(server.databaseUrl, eventType)).at(-1);

async function createRestricted(groupIds: string[]): Promise<string> {
  const { id } = (await admin.request('POST', '/api/agents', { name: 'Inner', templateId: 'custom' })).body;
  const { status } = await admin.request('PATCH', `/api/agents/${id}`, { visibility: 'restricted', groupIds });
  expect(status).toBe(200);
  return id;
}

describe('groups', () => {
  test('are made, listed newest first with their members counted, changed and deleted', async () => {
    const answer = await admin.request('POST', '/api/groups', { name: ' Engineering ', description: 'Builders' });
    expect(answer.status).toBe(201);
    const group = answer.body;
    expect(group).toEqual({ id: expect.any(String), name: 'Engineering', description: 'Builders', memberCount: 0 });
    expect(await lastRow('group.created')).toMatchObject({ resource: `group:${group.id}`, actor_id: admin.id });
    const later = await create();
    await setMembers(group.id, [inside.id, outside.id]);
    const list = (await admin.request('GET', '/api/groups')).body as { id: string }[];
    expect(list.findIndex(({ id }) => id === later.id)).toBeLessThan(list.findIndex(({ id }) => id === group.id));
    expect(list.find(({ id }) => id === group.id)).toMatchObject({ memberCount: 2 });

    const changed = await admin.request('PATCH', `/api/groups/${group.id}`, { name: 'Builders', description: null });
    expect(changed.body).toEqual({ id: group.id, name: 'Builders', description: null, memberCount: 2 });
    expect((await lastRow('group.updated'))?.detail).toEqual({
      name: 'Engineering',
      changes: { name: { from: 'Engineering', to: 'Builders' }, description: { from: 'Builders', to: null } },
    });
    const rows = (await auditRows(server.databaseUrl)).length;
    await admin.request('PATCH', `/api/groups/${group.id}`, { name: 'Builders' });
    expect(await auditRows(server.databaseUrl)).toHaveLength(rows);

    expect((await admin.request('DELETE', `/api/groups/${group.id}`)).body).toEqual({ success: true });
    expect((await admin.request('GET', `/api/groups/${group.id}/members`)).status).toBe(404);
    expect((await admin.request('DELETE', `/api/groups/${group.id}`)).status).toBe(404);
    expect(await lastRow('group.deleted')).toMatchObject({ detail: { name: 'Builders' } });
  });

  test('wrong input is 400, unknown groups are 404', async () => {
    const group = await create('Taken');
    for (const body of [{}, { name: '' }, { name: 'x'.repeat(101) }, { name: 'taken' }, { name: 'A', members: [] }])
      expect((await admin.request('POST', '/api/groups', body)).status, JSON.stringify(body)).toBe(400);
    for (const body of [{}, { name: ' ' }, { memberCount: 3 }])
      expect((await admin.request('PATCH', `/api/groups/${group.id}`, body)).status).toBe(400);
    const nobody = crypto.randomUUID();
    expect((await admin.request('PATCH', `/api/groups/${nobody}`, { name: 'B' })).status).toBe(404);
    expect((await setMembers(nobody, [])).status).toBe(404);
  });

  test('two of one name at the same instant: one is made', async () => {
    const name = `Race ${crypto.randomUUID()}`;
    const answers = await Promise.all([1, 2].map(() => admin.request('POST', '/api/groups', { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
  });
});

describe('members', () => {
  test('are replaced all or nothing, and the trail knows who came and went', async () => {
    const group = await create();
    expect((await setMembers(group.id, [inside.id, inside.id])).body).toEqual({ success: true });
    expect(await members(group.id)).toEqual([{ userId: inside.id, groupId: group.id }]);
    for (const userIds of [[outside.id, crypto.randomUUID()], ['x'], undefined, 'x', [null]])
      expect((await setMembers(group.id, userIds)).status).toBe(400);
    expect(await members(group.id)).toEqual([{ userId: inside.id, groupId: group.id }]);
    await setMembers(group.id, [outside.id]);
    expect((await lastRow('group.members_updated'))?.detail).toMatchObject({
      added: [outside.id],
      removed: [inside.id],
    });
    const rows = (await auditRows(server.databaseUrl)).length;
    await setMembers(group.id, [outside.id]);
    expect(await auditRows(server.databaseUrl)).toHaveLength(rows);
    await setMembers(group.id, []);
    expect(await members(group.id)).toEqual([]);
  });

  test('are added and removed at once by several admins, and nobody undoes what another did', async () => {
    const group = await create();
    await setMembers(group.id, [outside.id]);
    const answers = await Promise.all([
      changeMembers(group.id, { add: [inside.id] }),
      changeMembers(group.id, { add: [admin.id, inside.id] }),
      changeMembers(group.id, { remove: [outside.id, crypto.randomUUID()] }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const found = (await members(group.id)).map(({ userId }: { userId: string }) => userId);
    expect(found.sort()).toEqual([admin.id, inside.id].sort());
    const rows = await auditRows(server.databaseUrl, 'group.members_updated');
    const ours = rows.filter(({ resource }) => resource === `group:${group.id}`).slice(1);
    expect(ours.flatMap(({ detail }) => detail.added).sort()).toEqual([admin.id, inside.id].sort());
    expect(ours.flatMap(({ detail }) => detail.removed)).toEqual([outside.id]);
    await changeMembers(group.id, { add: [inside.id] });
    expect(await auditRows(server.databaseUrl, 'group.members_updated')).toHaveLength(rows.length);
  });

  test('a change with somebody unknown, contradictory or empty is 400 and changes nothing', async () => {
    const group = await create();
    await setMembers(group.id, [inside.id]);
    const wrong = [
      { add: [outside.id, crypto.randomUUID()], remove: [inside.id] },
      { add: [outside.id], remove: [outside.id] },
      { add: [], remove: [] },
      {},
      { add: ['x'] },
      { userIds: [outside.id] },
    ];
    for (const body of wrong) expect((await changeMembers(group.id, body)).status, JSON.stringify(body)).toBe(400);
    expect(await members(group.id)).toEqual([{ userId: inside.id, groupId: group.id }]);
    expect((await changeMembers(crypto.randomUUID(), { add: [inside.id] })).status).toBe(404);
  });

  test('a replacement that cannot be recorded does not happen', async () => {
    const group = await create();
    await setMembers(group.id, [inside.id]);
    const allow = await refuseAuditEvent(server.databaseUrl, 'group.members_updated');
    expect((await setMembers(group.id, [])).status).toBe(500);
    await allow();
    expect(await members(group.id)).toHaveLength(1);
  });
});

describe('restricted agents', () => {
  test('are for members of their groups only, in every place, from the next request on', async () => {
    const group = await create();
    const id = await createRestricted([group.id]);
    const reach = async (who: TestUser) => [
      ((await who.request('GET', '/api/agents')).body as { id: string }[]).some((agent) => agent.id === id),
      (await who.request('GET', `/api/agents/${id}`)).status,
      (await who.request('GET', `/api/agents/${id}/files/SOUL.md`)).status,
      (await who.request('GET', `/api/agents/${id}/chats`)).status,
      (await who.request('POST', `/api/agents/${id}/chats`, {})).status,
    ];
    const yes = [true, 200, 200, 200, 201];
    const no = [false, 404, 404, 404, 404];
    expect(await reach(inside)).toEqual(no);
    await setMembers(group.id, [inside.id]);
    expect(await reach(inside)).toEqual(yes);
    expect(await reach(outside)).toEqual(no);
    expect(await reach(admin)).toEqual(yes);
    await setMembers(group.id, []);
    expect(await reach(inside)).toEqual(no);
    await admin.request('PATCH', `/api/agents/${id}`, { visibility: 'all' });
    expect(await reach(outside)).toEqual(yes);
  });

  test('the deletion of their group leaves them restricted', async () => {
    const group = await create();
    await setMembers(group.id, [inside.id]);
    const id = await createRestricted([group.id]);
    await admin.request('DELETE', `/api/groups/${group.id}`);
    expect((await admin.request('GET', `/api/agents/${id}`)).body).toMatchObject({
      visibility: 'restricted',
      groupIds: [],
    });
    for (const who of [inside, outside]) expect((await who.request('GET', `/api/agents/${id}`)).status).toBe(404);
  });

  test('an unknown group is 400; groups are recorded as a difference', async () => {
    const group = await create();
    const id = await createRestricted([]);
    const patch = (body: object) => admin.request('PATCH', `/api/agents/${id}`, body);
    expect((await patch({ groupIds: [crypto.randomUUID()] })).status).toBe(400);
    expect((await patch({ groupIds: [group.id, group.id] })).body.groupIds).toEqual([group.id]);
    expect((await lastRow('agent.updated'))?.detail).toMatchObject({
      changes: { groupIds: { from: [], to: [group.id] } },
    });
  });
});
