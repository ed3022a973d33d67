import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelDouble, Script } from '../../testkit/model-double.ts';
import { gatewayTimeoutMs, startAgentScene, type AgentScene } from './gateway-fixture.ts';

// Real: the app, PostgreSQL and an OpenClaw Gateway, so that what `odd-gateway.test.ts` doubles is what one says. Doubled: the model.

let scene: AgentScene;
let double: ModelDouble;
beforeAll(async () => {
  scene = await startAgentScene();
  ({ double } = scene);
}, gatewayTimeoutMs);
afterAll(() => scene?.close(), 60_000);

/** Asks in a conversation of its own. */
async function ask(script: Script) {
  const { admin, agentId } = scene;
  // A gateway asks again where an answer is wanted.
  double.respond(script);
  const chatId = (await admin.request('POST', `/api/agents/${agentId}/chats`, {})).body.id as string;
  const client = await scene.open(admin);
  client.say(agentId, 'What is it?', { chatId });
  await client.next('complete', undefined, 90_000);
  const { messages } = await client.history(agentId, { chatId });
  const shown = client.text();
  await client.close();
  return { shown, asked: messages[0]!, answers: messages.filter(({ role }) => role === 'assistant') };
}

test.each<[string, Script]>([
  ['at once', [{ text: 'NO_REPLY' }]],
  ['in pieces', [{ text: 'NO_REPLY', chunks: 8, delayMs: 150 }]],
  ['with blanks', [{ text: '\n NO_REPLY \n', chunks: 4, delayMs: 150 }]],
])('silence that the model said %s is told, and never shown', async (_how, script) => {
  const { shown, asked, answers } = await ask(script);
  expect(shown).toBe('');
  expect(answers.map(({ content }) => content)).toEqual([]);
  // Said at once, it is suppressed by the gateway, which then reports that there was nothing.
  expect(asked.failure?.message).toMatch(/nothing to answer|empty answer/);
});

test('an answer that reached the limit is cut off', async () => {
  const { answers } = await ask([
    { text: 'The answer is cut off in the', chunks: 4, delayMs: 100 },
    { finish: 'length' },
  ]);
  expect(answers.at(-1)).toMatchObject({ content: 'The answer is cut off in the', finishReason: 'length' });
});

test('an answer that the provider’s filter ended says so, or fails, and is never whole', async () => {
  const { asked, answers } = await ask([{ text: 'I will not', chunks: 2 }, { finish: 'content-filter' }]);
  const said = answers.at(-1) ?? asked;
  expect(said.finishReason === 'filter' || said.failure !== undefined).toBe(true);
});

test('a long answer is whole, though the gateway’s transcript shows its beginning only', async () => {
  const text = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(' ');
  const { answers } = await ask([{ text, chunks: 40 }]);
  expect(answers.at(-1)).toMatchObject({ content: text, finishReason: 'stop' });
});

test('an empty answer is told as one', async () => {
  const { asked, answers } = await ask([{ text: '' }]);
  expect(answers).toEqual([]);
  expect(asked.failure?.message).toMatch(/empty answer/);
});

test('what the gateway says about a failure is passed on', async () => {
  const { asked } = await ask([{ refuse: 400, body: { error: { message: 'tools.0: no such tool' } } }]);
  expect(asked.failure?.message).toMatch(/could not answer \(LLM request failed: provider rejected the request/);
}, 120_000);
