import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxPrompts } from '../../contract/limits.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  ada = await createMember(server.app, admin);
  bob = await createMember(server.app, admin);
});
afterAll(() => server.close());

const reminder = { name: 'Reminder', text: 'Remind {{customer}} of {{amount}}.' };
const own = '/api/prompts';
const shared = '/api/settings/prompts';
const create = async (who: TestUser, url = own, body: object = reminder) => {
  const answer = await who.request('POST', url, body);
  expect(answer.status).toBe(201);
  return answer.body as { id: string; name: string };
};
const namesOf = async (who: TestUser) =>
  ((await who.request('GET', own)).body.prompts as { name: string; library: string }[]).map(
    ({ name, library }) => `${library}: ${name}`,
  );
const lastRow = async (eventType: string) => (await auditRows(server.databaseUrl, eventType)).at(-1);

describe('prompts', () => {
  test('of one’s own are made, listed by name, changed and deleted, and nobody else sees them, admins neither', async () => {
    const prompt = await create(ada);
    await create(ada, own, { name: ' answers ', text: 'In three sentences.' });
    expect(await namesOf(ada)).toEqual(['own: answers', 'own: Reminder']);
    expect(await namesOf(bob)).toEqual([]);
    expect(await namesOf(admin)).toEqual([]);
    for (const other of [bob, admin]) {
      expect((await other.request('PATCH', `${own}/${prompt.id}`, { name: 'Mine' })).status).toBe(404);
      expect((await other.request('DELETE', `${own}/${prompt.id}`)).status).toBe(404);
    }
    // Nor by the door for those of the organisation.
    expect((await admin.request('PATCH', `${shared}/${prompt.id}`, { name: 'Ours' })).status).toBe(404);
    expect((await admin.request('DELETE', `${shared}/${prompt.id}`)).status).toBe(404);

    const changed = await ada.request('PATCH', `${own}/${prompt.id}`, { text: 'Remind {{customer}}.' });
    expect(changed.body).toMatchObject({ id: prompt.id, name: 'Reminder', text: 'Remind {{customer}}.' });
    expect((await ada.request('DELETE', `${own}/${prompt.id}`)).body).toEqual({ success: true });
    expect((await ada.request('DELETE', `${own}/${prompt.id}`)).status).toBe(404);
    expect(await namesOf(ada)).toEqual(['own: answers']);
  });

  test('of the organisation are seen by all, and changed by admins only', async () => {
    const prompt = await create(admin, shared, { ...reminder, name: 'House style' });
    for (const who of [admin, bob]) expect(await namesOf(who)).toContain('organisation: House style');
    for (const path of [own, shared]) {
      const refusal = path === own ? 404 : 403;
      expect((await bob.request('PATCH', `${path}/${prompt.id}`, { name: 'Mine' })).status).toBe(refusal);
      expect((await bob.request('DELETE', `${path}/${prompt.id}`)).status).toBe(refusal);
    }
    expect((await admin.request('DELETE', `${own}/${prompt.id}`)).status).toBe(404);
    expect((await admin.request('PATCH', `${shared}/${prompt.id}`, { name: 'Our style' })).status).toBe(200);
    expect(await namesOf(bob)).toContain('organisation: Our style');
    expect((await admin.request('DELETE', `${shared}/${prompt.id}`)).status).toBe(200);
    expect(await namesOf(bob)).not.toContain('organisation: Our style');
  });

  test('stand in the trail by name and length, never by their text, and their names can be erased', async () => {
    const prompt = await create(ada, own, { name: 'About Initech', text: 'A text of its own.' });
    expect(await lastRow('prompt.created')).toMatchObject({
      resource: `prompt:${prompt.id}`,
      actor_id: ada.id,
      detail: { library: 'own', name: 'About Initech', characters: 18 },
    });
    await ada.request('PATCH', `${own}/${prompt.id}`, { name: 'About them', text: 'Another.' });
    expect((await lastRow('prompt.updated'))?.detail).toEqual({
      library: 'own',
      name: 'About Initech',
      changes: { name: { from: 'About Initech', to: 'About them' }, characters: { from: 18, to: 8 } },
    });
    const rows = (await auditRows(server.databaseUrl)).length;
    await ada.request('PATCH', `${own}/${prompt.id}`, { name: 'About them' });
    expect(await auditRows(server.databaseUrl)).toHaveLength(rows);
    await ada.request('DELETE', `${own}/${prompt.id}`);
    expect((await lastRow('prompt.deleted'))?.detail).toEqual({ library: 'own', name: 'About them' });
    const signed = JSON.stringify(
      await query(server.databaseUrl, `select * from audit_entries where event_type like 'prompt.%'`),
    );
    expect(signed).not.toMatch(/About|A text of its own/);
  });

  test('are not changed where the trail cannot say so', async () => {
    const allow = await refuseAuditEvent(server.databaseUrl, 'prompt.created');
    const before = await namesOf(bob);
    expect((await bob.request('POST', own, reminder)).status).toBe(500);
    await allow();
    expect(await namesOf(bob)).toEqual(before);
  });

  test.each([
    [{ name: '', text: 'x' }],
    [{ name: 'x'.repeat(101), text: 'x' }],
    [{ name: 'x', text: ' \n ' }],
    [{ name: 'x', text: 'x'.repeat(8_001) }],
    [{ name: 'x', text: 'a\0b' }],
    [{ name: 'x', text: Array.from({ length: 21 }, (_, at) => `{{field ${at}}}`).join(' ') }],
    [{ name: 'x', text: 'x', ownerId: crypto.randomUUID() }],
    [{ name: 'x', text: 'x', library: 'organisation' }],
  ])('of a wrong shape are refused: %#', async (body) => {
    expect((await ada.request('POST', own, body)).status).toBe(400);
    expect((await admin.request('POST', shared, body)).status).toBe(400);
  });

  test('are at most 200 in each library, also where two are added at once', async () => {
    const person = await createMember(server.app, admin);
    await query(
      server.databaseUrl,
      `insert into prompts (owner_id, name, text) select $1, 'Prompt ' || n, 'x' from generate_series(2, $2) n`,
      [person.id, maxPrompts],
    );
    const answers = await Promise.all([person.request('POST', own, reminder), person.request('POST', own, reminder)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await person.request('GET', own)).body.prompts).toHaveLength(maxPrompts);
    // Somebody else's are not counted.
    await create(bob);
  });
});
