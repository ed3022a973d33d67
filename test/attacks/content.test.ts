import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HistoryMessage } from '../../contract/socket.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { startProcessBeside } from '../server-process.ts';
import { auditRows, query } from '../test-database.ts';

// One person's large content, and what it costs: pictures that agents look at, long conversations, exports, searches.

let server: TestApp;
let double: ModelDouble;
let address: string;
let admin: TestUser;
let member: TestUser;
let colleague: TestUser;
let agentId: string;

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture = (bytes: number) => Buffer.concat([png, randomBytes(bytes - png.length)]);

beforeAll(async () => {
  double = await startModelDouble({ kind: 'openai' });
  server = await createTestApp({
    environment: { RATE_LIMIT_API_PER_MINUTE: '100000', OPENAI_BASE_URL: double.url },
  });
  mkdirSync(join(server.dataRoot, 'pictures'));
  address = await server.listen();
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-test-key' });
  member = await createMember(server.app, admin);
  colleague = await createMember(server.app, admin);
  const created = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  agentId = created.body.id;
  const granted = await admin.request('PATCH', `/api/agents/${agentId}`, {
    allowedTools: ['pinchy_read'],
    pluginConfig: { allowed_paths: ['/data/pictures'] },
  });
  expect(granted.status).toBe(200);
});
afterAll(async () => {
  await server?.close();
  await double?.close();
});

const open = (user: TestUser): Promise<ChatClient> =>
  connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: user.cookie });

/** A conversation of the member's with so many messages of one length, each with its number at the end. */
async function longChat(count: number, bytes: number, word = 'lorem '): Promise<string> {
  const { body } = await member.request('POST', `/api/agents/${agentId}/chats`, { title: 'Long' });
  await query(
    server.databaseUrl,
    `insert into messages (conversation_id, role, content)
     select $1::uuid, 'user', rpad('', $2 - 6, $3) || lpad(number::text, 6, ' ') from generate_series(1, $4) as number`,
    [body.id, bytes, word, count],
  );
  return body.id;
}
const forget = (chatId: string) => member.request('DELETE', `/api/agents/${agentId}/chats/${chatId}`);

describe('pictures', () => {
  test('looked at again and again are stored nowhere, and each request to the model has each of them once', async () => {
    const bytes = picture(2 * 1024 * 1024);
    const path = join(server.dataRoot, 'pictures/large.png');
    writeFileSync(path, bytes);
    const base64 = bytes.toString('base64');
    const asked = () => double.requests.filter(({ chat }) => chat);
    const first = asked().length;
    double.respond((_request, index) =>
      index - first < 2
        ? Array.from({ length: 15 }, () => ({
            toolCall: { name: 'pinchy_read', input: { path: '/data/pictures/large.png' } },
          }))
        : [{ text: 'A picture.' }],
    );
    const client = await open(member);
    client.say(agentId, 'Look at it thirty times.');
    await client.next('complete', undefined, 30_000);
    expect(client.all('tool').filter(({ state }) => state === 'done')).toHaveLength(30);
    const [stored] = await query<{ bytes: number }>(
      server.databaseUrl,
      'select sum(length(messages::text))::int as bytes from messages',
    );
    expect(stored!.bytes).toBeLessThan(100_000);
    const shown = asked()
      .slice(first)
      .map(({ body }) => JSON.stringify(body).split(base64).length - 1);
    expect(shown).toEqual([0, 1, 1]);

    // The next question sees it again, as long as it is what it was.
    const ask = async (): Promise<string> => {
      const before = client.all('complete').length;
      client.say(agentId, 'And now?');
      await expect.poll(() => client.all('complete').length).toBe(before + 1);
      return JSON.stringify(asked().at(-1)!.body);
    };
    expect(await ask()).toContain(base64);
    writeFileSync(path, picture(1_000));
    const changed = await ask();
    expect(changed).not.toContain(base64);
    expect(changed).toContain('/data/pictures/large.png has been changed since');
    rmSync(path);
    expect(await ask()).toContain('/data/pictures/large.png is not there any more');
    writeFileSync(path, bytes);
    await admin.request('PATCH', `/api/agents/${agentId}`, { pluginConfig: { allowed_paths: [] } });
    expect(await ask()).toContain('may not be read any more');
    await client.close();
    const defaults = await member.request('GET', `/api/agents/${agentId}/chats`);
    for (const { id } of defaults.body) await forget(id);
  }, 60_000);
});

describe('a long conversation', () => {
  test('comes in pages of a bounded size, each message once', async () => {
    const chatId = await longChat(40, 200_000);
    const client = await open(member);
    const seen: HistoryMessage[] = [];
    let before: string | undefined;
    for (let pages = 1; ; pages++) {
      const page = await client.history(agentId, { chatId, limit: 200, ...(before && { before }) });
      expect(page.messages.length).toBeGreaterThan(0);
      expect(JSON.stringify(page).length).toBeLessThan(500_000);
      seen.unshift(...page.messages);
      before = page.messages[0]!.id;
      if (!page.hasMore) break;
      expect(pages).toBeLessThan(45);
    }
    expect(seen.map(({ content }) => Number(content.slice(-6)))).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    // A message that is longer than a page is a page of its own.
    await query(
      server.databaseUrl,
      `insert into messages (conversation_id, role, content) values ($1, 'user', repeat('x', 1500000))`,
      [chatId],
    );
    const last = await client.history(agentId, { chatId });
    expect([last.messages.length, last.hasMore]).toEqual([1, true]);
    await client.close();
    await forget(chatId);
  });

  test('holds nobody up while it is searched a hundred times, and every word of it is found', async () => {
    const chatId = await longChat(900, 30_000);
    await query(
      server.databaseUrl,
      `update messages set content = 'The needle lies here. ' || content where id =
       (select id from messages where conversation_id = $1 order by position limit 1)`,
      [chatId],
    );
    const search = (words: string, signal?: AbortSignal) =>
      fetch(`${address}/api/agents/${agentId}/chats?q=${encodeURIComponent(words)}`, {
        headers: { cookie: member.cookie },
        ...(signal && { signal }),
      });
    const found = await (await search('NEEDLE lies')).json();
    expect(found).toMatchObject([{ id: chatId, match: expect.stringContaining('The needle lies here.') }]);
    expect(await (await search('lorem lorex')).json()).toEqual([]);

    const calm = await askAgain(20);
    const leave = new AbortController();
    const searches = Promise.allSettled(Array.from({ length: 100 }, () => search('no such words', leave.signal)));
    await sleep(200);
    const during = await askAgain(40);
    leave.abort();
    await searches;
    expect(during).toBeLessThan(Math.max(1_000, 3 * calm));
    // What nobody waits for any more is not looked for: the next search is answered at once.
    const started = performance.now();
    expect((await search('NEEDLE lies')).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(5_000);
    await forget(chatId);
  }, 60_000);
});

/** The time within which 19 of 20 of a colleague's requests were answered, in milliseconds. */
async function askAgain(times: number): Promise<number> {
  const waits: number[] = [];
  for (let asked = 0; asked < times; asked++) {
    const started = performance.now();
    const answer = await fetch(`${address}/api/agents`, { headers: { cookie: colleague.cookie } });
    await answer.arrayBuffer();
    waits.push(performance.now() - started);
    await sleep(10);
  }
  return waits.sort((one, other) => one - other)[Math.floor(times * 0.95)]!;
}

describe('exports', () => {
  const start = (chatId: string, format = 'json') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const url = `${address}/api/agents/${agentId}/chats/${chatId}/export?format=${format}`;
      httpRequest(url, { headers: { cookie: member.cookie }, agent: false }, resolve)
        .on('error', reject)
        .end();
    });
  async function readAll(answer: IncomingMessage): Promise<string> {
    let text = '';
    answer.setEncoding('utf8');
    for await (const chunk of answer) text += chunk;
    return text;
  }

  test('hold each message of that moment once, the waiting ones too, and nothing that is said meanwhile', async () => {
    const chatId = await longChat(500, 20_000, 'Ünï🦞 ');
    const waiting = randomUUID();
    await query(
      server.databaseUrl,
      `insert into messages (id, conversation_id, role, content, position) overriding system value
       values ($1, $2, 'user', 'waits    999', 4503599627371000)`,
      [waiting, chatId],
    );
    const answer = await start(chatId);
    expect(answer.statusCode).toBe(200);
    await query(server.databaseUrl, 'update messages set position = default where id = $1', [waiting]);
    await query(
      server.databaseUrl,
      `insert into messages (conversation_id, role, content) values ($1, 'user', 'later')`,
      [chatId],
    );
    const text = await readAll(answer);
    const exported = JSON.parse(text);
    expect(Object.keys(exported)).toEqual(['id', 'agentId', 'agentName', 'title', 'createdAt', 'messages']);
    expect(text).toBe(JSON.stringify(exported, null, 2));
    const numbers = exported.messages.map(({ content }: HistoryMessage) => Number(content.slice(-6)));
    expect(numbers).toEqual([...Array.from({ length: 500 }, (_, at) => at + 1), 999]);
    const markdown = await readAll(await start(chatId, 'md'));
    expect(markdown.match(/^## You, /gm)).toHaveLength(502);
    await forget(chatId);
  });

  test('that nobody reads hold no lock and no connection, and three of one person are under way at most', async () => {
    const chatId = await longChat(1_000, 20_000);
    const unread = [await start(chatId), await start(chatId, 'md'), await start(chatId)];
    expect(unread.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    const refused = await start(chatId);
    expect(refused.statusCode).toBe(429);
    expect(await readAll(refused)).toContain('under way for you already');
    expect((await auditRows(server.databaseUrl, 'conversation.exported')).slice(-3)).toHaveLength(3);
    await sleep(300);
    const busy = await query(
      server.databaseUrl,
      `select query from pg_stat_activity where datname = current_database() and application_name = 'pinchy'
       and state like 'idle in transaction%'`,
    );
    expect(busy).toEqual([]);
    const renamed = await member.request('PATCH', `/api/agents/${agentId}/chats/${chatId}`, { title: 'Meanwhile' });
    expect(renamed.status).toBe(200);
    // Whoever goes away gives the place free.
    unread.pop()!.destroy();
    await expect
      .poll(async () => {
        const again = await start(chatId);
        again.destroy();
        return again.statusCode;
      })
      .toBe(200);
    // One that is deleted breaks off, so that nobody takes a part for the whole.
    await forget(chatId);
    await expect(readAll(unread.pop()!)).rejects.toThrow();
    unread.pop()!.destroy();
  }, 40_000);
});

test('a server process stays small while sockets ask for much and exports are not read', async () => {
  const chatId = await longChat(600, 30_000);
  // What agents read in it is four times as much.
  await query(
    server.databaseUrl,
    `update messages set role = 'assistant', tool_calls = '[{"toolCallId":"t","name":"pinchy_read","state":"done","input":{}}]',
       tool_outputs = jsonb_build_array(jsonb_build_object('toolCallId', 't', 'output', repeat(md5(random()::text), 4000)))
     where conversation_id = $1`,
    [chatId],
  );
  const child = await startProcessBeside(server);
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) * 1024;
  try {
    const url = `${child.url.replace('http', 'ws')}/api/ws`;
    const clients = await Promise.all(Array.from({ length: 20 }, () => connectClient(url, { cookie: member.cookie })));
    const before = memory();
    let largest = before;
    const watch = setInterval(() => (largest = Math.max(largest, memory())), 50);
    for (const client of clients) {
      for (let frames = 0; frames < 5; frames++) client.send({ type: 'history', agentId, chatId, limit: 200 });
    }
    const path = `${child.url}/api/agents/${agentId}/chats/${chatId}/export?format=json`;
    const unread = await Promise.all(
      Array.from(
        { length: 60 },
        () =>
          new Promise<IncomingMessage>((resolve, reject) => {
            httpRequest(path, { headers: { cookie: member.cookie }, agent: false }, resolve)
              .on('error', reject)
              .end();
          }),
      ),
    );
    expect(unread.filter(({ statusCode }) => statusCode === 200)).toHaveLength(3);
    await expect
      .poll(() => clients.map((client) => client.all('history').length), { timeout: 30_000 })
      .toEqual(clients.map(() => 5));
    clearInterval(watch);
    expect(largest - before).toBeLessThan(300 * 1024 ** 2);
    for (const answer of unread) answer.on('error', () => undefined).destroy();
    for (const client of clients) client.drop();
  } finally {
    await child.stop();
  }
  await forget(chatId);
}, 90_000);
