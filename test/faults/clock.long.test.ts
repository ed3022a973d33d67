import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPassword } from '../create-test-app.ts';
import type { TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { expectWhole } from './talk.ts';
import { createVisitor } from './visitor.ts';

// Real: two server processes, the clock of one of which is set while it works, and PostgreSQL. Doubled: the model.

const hourMs = 3_600_000;
const messagesPerMinute = 10;

let stage: FaultStage;
let server: TestServerProcess;
let other: TestServerProcess;
let agentId: string;
let clockFile: string;
const visitor = createVisitor();

async function setClock(hours: number): Promise<void> {
  const wanted = String(hours * hourMs);
  writeFileSync(clockFile, wanted);
  await expect.poll(() => readFileSync(`${clockFile}.seen`, 'utf8'), { timeout: 10_000 }).toBe(wanted);
}

beforeAll(async () => {
  stage = await setFaultStage();
  clockFile = join(stage.home, 'clock');
  for (const path of [clockFile, `${clockFile}.seen`]) writeFileSync(path, '0');
  const preload = pathToFileURL(join(import.meta.dirname, '../../testkit/shifted-clock.ts')).href;
  const environment = { RATE_LIMIT_MESSAGES_PER_MINUTE: String(messagesPerMinute) };
  server = await stage.start({ ...environment, NODE_OPTIONS: `--import ${preload}`, SHIFTED_CLOCK: clockFile });
  other = await stage.start(environment);
  agentId = await visitor.setUp(server, stage.double.url);
}, 180_000);
afterAll(async () => {
  await stage?.close();
});

test.each([1, 0, -1, 0])(
  'the clock is set to %s hours off in mid-answer: sessions, the answer, new ones, limits and the trail hold',
  async (hours) => {
    const words = Array.from({ length: 40 }, (_, index) => `word${index} `).join('');
    stage.double.respondNext([{ text: words, chunks: 40, delayMs: 25 }]);
    const client = await visitor.connect(server);
    // Every step begins with nothing counted against anybody.
    await query(stage.databaseUrl, 'delete from rate_limits');
    client.say(agentId, 'Count, please.');
    await client.next('chunk');
    await setClock(hours);
    await client.next('complete', () => true, 20_000);
    expect(client.text()).toBe(words);
    expect(client.all('error')).toEqual([]);

    expect((await visitor.call(server, 'GET', '/api/agents')).status).toBe(200);
    expect((await visitor.call(other, 'GET', '/api/agents')).status).toBe(200);
    const again = createVisitor();
    const who = { email: 'ada@example.com', password: testPassword };
    expect((await again.call(server, 'POST', '/api/auth/sign-in/email', who)).status).toBe(200);
    expect((await again.call(other, 'GET', '/api/users/me')).status).toBe(200);
    const renamed = await visitor.call(server, 'PATCH', `/api/agents/${agentId}`, { name: `Off by ${hours}` });
    expect(renamed.status).toBe(200);

    const said = client.say(agentId, 'And now?');
    await client.next('ack', (frame) => frame.clientMessageId === said);
    await expect.poll(() => client.all('complete').length, { timeout: 8_000 }).toBe(2);
    await client.close();
    // The other process has not taken its answers for those of a dead one, and the trail holds in its own order.
    expect(await query(stage.databaseUrl, `select 1 from runs where state <> 'completed'`)).toEqual([]);
    await expectWhole({ databaseUrl: stage.databaseUrl, visitor, server }, 8_000);
    await expectWhole({ databaseUrl: stage.databaseUrl, visitor, server: other }, 8_000);
  },
  60_000,
);

test('a limit that was reached before the clock was set back by an hour does not last for an hour', async () => {
  await setClock(1);
  await query(stage.databaseUrl, 'delete from rate_limits');
  const client = await visitor.connect(server);
  for (let index = 0; index <= messagesPerMinute; index++) client.send({ type: 'message', ...message() });
  await client.next('error', ({ code }) => code === 'rate_limited');
  await setClock(0);
  const { clientMessageId, ...rest } = message();
  client.send({ type: 'message', ...rest, clientMessageId });
  const isAnswer = (frame: object) => 'clientMessageId' in frame && frame.clientMessageId === clientMessageId;
  await expect.poll(() => client.frames.some(isAnswer), { timeout: 8_000 }).toBe(true);
  expect(client.frames.find(isAnswer)).not.toMatchObject({ code: 'rate_limited' });
  await client.close();
}, 60_000);

function message() {
  return { agentId, content: 'Again', clientMessageId: crypto.randomUUID() };
}
