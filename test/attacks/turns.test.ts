import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verificationQueue } from '../../server/features/audit/audit.service.ts';
import { exportQueue, listQueue } from '../../server/http/downloads.ts';
import { textQueue } from '../../server/tools/files/document-text.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';

// Work that an admin can ask for as often as they like: it takes turns by person, and what nobody waits for is not done.

let server: TestApp;
let address: string;
let greedy: TestUser;
let calm: TestUser;
beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: {
      RATE_LIMIT_API_PER_MINUTE: '100000',
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign(),
    },
  });
  address = await server.listen();
  greedy = await createAdmin(server.app);
  calm = await createMember(server.app, greedy, { role: 'admin' });
  await query(
    server.databaseUrl,
    `insert into usage_records (user_id, agent_id, source, model, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens)
     select $1::uuid, $1::uuid, 'chat', 'a/model', 1, 1, 0, 0 from generate_series(1, 30000)`,
    [greedy.id],
  );
  await query(
    server.databaseUrl,
    `insert into audit_entries (timestamp, actor_type, event_type, outcome, detail, commitments, key_id, row_hmac,
       transaction_id, epoch)
     select now(), 'system', 'agent.deleted', 'success', '{}', '{}', 'none', 'x', '1', 1 from generate_series(1, 30000)`,
  );
});
afterAll(() => server?.close());

const ask = (person: TestUser, path: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${address}${path}`, { headers: { cookie: person.cookie }, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
async function readAll(answer: IncomingMessage): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  for await (const chunk of answer) text += chunk;
  return text;
}
const read = async (person: TestUser, path: string) => readAll(await ask(person, path));

describe.each(['/api/audit/export', '/api/usage/export?days=1'])('%s', (path) => {
  test('is read in turns by person: one of each at a time', async () => {
    const person = `person ${greedy.id}`;
    let maxRunning = 0;
    let waited = 0;
    let isOver = false;
    const watch = (async () => {
      while (!isOver) {
        maxRunning = Math.max(maxRunning, exportQueue.running);
        waited = Math.max(waited, exportQueue.waiting);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const mine = await Promise.all([read(greedy, path), read(greedy, path), read(greedy, path)]);
    isOver = true;
    await watch;
    for (const text of mine) expect(text.split('\r\n').length).toBeGreaterThan(30_000);
    expect(maxRunning).toBe(1);
    expect(waited).toBeGreaterThan(0);
    expect(exportQueue.doOthersWait(person)).toBe(false);
    const both = await Promise.all([read(greedy, path), read(calm, path)]);
    for (const text of both) expect(text.split('\r\n').length).toBeGreaterThan(30_000);
  }, 60_000);

  test('is not read on when nobody takes it', async () => {
    const answer = await ask(greedy, path);
    expect(answer.statusCode).toBe(200);
    answer.destroy();
    await expect.poll(() => exportQueue.running + exportQueue.waiting).toBe(0);
  });
});

/** Prompts of one's own, and what somebody else shares: filters, conversations. */
async function fillLists(): Promise<void> {
  const { id: agentId } = (await greedy.request('POST', '/api/agents', { name: 'Guide', templateId: 'custom' })).body;
  await greedy.request('PUT', '/api/settings/sharing', { enabled: true });
  const statements: [string, string[]][] = [
    [
      `insert into prompts (owner_id, name, text)
       select $1::uuid, 'Prompt ' || number, repeat('a', 8000) from generate_series(1, 200) as number`,
      [greedy.id],
    ],
    [
      `insert into saved_filters (owner_id, name, filter, shared)
       select $1::uuid, 'Filter ' || number, '{"search": "x"}', true from generate_series(1, 2000) as number`,
      [calm.id],
    ],
    [
      `with made as (insert into conversations (agent_id, user_id, title, is_default)
         select $1::uuid, $2::uuid, 'Shared ' || number, false from generate_series(1, 2000) as number returning id),
       shares as (insert into conversation_shares (conversation_id, message_ids)
         select id, '{}' from made returning id)
       insert into share_users (share_id, user_id) select id, $3::uuid from shares`,
      [agentId, calm.id, greedy.id],
    ],
  ];
  for (const [statement, values] of statements) await query(server.databaseUrl, statement, values);
}

test('lists take turns by person, and what nobody waits for is not begun', async () => {
  const { body: agents } = await greedy.request('GET', '/api/agents');
  const agentId = agents.find(({ ownerId }: { ownerId: string }) => ownerId === greedy.id).id;
  await query(
    server.databaseUrl,
    `insert into conversations (agent_id, user_id, title, is_default)
     select $1::uuid, $2::uuid, 'Title ' || number, false from generate_series(1, 1500) as number`,
    [agentId, greedy.id],
  );
  await fillLists();
  const lists = ['/api/audit?limit=200', '/api/users', '/api/prompts', '/api/shares?limit=100', '/api/audit/filters'];
  for (const path of [`/api/agents/${agentId}/chats`, ...lists]) {
    const leave = new AbortController();
    const list = (person: TestUser, signal?: AbortSignal) =>
      fetch(`${address}${path}`, { headers: { cookie: person.cookie }, ...(signal && { signal }) })
        .then(async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        })
        .catch(() => 'gone' as const);
    const crowd = Array.from({ length: 40 }, () => list(greedy, leave.signal));
    await expect.poll(() => listQueue.waiting, { interval: 2, message: path }).toBeGreaterThan(10);
    expect(listQueue.running).toBe(1);
    expect([200, 404]).toContain(await list(calm));
    expect(listQueue.waiting, path).toBeGreaterThan(0);
    leave.abort();
    await Promise.all(crowd);
    await expect.poll(() => listQueue.running + listQueue.waiting).toBe(0);
  }
}, 60_000);

test('verifying the trail takes turns by person, and what nobody waits for is not begun', async () => {
  const leave = new AbortController();
  const verify = (person: TestUser, signal?: AbortSignal) =>
    fetch(`${address}/api/audit/verify`, { headers: { cookie: person.cookie }, ...(signal && { signal }) }).then(
      (answer) => answer.status,
      () => 'gone' as const,
    );
  const crowd = Array.from({ length: 8 }, () => verify(greedy, leave.signal));
  await expect.poll(() => verificationQueue.waiting).toBe(4);
  expect(verificationQueue.running).toBe(1);
  // One is under way and four wait; more of one person are refused, and another's is not behind them.
  const other = verify(calm);
  expect(await other).toBe(200);
  expect(verificationQueue.waiting).toBeGreaterThan(0);
  leave.abort();
  const answers = await Promise.all(crowd);
  expect(answers.filter((status) => status === 429)).toHaveLength(3);
  await expect.poll(() => verificationQueue.running + verificationQueue.waiting).toBe(0);
  const verified = await query(
    server.databaseUrl,
    `select actor_id from audit_entries where event_type = 'audit.verified'`,
  );
  expect(verified.length).toBeLessThan(7);
  expect(await verify(greedy)).toBe(200);
}, 60_000);

test('texts of files take turns by person: a large one is in memory once, however often it is asked for', async () => {
  const { body: agents } = await greedy.request('GET', '/api/agents');
  const shared = (await greedy.request('POST', '/api/agents', { name: 'Reader', templateId: 'custom' })).body.id;
  const send = async (person: TestUser, agentId: string, lines: number) => {
    const form = new FormData();
    form.append('file', new Blob([`${'x'.repeat(70)}\n`.repeat(lines)]), 'long.txt');
    const answer = await fetch(`${address}/api/agents/${agentId}/uploads`, {
      method: 'POST',
      headers: { cookie: person.cookie },
      body: form,
    });
    return `/api/agents/${agentId}/uploads/${((await answer.json()) as { id: string }).id}/preview`;
  };
  const own = agents.find(({ ownerId }: { ownerId: string }) => ownerId === greedy.id).id;
  const [long, short] = [await send(greedy, own, 350_000), await send(calm, shared, 10)];
  const leave = new AbortController();
  const crowd = Array.from({ length: 20 }, () =>
    fetch(`${address}${long}`, { headers: { cookie: greedy.cookie }, signal: leave.signal }).then(
      (answer) => answer.status,
      () => 'gone' as const,
    ),
  );
  await expect.poll(() => textQueue.waiting, { interval: 2 }).toBeGreaterThan(10);
  expect(textQueue.running).toBe(1);
  expect((await calm.request('GET', short)).body).toMatchObject({ totalLines: 10 });
  expect(textQueue.waiting).toBeGreaterThan(0);
  leave.abort();
  await Promise.all(crowd);
  await expect.poll(() => textQueue.running + textQueue.waiting).toBe(0);
}, 60_000);
