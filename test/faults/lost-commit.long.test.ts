import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { expectWhole } from './talk.ts';
import { createVisitor } from './visitor.ts';

// Real: a server process and PostgreSQL. Between them something that breaks a connection after a commit has been made
// and before it is heard of. Doubled: the model.

interface Wire {
  url: string;
  /** The next commit after a statement with these words is made, and never heard of. */
  loseCommitAfter(words: string): void;
  readonly lost: number;
  close(): Promise<void>;
}

async function startWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const directory = target.searchParams.get('host');
  const open = new Set<Socket>();
  let wanted: string | undefined;
  let lost = 0;
  const server: Server = createServer((client) => {
    const database = directory
      ? connect(`${directory}/.s.PGSQL.${target.port || '5432'}`)
      : connect(Number(target.port || 5432), target.hostname);
    let isArmed = false;
    let isLost = false;
    const end = () => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (wanted !== undefined && text.includes(wanted)) {
        isArmed = true;
        wanted = undefined;
      }
      if (isArmed && /commit\0/i.test(text)) isLost = true;
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (!isLost) return void client.write(bytes);
      // The answer to the commit: it is made.
      lost += 1;
      end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    loseCommitAfter: (words) => (wanted = words),
    get lost() {
      return lost;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let stage: FaultStage;
let wire: Wire;
let server: TestServerProcess;
let agentId: string;
const visitor = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  wire = await startWire(stage.databaseUrl);
  server = await stage.start({ DATABASE_URL: wire.url });
  agentId = await visitor.setUp(server, stage.double.url);
}, 180_000);
afterAll(async () => {
  await wire?.close();
  await stage?.close();
});

test.each([
  ['a message', 'insert into "runs"'],
  ['a step', 'insert into "usage_records"'],
  ['the end of an answer', 'run.completed'],
])(
  'the connection breaks between the commit of %s and its answer: soon all is answered, once',
  async (_title, words) => {
    stage.double.respondNext([{ text: 'Here I am.' }]);
    const client = await visitor.connect(server);
    await client.history(agentId);
    const before = wire.lost;
    wire.loseCommitAfter(words);
    const clientMessageId = client.say(agentId, 'Are you there?');
    await expect.poll(() => wire.lost).toBe(before + 1);
    // What is not known to be stored is said again, as the web app does it.
    client.send({ type: 'message', agentId, content: 'Are you there?', clientMessageId });
    await client.next('ack', (frame) => frame.clientMessageId === clientMessageId);
    await client.next('complete', () => true, 8_000);
    expect(client.text()).toBe('Here I am.');
    // A message that is not known to be stored is said so; nothing else is told to have failed.
    expect(client.all('error').filter((frame) => frame.clientMessageId === undefined)).toEqual([]);
    const stored = `select state from runs where message_id = (select id from messages where client_message_id = $1)`;
    expect(await query(stage.databaseUrl, stored, [clientMessageId])).toEqual([{ state: 'completed' }]);
    const costs = `select 1 from usage_records where run_id = (select run_id from messages where client_message_id = $1)`;
    expect(await query(stage.databaseUrl, costs, [clientMessageId])).toHaveLength(1);
    await expectWhole({ databaseUrl: stage.databaseUrl, visitor, server }, 5_000);
    await client.close();
  },
  30_000,
);
