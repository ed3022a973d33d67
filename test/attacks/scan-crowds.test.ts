import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { documentQueue, heavyQueue } from '../../server/tools/files/extract-document.ts';
import { pdfFixture, scannedPdfOf, textAt } from '../../server/tools/files/pdf-fixtures.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { type ChatClient, connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { pdfWithPages } from '../files/file-fixtures.ts';
import { startBystander } from './bystander.ts';

// One member has a crowd of scans read, which take seconds of the processor for each page; a colleague works meanwhile.

let server: TestApp;
let double: ModelDouble;
let admin: TestUser;
let colleague: TestUser;
let agentId: string;
let address: string;
let scan: Buffer;
const clients: ChatClient[] = [];

beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  server = await createTestApp();
  address = await server.listen();
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  colleague = await createMember(server.app, admin);
  mkdirSync(join(server.dataRoot, 'docs'));
  const agent = { name: 'Reader', templateId: 'custom', allowedTools: ['pinchy_read'] };
  const pluginConfig = { allowed_paths: ['/data/docs'] };
  agentId = (await admin.request('POST', '/api/agents', { ...agent, pluginConfig })).body.id;
  scan = await pdfFixture('scan.jpg');
  // Whoever is told to read something reads it, all at once.
  double.respond(({ messages }) => {
    const last = messages.at(-1);
    const names = last?.role === 'user' ? /^Read (.+)$/.exec(last.text)?.[1]?.split(' ') : undefined;
    if (!names) return [{ text: 'That was all.' }];
    return names.map((name) => ({ toolCall: { name: 'pinchy_read', input: { path: `/data/docs/${name}.pdf` } } }));
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(async () => {
  await server?.close();
  await double?.close();
});

const place = (name: string) => join(server.dataRoot, 'docs', `${name}.pdf`);
/** Each with a number of its own, so that none is known from another. */
function writeScans(name: string, count: number, pages = 1): string[] {
  return Array.from({ length: count }, (_, number) => {
    const text = textAt([[20, 20, `Scan ${name} ${number}`, 8]]);
    writeFileSync(
      place(`${name}${number}`),
      scannedPdfOf(
        scan,
        Array.from({ length: pages }, () => ({ text })),
      ),
    );
    return `${name}${number}`;
  });
}
async function connect(user: TestUser): Promise<ChatClient> {
  const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: user.cookie });
  clients.push(client);
  return client;
}
const endedCalls = (client: ChatClient) => client.all('tool').filter(({ state }) => state !== 'running');
async function read(client: ChatClient, names: string[]) {
  const before = client.all('complete').length;
  client.say(agentId, `Read ${names.join(' ')}`);
  await client.next('complete', () => client.all('complete').length > before, 100_000);
  return endedCalls(client).at(-1)!;
}
const begin = async (client: ChatClient, names: string[]) => {
  client.say(agentId, `Read ${names.join(' ')}`);
  await expect.poll(() => heavyQueue.running).toBe(1);
};
async function isQuiet(ms: number): Promise<void> {
  const busy = () => documentQueue.running + documentQueue.waiting + heavyQueue.running + heavyQueue.waiting;
  await expect.poll(busy, { timeout: ms }).toBe(0);
}

/** Processes that read for us, and what they take together, in bytes. */
function readers(): { count: number; memory: number } {
  const statuses = readdirSync('/proc').flatMap((pid) => {
    try {
      const isReader = /extract-worker/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
      const status = isReader ? readFileSync(`/proc/${pid}/status`, 'latin1') : '';
      return status.includes(`PPid:\t${process.pid}\n`) ? [Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)] : [];
    } catch {
      return [];
    }
  });
  return { count: statuses.length, memory: statuses.reduce((sum, kilobytes) => sum + kilobytes * 1_024, 0) };
}

test('a colleague reads plain pages, chats and has a scan of their own read; two processes at a time do it all', async () => {
  const attacker = await connect(await createMember(server.app, admin));
  const client = await connect(colleague);
  const bystander = startBystander(address);
  const most = { count: 0, memory: 0 };
  const watching = setInterval(() => {
    const { count, memory } = readers();
    most.count = Math.max(most.count, count);
    most.memory = Math.max(most.memory, memory);
  }, 100);
  await begin(attacker, writeScans('crowd', 10));
  for (let round = 0; round < 3; round += 1) {
    writeFileSync(place(`plain${round}`), pdfWithPages([`Rule ${round}: the leave is ${round + 14} weeks.`]));
    const call = await read(client, [`plain${round}`]);
    expect([call.state, call.summary]).toEqual(['done', expect.stringContaining('Read page 1')]);
    client.say(agentId, 'Hello');
    await client.next('complete', () => client.all('complete').length === 2 * (round + 1), 20_000);
  }
  const before = endedCalls(attacker).length;
  expect(before).toBeLessThan(10);
  expect((await read(client, writeScans('own', 1))).state).toBe('done');
  // After what was under way it was the colleague's turn, and not that of those who had come before.
  expect(endedCalls(attacker).length - before).toBeLessThanOrEqual(2);
  clearInterval(watching);
  const { maxWaitMs, grownBytes } = await bystander.stop();
  // One may be ending while its successor begins.
  expect(most.count).toBeLessThanOrEqual(3);
  expect(most.memory).toBeLessThan(900 * 1024 ** 2);
  expect(grownBytes).toBeLessThan(150 * 1024 ** 2);
  expect(maxWaitMs).toBeLessThan(2_000);
  attacker.send({ type: 'abort', agentId });
  await isQuiet(5_000);
}, 120_000);

test('what is not wanted any more is not read: stopped, removed, or by somebody who is gone', async () => {
  const stopped = await connect(colleague);
  await begin(stopped, writeScans('stopped', 6));
  stopped.send({ type: 'abort', agentId });
  await isQuiet(4_000);

  // Whichever of them comes first takes longer than a second, and the others wait for it.
  const removed = writeScans('removed', 3, 40);
  const waiting = await connect(colleague);
  await begin(waiting, removed);
  await sleep(1_000);
  for (const name of removed) rmSync(place(name));
  await isQuiet(6_000);
  // The queues are empty a moment before the last answer arrives.
  await expect.poll(() => endedCalls(waiting).length).toBeGreaterThanOrEqual(3);
  const ends = endedCalls(waiting);
  expect(ends.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
  expect(ends.map(({ summary }) => summary).join()).toContain('was removed while it was read');

  const leaver = await createMember(server.app, admin);
  const theirs = await connect(leaver);
  await begin(theirs, writeScans('left', 6));
  expect((await admin.request('DELETE', `/api/users/${leaver.id}`)).status).toBe(200);
  await isQuiet(6_000);
}, 120_000);

test('the index lets a person’s scan pass, and reads its own later', async () => {
  mkdirSync(join(server.dataRoot, 'archive'));
  const text = textAt([[20, 20, 'From the archive', 8]]);
  const pages = Array.from({ length: 3 }, () => ({ text }));
  writeFileSync(join(server.dataRoot, 'archive', 'long.pdf'), scannedPdfOf(scan, pages));
  rmSync(join(server.dataRoot, 'docs'), { recursive: true });
  mkdirSync(join(server.dataRoot, 'docs'));
  const { indexer } = server.services.knowledge;
  const pass = indexer.runPass();
  await expect.poll(() => heavyQueue.running).toBe(1);
  const client = await connect(colleague);
  const asked = read(client, writeScans('asked', 1));
  expect(await pass).toMatchObject({ hadLock: true, left: 1, unreadable: 0 });
  // The pass gave its process away: nobody's answer waited for the other pages.
  expect(endedCalls(client)).toEqual([]);
  expect((await asked).state).toBe('done');
  expect(await indexer.runPass()).toMatchObject({ left: 0, unreadable: 0 });
  const { body } = await admin.request('GET', '/api/knowledge/unreadable');
  expect(body.total).toBe(0);
}, 180_000);
