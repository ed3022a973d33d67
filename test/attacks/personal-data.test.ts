import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../create-test-app.ts';
import { createMember, request, testPassword } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';
import { askForCode, createTelegramApp, type TelegramApp } from '../telegram/telegram-app.ts';

// Whatever people do, the rows that are signed for ever hold nothing of them that could not be erased.

let pinchy: TelegramApp;
let admin: TestUser;
beforeAll(async () => {
  pinchy = await createTelegramApp();
  admin = pinchy.admin;
});
afterAll(() => pinchy?.close());

const address = '203.0.113.77';
const names = ['Zenobia Quux', 'Zenobia Renamed', 'Mirabel Quirk'];

const signInFrom = (email: string, password: string) =>
  pinchy.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    remoteAddress: address,
    payload: { email, password },
  });

/** Everything that happens to people, at least once. */
async function liveThrough(): Promise<TestUser[]> {
  const zenobia = await createMember(pinchy.app, admin, { name: 'Zenobia Quux' });
  const mirabel = await createMember(pinchy.app, admin, { name: 'Mirabel Quirk', role: 'admin' });
  await signInFrom(zenobia.email, testPassword);
  await signInFrom(zenobia.email, 'wrong password');
  await signInFrom('nobody.at.all@example.net', 'wrong password');
  await zenobia.request('PATCH', '/api/users/me', { name: 'Zenobia Renamed' });
  await admin.request('PATCH', `/api/users/${zenobia.id}`, { role: 'admin' });
  await admin.request('PATCH', `/api/users/${zenobia.id}`, { role: 'member' });
  const body = { currentPassword: testPassword, newPassword: 'another long password' };
  await zenobia.request('POST', '/api/users/me/password', body);
  const invited = await admin.request('POST', '/api/users/invite', { role: 'member', email: 'yolanda@example.org' });
  await admin.request('DELETE', `/api/users/invites/${invited.body.id}`);
  const { body: reset } = await admin.request('POST', `/api/users/${zenobia.id}/reset`);
  const claim = { token: reset.token, password: 'yet another password' };
  await request(pinchy.app, 'POST', '/api/invite/claim', { body: claim });
  const chat = pinchy.telegram.chat(pinchy.mainBot, { id: 987_654_321, firstName: 'Mirabel' });
  const code = await askForCode(chat);
  await mirabel.request('POST', '/api/settings/telegram', { code });
  await mirabel.request('DELETE', '/api/settings/telegram');
  await admin.request('DELETE', `/api/users/${zenobia.id}`);
  await admin.request('POST', `/api/users/${zenobia.id}/reactivate`);
  await mirabel.request('POST', '/api/auth/sign-out');
  await admin.request('GET', '/api/audit?actorId=Zenobia%20Quux');
  await admin.request('GET', '/api/audit/export?actorId=Zenobia%20Quux&eventType=Mirabel');
  await admin.request('GET', '/api/audit/verify');
  return [zenobia, mirabel];
}

test('no signed row holds a name, an e-mail address or what is left of one, or where somebody came from', async () => {
  const people = await liveThrough();
  const rows = await auditRows(pinchy.databaseUrl);
  const seen = new Set(rows.map((row) => row.event_type));
  for (const eventType of [
    'setup.completed',
    'auth.login',
    'auth.failed',
    'auth.logout',
    'user.created',
    'user.invited',
    'user.invite_revoked',
    'user.updated',
    'user.deactivated',
    'user.reactivated',
    'user.reset_requested',
    'user.password_changed',
    'channel.linked',
    'channel.unlinked',
    'audit.exported',
  ])
    expect(seen, eventType).toContain(eventType);

  const addresses = [
    ...people.map(({ email }) => email),
    admin.email,
    'yolanda@example.org',
    'nobody.at.all@example.net',
  ];
  const references = addresses.map((email) => pinchy.services.audit.emailReference(email));
  const personal = [
    ...names,
    'Ada Admin',
    'Mirabel',
    'Zenobia',
    ...addresses,
    ...references.flatMap(({ emailHash, emailPreview }) => [emailHash, emailPreview]),
    address,
    '127.0.0.1',
    '987654321',
  ];
  const signed = JSON.stringify(await query(pinchy.databaseUrl, 'select * from audit_entries order by id'));
  const read = JSON.stringify(rows);
  for (const value of personal) expect(signed, value).not.toContain(value);
  // And nothing that looks like one.
  expect(signed).not.toMatch(/…@|\b\d{1,3}(\.\d{1,3}){3}\b/);
  for (const value of [...names, address, '987654321', references[0]?.emailPreview ?? ''])
    expect(read).toContain(value);
  expect((await admin.request('GET', '/api/audit/verify')).body).toMatchObject({ valid: true, problems: [] });
});

test('whoever reads the trail is shown the values', async () => {
  const { body } = await admin.request('GET', '/api/audit?eventType=user.deactivated');
  expect(body.entries[0]).toMatchObject({ detail: { name: 'Zenobia Renamed' }, actorName: 'Ada Admin' });
  const { text } = await admin.request('GET', '/api/audit/export?eventType=auth.failed');
  expect(text).toContain(address);
});
