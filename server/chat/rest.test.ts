import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdmin, createTestApp, createTestDatabase, type TestApp } from '../../test/create-test-app.ts';
import { startDatabaseWire, type DatabaseWire } from '../../test/database-wire.ts';

// Real: server and PostgreSQL, with what is sent between them counted.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let wire: DatabaseWire;
let server: TestApp;
let sent = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  wire = await startDatabaseWire(database.url, () => ({ toDatabase: () => void (sent += 1), toClient: () => {} }));
  server = await createTestApp({ databaseUrl: wire.url });
  await createAdmin(server.app);
});
afterAll(async () => {
  await server?.close();
  await wire?.close();
  await database?.drop();
});

test('a server that nobody uses says that it lives, and asks the database for little else', async () => {
  // What the start left to seal is sealed.
  await sleep(6_000);
  const before = sent;
  await sleep(10_000);
  // Five heartbeats of three questions, two looks at who else is there, one at the signals, and one at the trail.
  expect(sent - before).toBeLessThanOrEqual(45);
}, 30_000);
