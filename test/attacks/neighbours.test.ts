import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashingQueue } from '../../server/features/auth/password.ts';
import { createAdmin, createTestApp, request, testPassword, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows } from '../test-database.ts';

// What one person, or one address, does to take the server for themselves, and what it costs a colleague. How often the
// others were served before the colleague is counted, not how long it took: that depends on the machine.

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({
    environment: { TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_API_PER_MINUTE: '100000' },
  });
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());

const signInFrom = (address: string, body: { email: string; password: string }) =>
  request(server.app, 'POST', '/api/auth/sign-in/email', { body, headers: { 'x-forwarded-for': address } });

test('four addresses that guess within their limits let a right sign-in pass after a few guesses', async () => {
  let guessed = 0;
  const guesses = Array.from({ length: 48 }, async (_each, index) => {
    const { status } = await signInFrom(`198.51.100.${index % 4}`, {
      email: `person${index}@example.com`,
      password: `guess number ${index}`,
    });
    guessed += 1;
    return status;
  });
  await expect.poll(() => guessed).toBeGreaterThan(0);
  const before = guessed;
  const { status } = await signInFrom('203.0.113.7', { email: admin.email, password: testPassword });
  expect(status).toBe(200);
  expect(guessed - before).toBeLessThan(16);
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([401]));
});

test('addresses that were seen to guess take turns with a right sign-in as if they were one', async () => {
  let guessed = 0;
  const guess = async (index: number) => {
    const body = { email: `guess${index}@example.com`, password: `guess number ${index}` };
    const { status } = await signInFrom(`192.0.2.${index % 6}`, body);
    guessed += 1;
    return status;
  };
  const guesses = Array.from({ length: 42 }, (_each, index) => guess(index));
  // Three wrong passwords of each.
  await expect.poll(() => guessed, { interval: 5 }).toBeGreaterThan(18);
  const before = guessed;
  expect((await signInFrom('203.0.113.8', { email: admin.email, password: testPassword })).status).toBe(200);
  // One that was being hashed, and one each that begin while this one is looked up and answered.
  expect(guessed - before).toBeLessThan(5);
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([401]));
});

test('a sign-in that nobody waits for any more is not hashed', async () => {
  const address = await server.listen();
  const failures = async () => (await auditRows(server.databaseUrl, 'auth.failed')).length;
  const before = await failures();
  const gone = new AbortController();
  const asked = Array.from({ length: 40 }, (_each, index) =>
    fetch(`${address}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.77' },
      body: JSON.stringify({ email: `gone${index}@example.com`, password: 'a wrong password' }),
      signal: gone.signal,
    }).catch(() => undefined),
  );
  await expect.poll(() => hashingQueue.waiting).toBeGreaterThan(30);
  gone.abort();
  await Promise.all(asked);
  await expect.poll(() => hashingQueue.waiting + hashingQueue.running).toBe(0);
  expect((await failures()) - before).toBeLessThan(10);
  expect((await signInFrom('198.51.100.77', { email: admin.email, password: testPassword })).status).toBe(200);
});

test('a crowd that asks whether all is well costs the database a question at a time, and turns nothing red', async () => {
  const { pool } = server.services.database;
  let acquired = 0;
  const count = () => (acquired += 1);
  pool.on('acquire', count);
  const asked = Array.from({ length: 1_000 }, () => request(server.app, 'GET', '/api/health'));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  pool.off('acquire', count);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(acquired).toBeLessThan(100);
});
