import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User, UserAccess } from '../../contract/users.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({ environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey } });
  admin = await createAdmin(server.app);
  await admin.request('PUT', '/api/enterprise/key', { key: await keys.sign() });
});
afterAll(() => server.close());

const listUsers = async () => (await admin.request('GET', '/api/users')).body.users as User[];
const lastActive = async (id: string) => (await listUsers()).find((user) => user.id === id)?.lastActiveAt ?? null;

describe('when people were last active', () => {
  test('is told from their first request on, and moves with each', async () => {
    const member = await createMember(server.app, admin, { name: 'Mia' });
    const before = Date.now();
    await member.request('GET', '/api/agents');
    const first = Date.parse((await lastActive(member.id)) ?? '');
    expect(first).toBeGreaterThanOrEqual(before);
    await member.request('GET', '/api/agents');
    expect(Date.parse((await lastActive(member.id)) ?? '')).toBeGreaterThanOrEqual(first);
  });

  test('is not moved by requests that are refused for want of a session', async () => {
    const member = await createMember(server.app, admin);
    await member.request('GET', '/api/agents');
    await admin.request('DELETE', `/api/users/${member.id}`);
    const before = await lastActive(member.id);
    expect((await member.request('GET', '/api/agents')).status).toBe(401);
    expect(await lastActive(member.id)).toBe(before);
  });

  test('is null for somebody who never came, survives a restart, and is the same on another replica', async () => {
    const [created] = await query<{ id: string }>(
      server.databaseUrl,
      `insert into users (name, email) values ('Never', $1) returning id`,
      [`${randomUUID()}@example.com`],
    );
    expect(await lastActive(created!.id)).toBeNull();
    const member = await createMember(server.app, admin);
    const other = await createTestApp({ databaseUrl: server.databaseUrl });
    await other.app.inject({ url: '/api/agents', headers: { cookie: member.cookie } });
    await query(server.databaseUrl, 'delete from user_activity where user_id = $1', [member.id]);
    await other.close();
    const [row] = await query<{ last_active_at: Date }>(
      server.databaseUrl,
      'select last_active_at from user_activity where user_id = $1',
      [member.id],
    );
    expect(Date.now() - (row?.last_active_at.getTime() ?? 0)).toBeLessThan(60_000);
    // An older moment never replaces a newer one.
    const later = new Date(Date.now() + 3_600_000);
    await query(server.databaseUrl, 'update user_activity set last_active_at = $2 where user_id = $1', [
      member.id,
      later,
    ]);
    const third = await createTestApp({ databaseUrl: server.databaseUrl });
    await third.app.inject({ url: '/api/agents', headers: { cookie: member.cookie } });
    await third.close();
    const [kept] = await query<{ last_active_at: Date }>(
      server.databaseUrl,
      'select last_active_at from user_activity where user_id = $1',
      [member.id],
    );
    expect(kept?.last_active_at).toEqual(later);
  });
});

describe('what somebody may use', () => {
  const accessOf = async (id: string) =>
    ((await admin.request('GET', `/api/users/${id}/access`)).body as UserAccess).agents;
  const reasons = async (id: string) =>
    Object.fromEntries((await accessOf(id)).map(({ name, reason, groups }) => [name, [reason, groups[0]?.name]]));

  test('is their own agent, those for everyone and those of their groups, as the agents’ own answers have it', async () => {
    const group = (await admin.request('POST', '/api/groups', { name: 'Sales' })).body.id as string;
    const [inside, outside] = [await createMember(server.app, admin), await createMember(server.app, admin)];
    await admin.request('PUT', `/api/groups/${group}/members`, { userIds: [inside.id] });
    const make = async (name: string) =>
      (await admin.request('POST', '/api/agents', { name, templateId: 'custom' })).body.id as string;
    await make('For all');
    const restricted = await make('For sales');
    await admin.request('PATCH', `/api/agents/${restricted}`, { visibility: 'restricted', groupIds: [group] });
    const nobodys = await make('For admins');
    await admin.request('PATCH', `/api/agents/${nobodys}`, { visibility: 'restricted', groupIds: [] });

    expect(await reasons(inside.id)).toEqual({
      'For all': ['everyone', undefined],
      'For sales': ['group', 'Sales'],
      Smithers: ['owner', undefined],
    });
    expect(await reasons(outside.id)).toEqual({
      'For all': ['everyone', undefined],
      Smithers: ['owner', undefined],
    });
    expect(await reasons(admin.id)).toMatchObject({
      'For sales': ['admin', undefined],
      'For admins': ['admin', undefined],
    });
    for (const person of [inside, outside]) {
      const seen = ((await person.request('GET', '/api/agents')).body as { id: string }[]).map(({ id }) => id);
      expect((await accessOf(person.id)).map(({ id }) => id).sort()).toEqual(seen.sort());
    }
    // Others' assistants are seen by admins, but talk to their owners only.
    expect((await accessOf(admin.id)).filter(({ name }) => name === 'Smithers')).toHaveLength(1);
  });

  test('is nothing for somebody deactivated, and 404 for nobody', async () => {
    const gone = await createMember(server.app, admin);
    await admin.request('DELETE', `/api/users/${gone.id}`);
    expect(await accessOf(gone.id)).toEqual([]);
    expect((await admin.request('GET', `/api/users/${randomUUID()}/access`)).status).toBe(404);
  });
});
