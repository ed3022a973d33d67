import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testPassword } from '../create-test-app.ts';
import { startServerProcess, type TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { type FaultStage, setFaultStage } from './stage.ts';
import { createVisitor } from './visitor.ts';

// Real: one command that starts three server processes on one port, some of which are killed. Doubled: the model.

let stage: FaultStage;
let server: TestServerProcess;
const visitor = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  server = await stage.start({ PINCHY_PROCESSES: '3' });
  await visitor.call(server, 'POST', '/api/setup', { name: 'Ada', email: 'ada@example.com', password: testPassword });
  await visitor.call(server, 'POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl: stage.double.url });
}, 180_000);
afterAll(() => stage?.close());

test('one command serves with several processes, whose metrics add up whichever is asked', async () => {
  await vi.waitFor(async () => expect(await metric('pinchy_processes')).toBe(3), { timeout: 60_000, interval: 250 });
  const route = 'pinchy_http_request_duration_seconds_count{method="GET",route="/api/health",status="200"}';
  const before = await metric(route);
  for (let count = 0; count < 40; count += 1) expect((await get('/api/health')).status).toBe(200);
  for (let count = 0; count < 6; count += 1) expect(await metric(route)).toBe(before + 40);
  const owners = await query<{ pid: number }>(stage.databaseUrl, 'select id from replicas');
  expect(owners).toHaveLength(3);
});

test('a process that dies is replaced, and what it was writing is marked on the others', async () => {
  const created = await visitor.call(server, 'POST', '/api/agents', { name: 'One', templateId: 'custom' });
  const agentId = created.body.id;
  const words = Array.from({ length: 2_000 }, (_, index) => `word${index} `).join('');
  stage.double.respond(() => [{ text: words, chunks: 2_000, delayMs: 50 }]);
  // Connections go to any of the three: one for each conversation, so that some stand at the others.
  const speakers = await Promise.all(Array.from({ length: 12 }, () => visitor.connect(server)));
  for (const speaker of speakers) {
    const chat = await visitor.call(server, 'POST', `/api/agents/${agentId}/chats`, {});
    speaker.say(agentId, 'Count, please.', { chatId: chat.body.id });
  }
  for (const speaker of speakers) await speaker.next('chunk');
  const others = membersOf(server.pid);
  expect(others).toHaveLength(2);
  for (const pid of others) process.kill(pid, 'SIGKILL');
  const interrupted = () =>
    query<{ count: number }>(stage.databaseUrl, `select count(*)::int as count from runs where state = 'interrupted'`);
  await vi.waitFor(async () => expect((await interrupted())[0]?.count).toBeGreaterThan(0), { timeout: 30_000 });

  await vi.waitFor(() => expect(membersOf(server.pid)).toHaveLength(2), { timeout: 30_000, interval: 100 });
  expect(membersOf(server.pid).some((pid) => others.includes(pid))).toBe(false);
  await vi.waitFor(async () => expect(await metric('pinchy_processes')).toBe(3), { timeout: 60_000, interval: 250 });
  stage.double.respond(() => [{ text: 'Here I am.' }]);
  const returned = await visitor.connect(server);
  const chat = await visitor.call(server, 'POST', `/api/agents/${agentId}/chats`, {});
  returned.say(agentId, 'Are you there?', { chatId: chat.body.id });
  await returned.next('complete', () => true, 10_000);
  expect(returned.text()).toContain('Here I am.');
  expect((await visitor.call(server, 'GET', '/api/audit/verify')).body).toMatchObject({ valid: true, invalidIds: [] });
  for (const client of [...speakers, returned]) client.drop();
}, 120_000);

test('a port that another Pinchy serves is refused in words, although it could be shared', async () => {
  const { port } = new URL(server.url);
  const other = startServerProcess({
    DATABASE_URL: stage.databaseUrl,
    PINCHY_HOME: mkdtempSync(join(tmpdir(), 'pinchy-other-')),
    DATA_ROOT: join(stage.home, '..', 'no documents'),
    PORT: port,
    PINCHY_PROCESSES: '2',
    ...secretsOf(stage.home),
  });
  await expect(other).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken by another program`);
}, 60_000);

test('all end with the first one, however that ends', async () => {
  const killed = membersOf(server.pid);
  await server.kill();
  await vi.waitFor(() => expect(killed.filter(isAlive)).toEqual([]), { timeout: 30_000, interval: 100 });

  const again = await stage.start({ PINCHY_PROCESSES: '2' });
  await vi.waitFor(() => expect(membersOf(again.pid)).toHaveLength(1), { timeout: 30_000 });
  const stopped = membersOf(again.pid);
  await again.stop();
  expect(again.exitCode).toBe(0);
  expect(stopped.filter(isAlive)).toEqual([]);
}, 90_000);

/** On a connection of its own, which any of the processes may get. */
function get(path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(`${server.url}${path}`, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asking.on('error', reject).end();
  });
}

async function metric(name: string): Promise<number> {
  const { text } = await get('/metrics');
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

const secretsOf = (home: string) =>
  Object.fromEntries(
    [
      ['ENCRYPTION_KEY', 'encryption-key'],
      ['BETTER_AUTH_SECRET', 'auth-secret'],
      ['AUDIT_HMAC_SECRET', 'audit-hmac-secret'],
    ].map(([variable, file = '']) => [variable, readFileSync(join(home, 'secrets', file), 'utf8').trim()]),
  );

/** The server processes that another one has started. */
function membersOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid && commandOf(name).includes('join'))
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    // pid (name) state ppid: the name may hold anything.
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[1],
    );
  } catch {
    return undefined;
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  return commandOf(String(pid)) !== '';
}
