import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../testkit/create-random.ts';
import type { ChatClient } from '../chat/chat-client.ts';
import type { TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { expectWhole } from './talk.ts';
import { createVisitor } from './visitor.ts';

// Real: server processes that are killed at random moments while people chat and an admin works, and PostgreSQL.
// Doubled: the model.

/** Twenty in `npm run test:long`. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? 6);
const people = 3;

let stage: FaultStage;
const visitor = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  stage.double.respond([{ text: 'one two three four five six seven eight ', chunks: 8, delayMs: 25 }]);
});
afterAll(async () => {
  await stage?.close();
});

const start = () => stage.start({ RATE_LIMIT_MESSAGES_PER_MINUTE: '100000' });

interface Said {
  agentId: string;
  clientMessageId: string;
  messageId: string;
  content: string;
}

/** Talks until the connection is gone; what was acknowledged is in `said` by then. */
async function talk(server: TestServerProcess, agentId: string, round: number, said: Said[]): Promise<void> {
  let client: ChatClient;
  try {
    client = await visitor.connect(server);
  } catch {
    return;
  }
  let open = true;
  void client.closed.then(() => (open = false));
  for (let turn = 0; open; turn++) {
    const content = `round ${round}, turn ${turn} of ${agentId}`;
    const clientMessageId = client.say(agentId, content);
    const acked = client.next('ack', (frame) => frame.clientMessageId === clientMessageId, 5_000);
    const ack = await Promise.race([acked.catch(() => undefined), client.closed.then(() => undefined)]);
    if (ack) said.push({ agentId, clientMessageId, messageId: ack.messageId, content });
    await sleep(60);
  }
}

/** Renames an agent again and again; what was answered is in `renamed` by then. */
async function work(server: TestServerProcess, agentId: string, round: number, renamed: string[]): Promise<void> {
  try {
    for (let turn = 0; ; turn++) {
      const name = `Name ${round}-${turn}`;
      const answer = await visitor.call(server, 'PATCH', `/api/agents/${agentId}`, { name });
      if (answer.status !== 200) return;
      renamed.push(name);
      await sleep(20);
    }
  } catch {
    // The server is gone.
  }
}

test(`killed ${rounds} times under load: nothing acknowledged is lost, nothing is left half done, the trail verifies`, async () => {
  const random = createRandom(20_261_127);
  const said: Said[] = [];
  const renamed: string[] = [];
  let server = await start();
  const agents = [await visitor.setUp(server, stage.double.url)];
  for (let index = 1; index <= people; index++) {
    agents.push(
      (await visitor.call(server, 'POST', '/api/agents', { name: `Agent ${index}`, templateId: 'custom' })).body.id,
    );
  }
  const [renamedAgent = '', ...talkedTo] = agents;

  const hasDone = (round: number) =>
    said.at(-1)?.content.startsWith(`round ${round},`) && renamed.at(-1)?.startsWith(`Name ${round}-`);
  for (let round = 0; round < rounds; round++) {
    const load = [...talkedTo.map((id) => talk(server, id, round, said)), work(server, renamedAgent, round, renamed)];
    // Every other time the work is under way; else the kill may come before anything was done.
    if (round % 2 === 0) await expect.poll(() => hasDone(round), { timeout: 15_000, interval: 10 }).toBe(true);
    await sleep(random() * 700);
    await server.kill();
    await Promise.all(load);
    server = await start();
  }

  const stored = await query<{ id: string; content: string; client_message_id: string }>(
    stage.databaseUrl,
    `select id, content, client_message_id from messages where role = 'user'`,
  );
  const byId = new Map(stored.map((row) => [row.id, row]));
  for (const message of said) {
    expect(byId.get(message.messageId)).toMatchObject({
      content: message.content,
      client_message_id: message.clientMessageId,
    });
  }
  const names = await query<{ name: string }>(
    stage.databaseUrl,
    `select detail->'changes'->'name'->>'to' as name from audit_entries where event_type = 'agent.updated'`,
  );
  expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(renamed));

  await expectWhole({ databaseUrl: stage.databaseUrl, visitor, server }, 60_000);

  // What broke off is said to whoever opens it; what was acknowledged is answered once, also when it is sent again.
  const last = said.at(-1)!;
  const client = await visitor.connect(server);
  const runs = () => query(stage.databaseUrl, `select 1 from runs`);
  const before = (await runs()).length;
  client.send({ type: 'message', agentId: last.agentId, content: last.content, clientMessageId: last.clientMessageId });
  const again = await client.next('ack', (frame) => frame.clientMessageId === last.clientMessageId);
  expect(again.messageId).toBe(last.messageId);
  expect(await runs()).toHaveLength(before);
  const states = await query<{ state: string }>(stage.databaseUrl, `select distinct state from runs order by 1`);
  expect(states.map(({ state }) => state)).toContain('interrupted');
  await client.close();
  await server.kill();
}, 240_000);
