import { createHash, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/create-test-app.ts';
import { query } from '../../test/test-database.ts';
import { migrate } from './migrate.ts';
import { listMigrations } from './schema-version.ts';

// A database as the version before left it, with pictures in its messages.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
const migration = 1_796_100_000_011;
const [userId, agentId, conversationId] = [randomUUID(), randomUUID(), randomUUID()];
const picture = Buffer.alloc(100_000, 'picture');
const sha256 = createHash('sha256').update(picture).digest('hex');

async function rebuild(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('drop schema public cascade; drop schema if exists drizzle cascade; create schema public');
  await client.query('create schema drizzle');
  await client.query(
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const { sql, hash, folderMillis } of listMigrations()) {
    if (folderMillis >= migration) break;
    for (const statement of sql) if (statement.trim()) await client.query(statement);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ]);
  }
  await client.end();
}

const add = (toolCalls: object[], state = 'complete') =>
  query<{ id: string }>(
    database.url,
    `insert into messages (conversation_id, role, content, state, tool_calls) values ($1, 'assistant', 'Hi', $2, $3) returning id`,
    [conversationId, state, JSON.stringify(toolCalls)],
  ).then(([row]) => row!.id);

beforeAll(async () => {
  database = await createTestDatabase();
  await rebuild(database.url);
});
afterAll(() => database?.drop());

test('pictures in messages become references, outputs stand apart, and everything is counted', async () => {
  await query(
    database.url,
    `insert into users (id, name, email, email_verified, role) values ($1, 'Ann', 'ann@example.com', true, 'member')`,
    [userId],
  );
  await query(
    database.url,
    `insert into agents (id, name, template_id, allowed_tools, plugin_config) values ($1, 'Clerk', 'custom', '{}', '{}')`,
    [agentId],
  );
  await query(database.url, 'insert into conversations (id, user_id, agent_id) values ($1, $2, $3)', [
    conversationId,
    userId,
    agentId,
  ]);
  await query(
    database.url,
    `insert into uploads (id, agent_id, user_id, filename, media_type, size) values ($1, $2, $3, 'a', 'text/plain', 10)`,
    [randomUUID(), agentId, userId],
  );
  const call = { name: 'pinchy_read', state: 'done', input: { path: '/data/a.png' }, summary: 'Looked' };
  const image = { mediaType: 'image/png', data: picture.toString('base64') };
  const id = await add([
    {
      toolCallId: 't1',
      ...call,
      output: 'The image is attached.',
      images: [image, { mediaType: 'image/png', data: '!' }],
    },
    { toolCallId: 't2', ...call, input: { query: 1 }, output: 'Text', images: [image] },
    { toolCallId: 't3', name: 'pinchy_ls', state: 'running', input: {} },
  ]);
  const plain = await add([]);
  const growing = await add([{ toolCallId: 't1', ...call, output: 'x' }], 'streaming');
  await migrate(database.url);

  const rows = await query<{ id: string; tool_calls: object; tool_outputs: object; bytes: number }>(
    database.url,
    'select id, tool_calls, tool_outputs, shown_bytes + output_bytes as bytes from messages',
  );
  const of = (wanted: string) => rows.find((row) => row.id === wanted)!;
  expect(of(id).tool_calls).toEqual([
    { toolCallId: 't1', ...call },
    { toolCallId: 't2', ...call, input: { query: 1 } },
    { toolCallId: 't3', name: 'pinchy_ls', state: 'running', input: {} },
  ]);
  const reference = { mediaType: 'image/png', path: '/data/a.png', sha256, bytes: picture.length };
  expect(of(id).tool_outputs).toEqual([
    { toolCallId: 't1', output: 'The image is attached.', images: [reference] },
    { toolCallId: 't2', output: 'Text' },
  ]);
  expect(of(plain)).toMatchObject({ tool_calls: [], tool_outputs: [] });
  expect(of(growing).tool_outputs).toEqual([{ toolCallId: 't1', output: 'x' }]);
  const counted = of(id).bytes + of(plain).bytes;
  expect(await query(database.url, 'select text_bytes, file_bytes from personal_storage')).toEqual([
    { text_bytes: String(counted), file_bytes: '4096' },
  ]);
});
