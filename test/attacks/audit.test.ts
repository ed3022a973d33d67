import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdmin, createTestApp, type TestApp } from '../create-test-app.ts';
import { query } from '../test-database.ts';

// Somebody with the database's password against the trail. What they do after switching the triggers off shows: verify.test.ts.

let server: TestApp;
beforeAll(async () => {
  server = await createTestApp();
  const admin = await createAdmin(server.app);
  for (let count = 0; count < 5; count++) {
    await admin.request('POST', '/api/agents', { name: `Agent ${count}`, templateId: 'custom' });
  }
  await server.services.audit.sealPending();
});
afterAll(() => server?.close());

const columns = 'id, timestamp, actor_type, event_type, outcome, detail, key_id, row_hmac';

test.each([
  `update audit_entries set outcome = 'failure'`,
  `update audit_entries set detail = detail where false`,
  'delete from audit_entries',
  'truncate audit_entries',
  'truncate audit_entries, audit_checkpoints restart identity cascade',
  `update audit_checkpoints set count = 0`,
  'delete from audit_checkpoints',
  'truncate audit_checkpoints',
  `set session_replication_role = replica; delete from audit_entries`,
  `set session_replication_role = replica; truncate audit_checkpoints`,
  `insert into audit_entries (${columns}) overriding system value select ${columns} from audit_entries on conflict (id) do update set outcome = 'failure'`,
  `merge into audit_entries as a using audit_entries as b on a.id = b.id when matched then delete`,
  `with gone as (delete from audit_entries returning id) select * from gone`,
  `do $$ begin execute 'delete from audit_entries'; end $$`,
])('the database refuses: %s', async (statement) => {
  const before = await query(server.databaseUrl, 'select * from audit_entries order by id');
  await expect(query(server.databaseUrl, statement)).rejects.toThrow(/append-only/);
  expect(await query(server.databaseUrl, 'select * from audit_entries order by id')).toEqual(before);
});
