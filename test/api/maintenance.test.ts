import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepLeftovers } from '../../server/features/documents/walk-documents.ts';
import { createMaintenanceJobs } from '../../server/features/maintenance/jobs.ts';
import { createAdmin, createTestApp, signIn, type TestApp } from '../create-test-app.ts';
import { query } from '../test-database.ts';

// Real: the app and its database. The jobs run when a test says so instead of by the clock.

let server: TestApp;
beforeAll(async () => {
  server = await createTestApp();
});
afterAll(() => server.close());

async function run(id: string): Promise<void> {
  const { database, audit, config } = server.services;
  const jobs = createMaintenanceJobs({
    db: database.db,
    audit,
    workspaceRoot: join(config.home, 'workspaces'),
    dataRoot: config.dataRoot,
    sweepTemporary: server.services.sweepTemporary,
  });
  await jobs.find((job) => job.id === id)!.run(new AbortController().signal);
}

test('limits that ended an hour ago are forgotten, others still count', async () => {
  const hourMs = 3_600_000;
  await query(
    server.databaseUrl,
    `insert into rate_limits values ('old', 1, $1), ('ended', 1, $2), ('current', 1, $3)`,
    [Date.now() - 2 * hourMs, Date.now() - hourMs / 2, Date.now() + hourMs],
  );
  await run('rate-limits.sweep');
  const left = await query<{ key: string }>(
    server.databaseUrl,
    `select key from rate_limits where key in ('old', 'ended', 'current') order by key`,
  );
  expect(left.map(({ key }) => key)).toEqual(['current', 'ended']);
});

test('budgets forget calls that nobody can be making, and periods of years ago', async () => {
  const [budget] = await query<{ id: string }>(
    server.databaseUrl,
    `insert into budgets (scope, unit, amount, period, action, warn_at_percent)
     values ('organisation', 'tokens', 1000, 'day', 'block', 80) returning id`,
  );
  await query(
    server.databaseUrl,
    `insert into budget_periods (budget_id, start, spent) values ($1, now() - interval '3 years', 5), ($1, now() - interval '1 year', 7)`,
    [budget?.id],
  );
  await query(
    server.databaseUrl,
    `insert into budget_reservations (budget_id, holder, user_id, agent_id, amount, read_tokens, writes, expires_at)
     select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), amount, 1, 1, now() + after::interval
     from (values (1, '-2 hours'), (2, '1 hour')) as made (amount, after)`,
    [budget?.id],
  );
  await run('budgets.sweep');
  const left = (table: string, column: string) =>
    query(server.databaseUrl, `select ${column}::int as left from ${table} where budget_id = $1`, [budget?.id]);
  expect(await left('budget_periods', 'spent')).toEqual([{ left: 7 }]);
  expect(await left('budget_reservations', 'amount')).toEqual([{ left: 2 }]);
  await query(server.databaseUrl, 'delete from budgets');
});

test('what a killed server had received in part is removed after a day, and nothing else', async () => {
  const path = (name: string) => join(server.dataRoot, 'hr/2026', name);
  mkdirSync(path(''), { recursive: true });
  const partial = `.pinchy-${randomUUID()}`;
  for (const name of [partial, '.pinchy-notes', 'plan.md']) writeFileSync(path(name), 'x');
  await run('documents.sweep');
  expect(readdirSync(path('')).sort()).toEqual([partial, '.pinchy-notes', 'plan.md'].sort());
  await sweepLeftovers(server.dataRoot, new Date(Date.now() + 1_000));
  expect(readdirSync(path('')).sort()).toEqual(['.pinchy-notes', 'plan.md']);
});

test('sessions that have expired are deleted, others stay signed in', async () => {
  const admin = await createAdmin(server.app);
  await query(
    server.databaseUrl,
    `insert into sessions (id, token, user_id, expires_at, created_at, updated_at)
     values (gen_random_uuid(), 'an old one', $1, now() - interval '1 minute', now(), now())`,
    [admin.id],
  );
  await run('sessions.sweep');
  expect(await query(server.databaseUrl, `select 1 from sessions where token = 'an old one'`)).toEqual([]);
  expect((await admin.request('GET', '/api/users/me')).status).toBe(200);
});

test('files of which nothing is known any more, after a kill, are removed after a day, and nothing else', async () => {
  const admin = await signIn(server.app, 'admin@example.com');
  const agentId = (await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' })).body.id;
  const upload = async () => {
    const payload = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n';
    const headers = { cookie: admin.cookie, 'content-type': 'multipart/form-data; boundary=b' };
    const url = `/api/agents/${agentId}/uploads`;
    return (await server.app.inject({ method: 'POST', url, headers, payload })).json().id as string;
  };
  const [kept, forgotten, young] = [await upload(), await upload(), await upload()];
  // As it is once the transaction has committed and the server is killed before it removes the files.
  await query(server.databaseUrl, 'delete from uploads where id = any($1)', [[forgotten, young]]);
  const directory = (agent: string) => join(server.home, 'workspaces', agent, 'uploads', admin.id);
  const strange = randomUUID();
  mkdirSync(directory(strange), { recursive: true });
  const partial = `.${randomUUID()}.partial`;
  writeFileSync(join(directory(agentId), partial), 'half');
  writeFileSync(join(directory(agentId), 'by-hand.txt'), 'x');
  writeFileSync(join(directory(strange), `${randomUUID()}-a.txt`), 'of another database');
  const age = (agent: string, name: string) =>
    utimesSync(join(directory(agent), name), new Date(0), new Date(Date.now() - 25 * 3_600_000));
  for (const agent of [agentId, strange]) {
    for (const name of readdirSync(directory(agent))) if (!name.startsWith(young)) age(agent, name);
  }
  await run('uploads.sweep');
  const left = [`${kept}-a.txt`, `${young}-a.txt`, 'by-hand.txt'];
  expect(readdirSync(directory(agentId)).sort()).toEqual(left.sort());
  expect(readdirSync(directory(strange))).toHaveLength(1);
});
