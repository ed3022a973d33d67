import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxSavedFilters } from '../../contract/limits.ts';
import type { SavedFilter } from '../../contract/saved-filters.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

// Filters of the trail that people gave a name.

let server: TestApp;
let admin: TestUser;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  ada = await createMember(server.app, admin, { role: 'admin', name: 'Ada' });
  bob = await createMember(server.app, admin, { role: 'admin', name: 'Bob' });
});
afterAll(() => server.close());

const url = '/api/audit/filters';
const create = async (who: TestUser, body: object) => {
  const answer = await who.request('POST', url, body);
  expect(answer.status).toBe(201);
  return answer.body as SavedFilter;
};
const list = async (who: TestUser) => (await who.request('GET', url)).body.filters as SavedFilter[];
const namesOf = async (who: TestUser) => (await list(who)).map(({ name }) => name);
const lastRow = async (eventType: string) => (await auditRows(server.databaseUrl, eventType)).at(-1);
const denied = { topic: 'denied', period: 'last7Days' };

describe('a saved filter of the trail', () => {
  test('is found again by name, is changed and deleted, and is nobody else’s', async () => {
    const filter = {
      search: 'hr',
      eventTypes: ['tool.denied', 'approval.denied'],
      personId: bob.id,
      agentId: crypto.randomUUID(),
      status: 'failure',
      ...denied,
    };
    const saved = await create(ada, { name: ' Refused, of the week ', filter });
    expect(saved).toMatchObject({ name: 'Refused, of the week', filter, shared: false, owner: null });
    await create(ada, { name: 'beginning', filter: { from: '2026-01-01', to: '2026-01-31' } });
    expect(await namesOf(ada)).toEqual(['beginning', 'Refused, of the week']);
    expect(await list(bob)).toEqual([]);
    expect((await bob.request('PATCH', `${url}/${saved.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await bob.request('DELETE', `${url}/${saved.id}`)).status).toBe(404);

    const renamed = await ada.request('PATCH', `${url}/${saved.id}`, { name: 'Refused' });
    expect(renamed.body).toMatchObject({ id: saved.id, name: 'Refused', filter });
    const replaced = await ada.request('PATCH', `${url}/${saved.id}`, { filter: { topic: 'approvals' } });
    expect(replaced.body).toMatchObject({ name: 'Refused', filter: { topic: 'approvals' } });
    expect((await ada.request('DELETE', `${url}/${saved.id}`)).body).toEqual({ success: true });
    expect((await ada.request('DELETE', `${url}/${saved.id}`)).status).toBe(404);
    expect(await namesOf(ada)).toEqual(['beginning']);
  });

  test('that is shared is seen by all who may read the trail, with whose it is, and changed by its owner alone', async () => {
    const carla = await createMember(server.app, admin, { role: 'admin', name: 'Carla' });
    const saved = await create(carla, { name: 'Sign-ins today', filter: { topic: 'signIns', period: 'today' } });
    expect(await namesOf(bob)).not.toContain('Sign-ins today');
    expect((await carla.request('PATCH', `${url}/${saved.id}`, { shared: true })).body.shared).toBe(true);
    const seen = (await list(bob)).find(({ id }) => id === saved.id);
    expect(seen).toMatchObject({ name: 'Sign-ins today', shared: true, owner: 'Carla' });
    expect((await bob.request('PATCH', `${url}/${saved.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await bob.request('DELETE', `${url}/${saved.id}`)).status).toBe(404);
    // The same name is no other person's business.
    await create(bob, { name: 'Sign-ins today', filter: { topic: 'signIns' } });

    await admin.request('PATCH', `/api/users/${carla.id}`, { role: 'member' });
    expect((await carla.request('GET', url)).status).toBe(403);
    expect((await list(bob)).some(({ id }) => id === saved.id)).toBe(false);
    await admin.request('PATCH', `/api/users/${carla.id}`, { role: 'admin' });
    expect((await list(bob)).some(({ id }) => id === saved.id)).toBe(true);
    await admin.request('DELETE', `/api/users/${carla.id}`);
    expect((await list(bob)).some(({ id }) => id === saved.id)).toBe(false);
  });

  test('cannot have the name of another of one’s own, however it is written', async () => {
    await create(bob, { name: 'Payments', filter: denied });
    const other = await create(bob, { name: 'Deliveries', filter: denied });
    for (const answer of [
      await bob.request('POST', url, { name: ' payments', filter: denied }),
      await bob.request('PATCH', `${url}/${other.id}`, { name: 'PAYMENTS' }),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.details.fieldErrors.name).toEqual(['You have a saved filter with this name already.']);
    }
    // Its own name in other letters is free.
    expect((await bob.request('PATCH', `${url}/${other.id}`, { name: 'deliveries' })).status).toBe(200);
    const both = await Promise.all([1, 2].map(() => bob.request('POST', url, { name: 'At once', filter: denied })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 400]);
  });

  test('stands in the trail with what changed; what it is called and looks for can be erased', async () => {
    const saved = await create(ada, { name: 'About Initech', filter: { search: 'Initech', status: 'failure' } });
    expect(await lastRow('audit.filter_saved')).toMatchObject({
      resource: `filter:${saved.id}`,
      actor_id: ada.id,
      detail: { name: 'About Initech', shared: false, filter: { search: 'Initech', status: 'failure' } },
    });
    await ada.request('PATCH', `${url}/${saved.id}`, { name: 'About them', filter: { search: 'them' }, shared: true });
    expect((await lastRow('audit.filter_updated'))?.detail).toEqual({
      name: 'About Initech',
      shared: true,
      changes: {
        name: { from: 'About Initech', to: 'About them' },
        shared: { from: false, to: true },
        filter: { from: { search: 'Initech', status: 'failure' }, to: { search: 'them' } },
      },
    });
    const rows = (await auditRows(server.databaseUrl)).length;
    await ada.request('PATCH', `${url}/${saved.id}`, { name: 'About them', filter: { search: 'them' } });
    expect(await auditRows(server.databaseUrl)).toHaveLength(rows);
    await ada.request('DELETE', `${url}/${saved.id}`);
    expect((await lastRow('audit.filter_deleted'))?.detail).toEqual({ name: 'About them', shared: true });
    const signed = JSON.stringify(
      await query(server.databaseUrl, `select * from audit_entries where event_type like 'audit.filter%'`),
    );
    expect(signed).not.toMatch(/Initech|them/);
    expect(signed).toMatch(/failure/);
  });

  test('is not saved where the trail cannot say so', async () => {
    const allow = await refuseAuditEvent(server.databaseUrl, 'audit.filter_saved');
    const before = await namesOf(bob);
    expect((await bob.request('POST', url, { name: 'Unsaid', filter: denied })).status).toBe(500);
    await allow();
    expect(await namesOf(bob)).toEqual(before);
  });

  test.each([
    [{ name: '', filter: denied }],
    [{ name: 'x'.repeat(101), filter: denied }],
    [{ name: 'x', filter: {} }],
    [{ name: 'x' }],
    [{ name: 'x', filter: { topic: 'everything' } }],
    [{ name: 'x', filter: { search: 'x'.repeat(201) } }],
    [{ name: 'x', filter: { search: 'a\0b' } }],
    [{ name: 'x', filter: { personId: 'Ada' } }],
    [{ name: 'x', filter: { eventTypes: [] } }],
    [{ name: 'x', filter: { eventTypes: Array.from({ length: 51 }, () => 'auth.login') } }],
    [{ name: 'x', filter: { period: 'today', from: '2026-01-01' } }],
    [{ name: 'x', filter: { from: '2026-02-01', to: '2026-01-01' } }],
    [{ name: 'x', filter: { from: '2026-01-01T00:00:00Z' } }],
    [{ name: 'x', filter: { ...denied, page: 2 } }],
    [{ name: 'x', filter: denied, ownerId: crypto.randomUUID() }],
  ])('of a wrong shape is refused: %#', async (body) => {
    expect((await ada.request('POST', url, body)).status).toBe(400);
  });

  test('is one of at most 50 for each person, also where two are added at once', async () => {
    const person = await createMember(server.app, admin, { role: 'admin' });
    await query(
      server.databaseUrl,
      `insert into saved_filters (owner_id, name, filter) select $1, 'Filter ' || n, '{"topic": "denied"}' from generate_series(2, $2) n`,
      [person.id, maxSavedFilters],
    );
    const answers = await Promise.all(
      ['One', 'Two'].map((name) => person.request('POST', url, { name, filter: denied })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(await list(person)).toHaveLength(maxSavedFilters);
    await create(bob, { name: 'Of somebody else', filter: denied });
  });
});
