import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseWire, startDatabaseWire } from '../database-wire.ts';
import type { TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { expectWhole } from './talk.ts';
import { createVisitor } from './visitor.ts';

// Real: a server process and PostgreSQL. Between them something that breaks a connection after a commit has been made
// and before it is heard of. Doubled: the model.

interface Wire extends DatabaseWire {
  /** The next commit after a statement with these words, such as the name of one that is prepared, is made, and never heard of. */
  loseCommitAfter(words: string): void;
  readonly lost: number;
}

async function startWire(databaseUrl: string): Promise<Wire> {
  let wanted: string | undefined;
  let lost = 0;
  const wire = await startDatabaseWire(databaseUrl, () => {
    let isArmed = false;
    return {
      toDatabase(bytes) {
        if (wanted === undefined || !bytes.toString('latin1').includes(wanted)) return;
        isArmed = true;
        wanted = undefined;
      },
      toClient(bytes) {
        // It says so once it is made; what it answers before may come alone.
        if (!isArmed || !bytes.includes('COMMIT\0')) return true;
        lost += 1;
        return false;
      },
    };
  });
  return {
    ...wire,
    loseCommitAfter: (words) => (wanted = words),
    get lost() {
      return lost;
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
  ['a message', 'run_insert'],
  ['a step', 'usage_insert'],
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
