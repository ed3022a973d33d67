import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  signIn,
  testPassword,
  type TestAnswer,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';
import { auditRows } from '../test-database.ts';

// Two who set one account's password at the same instant: one wins, and nobody else is told that they did.

const rounds = 5;
let server: TestApp;
let second: TestApp;
let admin: TestUser;
beforeAll(async () => {
  const environment = { RATE_LIMIT_SIGN_IN_FAILURES: '10000', RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '10000' };
  server = await createTestApp({ environment });
  second = await createTestApp({ environment, databaseUrl: server.databaseUrl });
  admin = await createAdmin(server.app);
});
afterAll(async () => {
  await second?.close();
  await server?.close();
});

const change = (by: TestUser, newPassword: string, on = server): Promise<TestAnswer> =>
  request(on.app, 'POST', '/api/users/me/password', {
    cookie: by.cookie,
    body: { currentPassword: testPassword, newPassword },
  });
const claim = (token: string, password: string) =>
  request(second.app, 'POST', '/api/invite/claim', { body: { token, password } });
const asMe = async (user: TestUser) => (await user.request('GET', '/api/users/me')).status;

/** Which of the passwords opens the account; exactly one must. */
async function opening(user: TestUser, passwords: string[]): Promise<string> {
  const statuses = await Promise.all(
    passwords.map((password) =>
      request(server.app, 'POST', '/api/auth/sign-in/email', { body: { email: user.email, password } }),
    ),
  );
  const working = passwords.filter((_password, index) => statuses[index]?.status === 200);
  expect(working).toHaveLength(1);
  return working[0] ?? '';
}

const changesOf = async (user: TestUser) =>
  (await auditRows(server.databaseUrl, 'user.password_changed')).filter(
    ({ resource }) => resource === `user:${user.id}`,
  );

test('the owner’s change and a thief’s: one is 200 and holds, the other is 401 and signed out', async () => {
  for (let round = 0; round < rounds; round++) {
    const owner = await createMember(server.app, admin);
    const thief = await signIn(server.app, owner.email);
    const passwords = [`the owner chose ${round}`, `the thief chose ${round}`];
    const answers = await Promise.all([
      change(owner, passwords[0]!, round % 2 === 0 ? server : second),
      change(thief, passwords[1]!),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted(), `round ${round}`).toEqual([200, 401]);
    const winner = statuses.indexOf(200);
    expect(await opening(owner, [testPassword, ...passwords])).toBe(passwords[winner]);
    expect(await Promise.all([owner, thief].map(asMe))).toEqual(winner === 0 ? [200, 401] : [401, 200]);
    expect(await changesOf(owner)).toHaveLength(1);
  }
});

test('five changes by one session: one holds, and the session stays', async () => {
  const user = await createMember(server.app, admin);
  const passwords = Array.from({ length: 5 }, (_, index) => `choice number ${index}`);
  const answers = await Promise.all(passwords.map((password) => change(user, password)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401]);
  for (const { status, body } of answers)
    if (status === 401)
      expect(body).toMatchObject({
        code: 'wrong_password',
        details: { fieldErrors: { currentPassword: [expect.any(String)] } },
      });
  const winner = passwords[answers.findIndex(({ status }) => status === 200)];
  expect(await opening(user, [testPassword, ...passwords])).toBe(winner);
  expect(await asMe(user)).toBe(200);
});

test('a change on its way when a reset link is used: the link’s password holds', async () => {
  for (let round = 0; round < rounds; round++) {
    const user = await createMember(server.app, admin);
    const reset = await admin.request('POST', `/api/users/${user.id}/reset`, { blockPassword: false });
    const thief = await signIn(server.app, user.email);
    const passwords = ['set by the link', 'set by the thief'];
    const [claimed, changed] = await Promise.all([
      claim(reset.body.token, passwords[0]!),
      change(thief, passwords[1]!),
    ]);
    expect(claimed.status).toBe(201);
    expect([200, 401]).toContain(changed.status);
    expect(await opening(user, [testPassword, ...passwords])).toBe('set by the link');
    expect(await asMe(thief)).toBe(401);
    expect(await changesOf(user)).toHaveLength(changed.status === 200 ? 2 : 1);
  }
});

test('a change on its way when an admin resets the password is undone or refused', async () => {
  for (let round = 0; round < rounds; round++) {
    const user = await createMember(server.app, admin);
    const [changed, reset] = await Promise.all([
      change(user, 'set by the thief'),
      admin.request('POST', `/api/users/${user.id}/reset`),
    ]);
    expect(reset.status).toBe(201);
    expect([200, 401]).toContain(changed.status);
    for (const password of [testPassword, 'set by the thief'])
      await expect(signIn(server.app, user.email, password)).rejects.toThrow(/401/);
    expect(await asMe(user)).toBe(401);
    expect((await claim(reset.body.token, 'set by the owner')).status).toBe(201);
    expect((await signIn(server.app, user.email, 'set by the owner')).id).toBe(user.id);
  }
});

test('a change on its way when the server’s shell resets the password: the shell’s holds', async () => {
  for (let round = 0; round < rounds; round++) {
    const user = await createMember(server.app, admin);
    const [printed] = await Promise.all([
      second.services.accounts.resetPasswordFromShell(user.email),
      change(user, 'set by the thief'),
    ]);
    expect(await opening(user, [testPassword, 'set by the thief', printed])).toBe(printed);
    expect(await asMe(user)).toBe(401);
  }
});

test('a sign-in with the old password while it is changed gets no session that lasts', async () => {
  for (let round = 0; round < rounds; round++) {
    const user = await createMember(server.app, admin);
    const [changed, ...thieves] = await Promise.all([
      change(user, 'a completely new one'),
      ...[server, second, server].map(({ app }) => signIn(app, user.email).catch(() => undefined)),
    ]);
    expect(changed.status).toBe(200);
    for (const thief of thieves) if (thief) expect(await asMe(thief)).toBe(401);
    expect(await asMe(user)).toBe(200);
  }
});

test('names that are given at the same instant follow one another in the trail', async () => {
  const user = await createMember(server.app, admin, { name: 'Name 0' });
  const names = Array.from({ length: 6 }, (_, index) => `Name ${index + 1}`);
  await Promise.all(names.map((name) => user.request('PATCH', '/api/users/me', { name })));
  const changes = (await auditRows(server.databaseUrl, 'user.updated'))
    .filter(({ resource }) => resource === `user:${user.id}`)
    .map(({ detail }) => (detail['changes'] as { name: { from: string; to: string } }).name);
  expect(changes).toHaveLength(6);
  let current = 'Name 0';
  for (const { from, to } of changes) {
    expect(from).toBe(current);
    current = to;
  }
  expect((await user.request('GET', '/api/users/me')).body.name).toBe(current);
});
