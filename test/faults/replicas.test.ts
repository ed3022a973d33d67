import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPassword } from '../create-test-app.ts';
import type { TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { createVisitor } from './visitor.ts';

// Real: two server processes on one PostgreSQL, one of which is killed in the middle of an answer.
// Doubled: the model.

let stage: FaultStage;
let first: TestServerProcess;
let second: TestServerProcess;
const visitor = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  first = await stage.start();
  second = await stage.start();
}, 180_000);
afterAll(async () => {
  await stage?.close();
});

test('a replica is killed in the middle of an answer: whoever watches at the other hears it soon, nothing is lost or doubled', async () => {
  // What is done at one process counts at the other: the account, its session, the provider, the agent.
  await visitor.call(first, 'POST', '/api/setup', { name: 'Ada', email: 'ada@example.com', password: testPassword });
  await visitor.call(second, 'POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl: stage.double.url });
  const created = await visitor.call(first, 'POST', '/api/agents', { name: 'One', templateId: 'custom' });
  const agentId = created.body.id;
  expect((await visitor.call(second, 'GET', `/api/agents/${agentId}`)).status).toBe(200);

  const words = Array.from({ length: 2_000 }, (_, index) => `word${index} `).join('');
  stage.double.respondNext([{ text: words, chunks: 2_000, delayMs: 50 }]);
  const speaker = await visitor.connect(first);
  const clientMessageId = speaker.say(agentId, 'Count, please.');
  const ack = await speaker.next('ack', (frame) => frame.clientMessageId === clientMessageId);
  await speaker.next('chunk');

  // The run goes on at the first; this socket stands at the second, and follows from what was said so far.
  const watcher = await visitor.connect(second);
  await watcher.history(agentId);
  await watcher.next('chunk');
  await first.kill();
  await speaker.closed;

  // Its lock is gone with its connection: that is noticed 8 s after its last heartbeat, at the next one of the other.
  const interrupted = await watcher.next('error', () => true, 15_000);
  expect(interrupted).toMatchObject({ code: 'interrupted', retryable: true, agentId });
  const kept = await query<{ role: string; content: string }>(
    stage.databaseUrl,
    'select role, content from messages order by created_at',
  );
  expect(kept.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(kept[1]!.content).not.toBe('');
  expect(words.startsWith(kept[1]!.content)).toBe(true);

  // The client that lost its socket sends again what it does not know to be answered: it counts once.
  const returned = await visitor.connect(second);
  returned.send({ type: 'message', agentId, content: 'Count, please.', clientMessageId });
  const again = await returned.next('ack', (frame) => frame.clientMessageId === clientMessageId);
  expect(again.messageId).toBe(ack.messageId);
  expect(await query(stage.databaseUrl, 'select state from runs')).toEqual([{ state: 'interrupted' }]);

  stage.double.respondNext([{ text: 'Here I am.' }]);
  const next = returned.say(agentId, 'Are you there?');
  await returned.next('ack', (frame) => frame.clientMessageId === next);
  await returned.next('complete');
  expect(returned.text()).toContain('Here I am.');
  const verdict = await visitor.call(second, 'GET', '/api/audit/verify');
  expect(verdict.body).toMatchObject({ valid: true, invalidIds: [] });
  await watcher.close();
  await returned.close();
}, 90_000);
