import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createAdmin, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let serverUrl: string;
let database: string;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  const url = new URL(server.databaseUrl);
  database = url.pathname.slice(1);
  url.pathname = '/postgres';
  serverUrl = url.href;
});
afterAll(async () => {
  await allowConnections(true);
  await server.close();
});

const allowConnections = (allowed: boolean) =>
  query(serverUrl, `alter database ${database} allow_connections ${allowed}`);

test('without its database health is 503 and names the part, the API asks to try again; then all is well', async () => {
  await allowConnections(false);
  await query(serverUrl, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
  const down = await request(server.app, 'GET', '/api/health');
  expect(down.status).toBe(503);
  expect(down.body).toMatchObject({
    status: 'unavailable',
    database: { connected: false },
    openclaw: { connected: true, mode: 'native' },
  });
  expect((await request(server.app, 'GET', '/api/health/openclaw')).status).toBe(200);
  const refused = await admin.request('GET', '/api/agents');
  expect(refused.status).toBe(503);
  expect(refused.body).toMatchObject({ code: 'unavailable', error: expect.any(String) });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.text).not.toMatch(/select|postgres|127\.0\.0\.1/i);

  await allowConnections(true);
  await vi.waitFor(async () => expect((await request(server.app, 'GET', '/api/health')).status).toBe(200), {
    timeout: 30_000,
    interval: 100,
  });
  expect((await admin.request('GET', '/api/agents')).status).toBe(200);
});
