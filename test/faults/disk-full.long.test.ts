import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import type { ChatClient } from '../chat/chat-client.ts';
import { startServerProcess, type TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { mountSmallDisk } from './small-disk.ts';
import { expectAcknowledged, expectWhole, talk } from './talk.ts';
import { createVisitor } from './visitor.ts';

// Real: a server with its embedded database and its files on a file system of 160 MB that is full for a while, under load.
// Doubled: the model.

const disk = mountSmallDisk(160);
if (!disk) {
  console.warn(
    'SKIPPED: a full disk needs a file system of its own; run this as root, or with sudo without a password.',
  );
}

let server: TestServerProcess;
let double: ModelDouble;
let databaseUrl: string;
let agentId: string;
const visitor = createVisitor();
const home = join(disk?.directory ?? '', 'home');

beforeAll(async () => {
  if (!disk) return;
  double = await startModelDouble({ kind: 'ollama-local' });
  // Long enough that answers need new pages of the database.
  double.respond([{ text: 'one two three four five six seven eight '.repeat(50), chunks: 8, delayMs: 25 }]);
  server = await startServerProcess({
    PINCHY_HOME: home,
    DATA_ROOT: join(home, '..', 'no documents'),
    RATE_LIMIT_MESSAGES_PER_MINUTE: '100000',
    RATE_LIMIT_API_PER_MINUTE: '100000',
  });
  const password = readFileSync(join(home, 'postgres/password'), 'utf8').trim();
  databaseUrl = `postgres://pinchy:${password}@localhost:5432/pinchy?host=${encodeURIComponent(join(home, 'postgres/run'))}`;
  agentId = await visitor.setUp(server, double.url);
}, 180_000);
afterAll(async () => {
  disk?.free();
  await server?.stop();
  await double?.close();
  disk?.remove();
});

const connect = () => visitor.connect(server);
const rename = async (name: string) => {
  const { status, body } = await visitor.call(server, 'PATCH', `/api/agents/${agentId}`, { name });
  return { status, error: String(body['error']) };
};
const health = async () => (await visitor.call(server, 'GET', '/api/health')).status;

/** Loads the server, fills the disk, lets `whileFull` look, frees it, and proves that nothing is lost and all goes on. */
async function fillUnderLoad(whileFull: () => Promise<void>): Promise<void> {
  let isOver = false;
  const load = talk({ connect, agentId, isOver: () => isOver });
  let clients: ChatClient[] = [];
  try {
    await sleep(1_500);
    disk!.fill();
    await whileFull();
    expect(server.hasEnded).toBe(false);
    disk!.free();
    await expect.poll(async () => (await rename('Back')).status, { timeout: 40_000 }).toBe(200);
    expect(await health()).toBe(200);
    await sleep(1_000);
  } finally {
    isOver = true;
    clients = await load;
  }
  expect(await expectAcknowledged(databaseUrl, clients)).toBeGreaterThan(5);
  await expectWhole({ databaseUrl, visitor, server }, 60_000);
  const errors = clients.flatMap((client) => client.all('error'));
  for (const error of errors) expect(error.message).not.toMatch(/select|extend file|ENOSPC|pg_wal|pinchy-small-disk/i);
  const after = await connect();
  const said = after.say(agentId, 'Are you there again?');
  await after.next('ack', (frame) => frame.clientMessageId === said);
  await after.next('complete');
  await after.close();
  for (const client of clients) client.drop();
}

test.skipIf(!disk)(
  'the disk is full: what cannot be stored is refused in words, what was acknowledged stays, and all goes on',
  async () => {
    await fillUnderLoad(async () => {
      // Room in pages that exist lasts a little.
      await expect
        .poll(() => rename(`Full ${Math.random()}`), { timeout: 30_000, interval: 20 })
        .toMatchObject({
          status: 503,
          error: 'The disk of the database is full: nothing can be stored. Tell your admin; try again.',
        });
      expect(await health()).toBe(200);
      expect((await visitor.call(server, 'GET', '/api/agents')).status).toBe(200);
      const refused = await upload('plan.txt', 'x'.repeat(3_000_000));
      expect(refused.status).toBe(503);
      expect(((await refused.json()) as { error: string }).error).toBe(
        'The disk of the server is full: nothing can be stored. Tell your admin.',
      );
    });
    const uploads = join(home, 'workspaces', agentId, 'uploads');
    const files = readdirSync(uploads, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toEqual([]);
    expect((await upload('plan.txt', 'x'.repeat(3_000))).status).toBe(201);
  },
  180_000,
);

test.skipIf(!disk)(
  'the database itself stops for want of space: it runs again by itself once there is some, and nothing acknowledged is lost',
  async () => {
    const postmaster = () => Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    const before = postmaster();
    await fillUnderLoad(async () => {
      // Its write-ahead log finds no room for the next file: PostgreSQL gives up at that.
      const isGone = async () => {
        const useLog = 'select pg_logical_emit_message(false, $1, $1), pg_switch_wal()';
        await query(databaseUrl, useLog, ['x']).catch(() => undefined);
        return !existsSync(`/proc/${before}`);
      };
      await expect.poll(isGone, { timeout: 40_000 }).toBe(true);
      expect(await health()).toBe(503);
      expect(await rename('Gone')).toEqual({
        status: 503,
        error: 'The database does not answer right now. Try again in a moment.',
      });
    });
    expect(postmaster()).not.toBe(before);
  },
  180_000,
);

async function upload(filename: string, content: string): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([content], { type: 'text/plain' }), filename);
  return visitor.post(server, `/api/agents/${agentId}/uploads`, form);
}
