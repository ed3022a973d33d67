import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { type ChatClient, connectClient } from '../../test/chat/chat-client.ts';
import { countTrips, type TripCounter } from '../../test/count-trips.ts';
import { createAdmin, createTestApp, createTestDatabase, type TestApp } from '../../test/create-test-app.ts';

// Real: server and PostgreSQL, with a counter between them. Doubled: the model.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let counter: TripCounter;
let server: TestApp;
let model: ModelDouble;
let client: ChatClient;
let agentId: string;

beforeAll(async () => {
  model = await startModelDouble({ kind: 'ollama-local' });
  database = await createTestDatabase();
  counter = await countTrips(database.url);
  server = await createTestApp({ databaseUrl: counter.url });
  const admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: model.url });
  const { body } = await admin.request('POST', '/api/agents', { name: 'Counted', templateId: 'custom' });
  agentId = body.id;
  client = await connectClient(`${(await server.listen()).replace('http', 'ws')}/api/ws`, { cookie: admin.cookie });
});

afterAll(async () => {
  await client?.close();
  await server?.close();
  await counter?.close();
  await database?.drop();
  await model?.close();
});

test('a short answer in a warm conversation waits three times for the database before the model is asked, and six in all', async () => {
  let untilAsked = Infinity;
  let whole = Infinity;
  let before = 0;
  let asked = 0;
  model.respond(() => {
    asked = counter.trips - before;
    return [{ text: 'Hello.' }];
  });
  // What the server does by the clock falls into some of the rounds.
  for (let round = 1; round <= 12; round += 1) {
    before = counter.trips;
    client.say(agentId, `Question ${round}`);
    await expect.poll(() => client.all('complete').length, { interval: 5 }).toBe(round);
    untilAsked = Math.min(untilAsked, asked);
    whole = Math.min(whole, counter.trips - before);
    await sleep(60);
  }
  expect(untilAsked).toBeLessThanOrEqual(3);
  expect(whole).toBeLessThanOrEqual(6);
});

test('a message that begins a conversation waits five times for the database before the model is asked', async () => {
  let untilAsked = Infinity;
  let before = 0;
  model.respond(() => {
    untilAsked = Math.min(untilAsked, counter.trips - before);
    return [{ text: 'Hello.' }];
  });
  const done = client.all('complete').length;
  for (let round = 1; round <= 8; round += 1) {
    before = counter.trips;
    client.send({
      type: 'message',
      agentId,
      chatId: randomUUID(),
      begins: true,
      clientMessageId: randomUUID(),
      content: 'A first question',
    });
    await expect.poll(() => client.all('complete').length, { interval: 5 }).toBe(done + round);
    await sleep(60);
  }
  expect(untilAsked).toBeLessThanOrEqual(5);
});
