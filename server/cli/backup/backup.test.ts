import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { chmod, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import {
  createAdmin,
  createTestApp,
  createTestDatabase,
  request,
  type TestApp,
} from '../../../test/create-test-app.ts';
import { pack } from 'tar-stream';
import { listTables } from './backup-format.ts';
import { createBackup } from './create-backup.ts';
import { restoreBackup } from './restore-backup.ts';

// Real: PostgreSQL, the server's services, files. Nothing is doubled.

const yes = async () => true;
const secrets = {
  ENCRYPTION_KEY: 'test encryption key of 32 characters',
  BETTER_AUTH_SECRET: 'test sign-in secret of 32 characters',
  AUDIT_HMAC_SECRET: 'test audit secret of 32 characters..',
};

async function createSource() {
  const source = await createTestApp();
  let closed = false;
  const close = async () => {
    if (!closed) await source.close();
    closed = true;
  };
  onTestFinished(close);
  const file = join(source.home, 'backup.tar.gz');
  const environment = { PINCHY_HOME: source.home, DATABASE_URL: source.databaseUrl, ...secrets };
  return { source, file, environment, close };
}

async function createTarget(overrides: Record<string, string> = {}) {
  const database = await createTestDatabase();
  await query(database.url, 'drop schema public cascade; create schema public; drop schema drizzle cascade');
  const home = mkdtempSync(join(tmpdir(), 'pinchy-restore-'));
  onTestFinished(async () => {
    await database.drop();
    await rm(home, { recursive: true, force: true });
  });
  return { home, url: database.url, environment: { PINCHY_HOME: home, DATABASE_URL: database.url, ...overrides } };
}

async function query(url: string, statement: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

const contentOf = (url: string, table: string) =>
  query(
    url,
    `select md5(coalesce(string_agg(row::text, E'\\n' order by row::text), '')) as content from ${table} as row`,
  );

async function fill(source: TestApp): Promise<void> {
  const admin = await createAdmin(source.app);
  await admin.request('POST', '/api/agents', { name: 'Zoë "\\N" \t tab', templateId: 'custom' });
  await admin.request('PUT', '/api/users/me/context', { content: 'Line one\nline two \\ \\. \u{1F980}' });
  await admin.request('POST', '/api/settings', { key: 'crm_api_key', value: 'a secret value' });
  // Their sizes are no part of a backup: they are counted again as the rows come in.
  await query(
    source.databaseUrl,
    `with chat as (insert into conversations (user_id, agent_id) select $1, id from agents limit 1 returning id, agent_id),
       file as (insert into uploads (id, agent_id, user_id, filename, media_type, size)
         select gen_random_uuid(), agent_id, $1, 'a.txt', 'text/plain', 9000 from chat)
     insert into messages (conversation_id, role, content) select id, 'user', repeat('Ü', n) from chat, generate_series(1, 50) as n`,
    [admin.id],
  );
  const budget = { scope: 'user', scopeId: admin.id, unit: 'usd', amount: '5', period: 'month' };
  await admin.request('POST', '/api/budgets', budget);
  // What triggers make of it is not counted twice.
  await query(
    source.databaseUrl,
    `insert into usage_records (agent_id, user_id, source, model, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost)
     select id, $1, 'chat', 'openai/gpt', 100, 20, 3, 4, 0.25 from agents, generate_series(1, 3)`,
    [admin.id],
  );
  const price = { model: 'openai/gpt', inputPerMillion: '2.5', outputPerMillion: '0.0000000001' };
  await admin.request('PUT', '/api/settings/prices', { prices: [{ ...price, validFrom: '2099-12-31T23:59:59.999Z' }] });
  await query(
    source.databaseUrl,
    `insert into uncounted_usage (day, agent_id, user_id, tokens, cost) select date_trunc('day', now()), id, $1, 12.5, 0.1 from agents limit 1`,
    [admin.id],
  );
  mkdirSync(join(source.dataRoot, 'hr'));
  writeFileSync(join(source.dataRoot, 'hr', 'leave.md'), '# Leave\n\nThere are 27 days of paid leave.');
  await source.services.knowledge.indexer.runPass();
  const directory = join(source.home, 'workspaces', randomUUID(), 'uploads', randomUUID());
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'ünïcode report.txt'), 'the report');
  writeFileSync(join(directory, 'empty.txt'), '');
  writeFileSync(join(directory, '.half.partial'), 'half');
  await symlink('/etc/passwd', join(directory, 'link'));
}

test('every table, file, secret and the audit trail come back as they were', async () => {
  const { source, file, environment, close } = await createSource();
  await fill(source);
  await source.services.audit.sealPending();
  const index = listTables().filter((name) => name.startsWith('knowledge_'));
  expect(await query(source.databaseUrl, 'select 1 from knowledge_statistics')).toHaveLength(1);
  const tables = listTables().filter(
    (name) => !['sessions', 'replicas', 'rate_limits', 'plugin_calls', 'audit_entries', ...index].includes(name),
  );
  const before = await Promise.all(tables.map((table) => contentOf(source.databaseUrl, table)));
  expect(await createBackup({ environment, file })).toMatchObject({ files: 2 });
  const content = await readFile(file);
  await close();

  const target = await createTarget();
  const copy = join(target.home, 'copy.tar.gz');
  await writeFile(copy, content);
  const result = await restoreBackup({
    environment: target.environment,
    file: copy,
    confirm: () => expect.unreachable(),
  });
  expect(result.auditValid).toBe(true);
  expect(result.auditEntries).toBeGreaterThan(4);
  // Two checkpoints came: that of the restore, and that of what had not been sealed.
  const same = tables.filter((table) => table !== 'audit_checkpoints');
  const after = await Promise.all(same.map((table) => contentOf(target.url, table)));
  expect(after).toEqual(same.map((table) => before[tables.indexOf(table)]));
  // Whoever restores indexes what documents there are.
  for (const table of ['sessions', ...index]) expect(await query(target.url, `select 1 from ${table}`)).toEqual([]);

  const files = await readdir(join(target.home, 'workspaces'), { recursive: true, withFileTypes: true });
  expect(files.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort()).toEqual([
    'empty.txt',
    'ünïcode report.txt',
  ]);
  expect((await readFile(join(target.home, 'secrets', 'encryption-key'), 'utf8')).trim()).toBe(secrets.ENCRYPTION_KEY);
  expect((await stat(join(target.home, 'secrets', 'encryption-key'))).mode & 0o777).toBe(0o600);
  expect((await readdir(target.home)).filter((name) => name.startsWith('.restore'))).toEqual([]);

  // A whole server on it: secrets open, ids go on, the trail verifies.
  const app = await createTestApp({ databaseUrl: target.url, environment: { PINCHY_HOME: target.home } });
  onTestFinished(() => app.close());
  expect(await app.services.settings.find('crm_api_key')).toBe('a secret value');
  const signedIn = await request(app.app, 'POST', '/api/auth/sign-in/email', {
    body: { email: 'admin@example.com', password: 'correct horse battery' },
  });
  expect(signedIn.status).toBe(200);
  await app.services.audit.sealPending();
  expect(await app.services.audit.verify()).toMatchObject({ valid: true, missing: [], problems: [] });
  const [restored] = await query(
    target.url,
    "select detail, outcome from audit_entries where event_type = 'audit.restored'",
  );
  expect(restored).toMatchObject({ outcome: 'success', detail: { entries: result.auditEntries } });
});

test('the backup is one moment of a database that is written to all the while', async () => {
  const { source, file, environment } = await createSource();
  await createAdmin(source.app);
  let writing = true;
  let pairs = 0;
  const writer = (async () => {
    const client = new Client({ connectionString: source.databaseUrl });
    await client.connect();
    while (writing) {
      // Each transaction writes to the first and to the last table that is copied: both or neither may be there.
      const name = `pair-${pairs++}`;
      await client.query('begin');
      await client.query('insert into groups (name) values ($1)', [name]);
      await client.query("insert into settings (key, value) values ($1, repeat('x', 20000))", [name]);
      await client.query('commit');
    }
    await client.end();
  })();
  await expect.poll(() => pairs).toBeGreaterThan(50);
  await createBackup({ environment, file });
  writing = false;
  await writer;
  const target = await createTarget();
  await restoreBackup({ environment: target.environment, file, confirm: yes });
  const [counts] = await query(
    target.url,
    `select (select count(*)::int from groups where name like 'pair-%') as groups,
      (select count(*)::int from settings where key like 'pair-%') as settings`,
  );
  expect(counts?.['groups']).toBe(counts?.['settings']);
  expect(counts?.['groups']).toBeGreaterThan(49);
});

test('a trail that was tampered with is restored, reported and recorded as such', async () => {
  const { source, file, environment } = await createSource();
  await createAdmin(source.app);
  await source.services.audit.sealPending();
  await query(
    source.databaseUrl,
    `alter table audit_entries disable trigger all; update audit_entries set actor_id = 'somebody else' where id = 1`,
  );
  await createBackup({ environment, file });
  const target = await createTarget();
  expect((await restoreBackup({ environment: target.environment, file, confirm: yes })).auditValid).toBe(false);
  const rows = await query(target.url, "select outcome from audit_entries where event_type = 'audit.restored'");
  expect(rows).toEqual([{ outcome: 'failure' }]);
});

test('what is there is replaced only once somebody agreed, and comes back whole when the restore fails', async () => {
  const { source, file, environment } = await createSource();
  await createAdmin(source.app);
  await createBackup({ environment, file });
  const target = await createTarget();
  await restoreBackup({ environment: target.environment, file, confirm: yes });
  await query(target.url, "insert into settings (key, value) values ('since', 'then')");
  await writeFile(join(target.home, 'secrets', 'marker'), 'mine');
  const since = () => query(target.url, "select value from settings where key = 'since'");

  const refused = restoreBackup({ environment: target.environment, file, confirm: async () => false });
  await expect(refused).rejects.toThrow('Nothing was restored.');
  expect(await since()).toHaveLength(1);

  // A row that breaks a rule of the database, in an archive that is whole otherwise.
  const broken = join(target.home, 'broken.tar.gz');
  await writeFile(broken, replaceInArchive(await readFile(file), /\tadmin@example\.com\t/g, '\t\\N\t'));
  await expect(restoreBackup({ environment: target.environment, file: broken, confirm: yes })).rejects.toThrow(
    'null value in column',
  );
  expect(await since()).toHaveLength(1);
  expect(await readFile(join(target.home, 'secrets', 'marker'), 'utf8')).toBe('mine');
  expect((await readdir(target.home)).filter((name) => name.startsWith('.restore'))).toEqual([]);

  await restoreBackup({ environment: target.environment, file, confirm: yes });
  expect(await since()).toEqual([]);
});

test('refuses damaged, foreign and newer archives before it touches anything', async () => {
  const { source, file, environment } = await createSource();
  await createAdmin(source.app);
  await createBackup({ environment, file });
  const whole = await readFile(file);
  const target = await createTarget();
  const restore = async (content: Buffer) => {
    const path = join(target.home, `${randomUUID()}.tar.gz`);
    await writeFile(path, content);
    return restoreBackup({ environment: target.environment, file: path, confirm: yes });
  };
  await expect(restore(whole.subarray(0, whole.length / 2))).rejects.toThrow('damaged or incomplete');
  await expect(restore(Buffer.from('not a backup'))).rejects.toThrow('damaged or incomplete');
  await expect(restore(gzipSync('neither is this'))).rejects.toThrow('damaged or incomplete');
  await expect(restore(replaceInArchive(whole, /"schemaVersion": (\d)/, '"schemaVersion": 9'))).rejects.toThrow(
    'newer Pinchy',
  );
  for (const name of [
    'workspaces/../../outside',
    '/workspaces/x',
    'secrets/../../x',
    'elsewhere/x',
    'workspaces/a/./b',
  ]) {
    await expect(restore(await archiveWith(name))).rejects.toThrow('damaged or incomplete');
  }
  await expect(
    restoreBackup({ environment: target.environment, file: join(target.home, 'missing'), confirm: yes }),
  ).rejects.toThrow('cannot be read (ENOENT)');
  expect(await query(target.url, "select 1 from pg_tables where schemaname = 'public'")).toEqual([]);
});

test("refuses a database with somebody else's tables, and secrets that differ", async () => {
  const { source, file, environment } = await createSource();
  await createAdmin(source.app);
  await createBackup({ environment, file });
  const foreign = await createTarget();
  await query(foreign.url, 'create table users (id int)');
  await expect(restoreBackup({ environment: foreign.environment, file, confirm: yes })).rejects.toThrow("not Pinchy's");
  const target = await createTarget({ ENCRYPTION_KEY: 'another encryption key of 32 characters' });
  await expect(restoreBackup({ environment: target.environment, file, confirm: yes })).rejects.toThrow(
    'another ENCRYPTION_KEY',
  );
});

test('a directory that cannot be written to is one sentence, and nothing stays behind', async () => {
  const { source, environment } = await createSource();
  const file = join(source.home, 'no such directory', 'backup.tar.gz');
  await expect(createBackup({ environment, file })).rejects.toThrow('cannot be written: there is no directory');
  await chmod(source.home, 0o700);
});

/** Changes text of the same length, or pads what became shorter, so that the archive stays readable. */
function replaceInArchive(archive: Buffer, pattern: RegExp, replacement: string): Buffer {
  const text = gunzipSync(archive).toString('latin1');
  const changed = text.replaceAll(new RegExp(pattern, 'g'), (found) => replacement.padEnd(found.length, ' '));
  if (changed === text) throw new Error('Nothing was replaced.');
  return gzipSync(Buffer.from(changed, 'latin1'));
}

async function archiveWith(name: string): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'backup.json' }, '{}');
  tar.entry({ name }, 'x');
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}
