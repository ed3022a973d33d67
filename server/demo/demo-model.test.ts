import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findMarks } from '../../contract/citations.ts';
import { resourcePath } from '../platform/resources.ts';
import { listModels } from '../providers/list-models.ts';
import { rootsFor } from '../../test/provider-roots.ts';
import { createFileTools } from '../tools/files/file-tools.ts';
import type { CitedPassage } from '../tools/tool.ts';
import { type ChatRequest, chatRequestSchema } from './demo-conversation.ts';
import { nextStep } from './demo-step.ts';
import { type DemoModelServer, demoModelId, startDemoModel } from './model-server.ts';

// Real: the file tools and the sample documents. The runtime's loop is played by `ask`.

const dataRoot = resourcePath('server', 'demo', 'documents');
const fileTools = createFileTools({ dataRoot });
const system =
  'You are Guide, an AI agent on Pinchy.\n\n# Whom you are talking to\n\nName: Ada Lovelace\n\nToday is 2026-03-01 (UTC).';

async function ask(question: string, directories: string[], before: ChatRequest['messages'] = []) {
  const messages: ChatRequest['messages'] = [
    { role: 'system', content: system },
    ...before,
    { role: 'user', content: question },
  ];
  const called: string[] = [];
  for (let step = 0; step < 25; step++) {
    const tools = fileTools.map(({ id }) => ({ function: { name: id } }));
    const turn = nextStep(chatRequestSchema.parse({ model: demoModelId, messages, tools }));
    if (turn.toolCalls.length === 0) return { answer: turn.text, called };
    const calls = turn.toolCalls.map(({ name, input }, index) => ({ id: `${step}-${index}`, name, input }));
    messages.push({
      role: 'assistant',
      content: turn.text,
      tool_calls: calls.map(({ id, name, input }) => ({ id, function: { name, arguments: input } })),
    });
    for (const { id, name, input } of calls) {
      called.push(`${name} ${String(input['path'] ?? '')}`.trim());
      messages.push({ role: 'tool', content: await run(name, input, directories), tool_call_id: id, tool_name: name });
    }
  }
  throw new Error('The model did not come to an end.');
}

/** What was numbered in the conversation. */
const numbered: CitedPassage[] = [];

async function run(name: string, input: unknown, directories: string[]): Promise<string> {
  const tool = fileTools.find(({ id }) => id === name);
  if (!tool) return `There is no tool ${name}.`;
  const context = {
    agentId: 'agent',
    userId: 'user',
    conversationId: 'conversation',
    isDefault: true,
    runId: 'run',
    toolCallId: 'call',
    workspaceDirectory: join(dataRoot, 'no workspace'),
    pluginConfig: { allowed_paths: directories },
    citations: { number: (passage: CitedPassage) => numbered.push(passage) },
    signal: new AbortController().signal,
  };
  return (await tool.execute(tool.input.parse(input), context)).text;
}

const hr = ['/data/hr-policies'];
const engineering = ['/data/engineering-handbook'];
const sales = ['/data/sales'];

describe('a question to an agent with documents', () => {
  test.each([
    ['How many vacation days do I have?', hr, '28 days of paid annual leave', 'annual-leave.md`, line 7'],
    ['Can I carry over unused days to next year?', hr, 'Up to five unused days', 'annual-leave.md'],
    ['How much may a hotel in Paris cost?', hr, '180 euros in London, Paris and Zurich', 'expenses.md'],
    ['May I accept gifts from a supplier?', hr, '40 euros', 'code-of-conduct.pdf`, page 1'],
    ['When are we allowed to deploy to production?', engineering, 'never on a Friday', 'deployments.md`'],
    ['How fast do we have to respond to a SEV1?', engineering, '15 minutes, day and night', 'on-call.md`'],
    ['What does the Field Sensor Pro cost?', sales, '329.00', 'price-list-2026.csv`, line 3'],
    [
      'What was the Q2 target in the Nordics?',
      sales,
      '280000',
      'sales-targets-2026.xlsx`, sheet "Targets 2026", row 5',
    ],
  ])('%s', async (question, directories, quoted, source) => {
    const { answer, called } = await ask(question, directories);
    expect(answer).toContain(quoted);
    expect(answer).toContain(source);
    const [cited] = findMarks(answer);
    const passage = numbered[(cited?.numbers[0] ?? 0) - 1];
    expect(passage?.text).toContain(quoted.split('\n')[0]);
    expect(called[0]).toBe('pinchy_ls');
    expect(called.at(-1)).toMatch(/^pinchy_read /);
  });

  test('says so when the documents do not answer it', async () => {
    const { answer } = await ask('Who won the football championship in 1954?', hr);
    expect(answer).toContain('do not answer this');
  });

  test('understands a short follow-up by the question before', async () => {
    const before: ChatRequest['messages'] = [
      { role: 'user', content: 'How much may a hotel cost?' },
      { role: 'assistant', content: 'Up to 140 euros.' },
    ];
    expect((await ask('And in Zurich?', hr, before)).answer).toContain('180 euros');
  });

  test('greets without using a tool', async () => {
    const { answer, called } = await ask('Hello!', hr);
    expect(answer).toContain('Hello Ada');
    expect(called).toEqual([]);
  });
});

test('Smithers keeps what people say about themselves, with what was known before', () => {
  const tools = [{ function: { name: 'pinchy_save_user_context' } }];
  const known = system.replace('Today is', '# In their own words\n\n- I work in Vienna.\n\nToday is');
  const turn = nextStep(
    chatRequestSchema.parse({
      model: demoModelId,
      tools,
      messages: [
        { role: 'system', content: known },
        { role: 'user', content: 'Hi! I lead the calibration team. What can you do?' },
      ],
    }),
  );
  expect(turn.toolCalls).toEqual([
    {
      name: 'pinchy_save_user_context',
      input: { content: '# In their own words\n\n- I work in Vienna.\n- I lead the calibration team.' },
    },
  ]);
});

test('Smithers asks to save for everyone what somebody says is for everyone, beside what was known', () => {
  const tools = ['pinchy_save_user_context', 'pinchy_save_org_context'].map((name) => ({ function: { name } }));
  const known = '# Larkspur\n\nSensors.\n\n# Words\n\nA node is a sensor.';
  const content = `You are Smithers.\n\n# The organisation\n\n${known}\n\n# Whom you are talking to\n\nName: Ada Lovelace`;
  const turn = nextStep(
    chatRequestSchema.parse({
      model: demoModelId,
      tools,
      messages: [
        { role: 'system', content },
        { role: 'user', content: 'Please save for everyone: we ship on Tuesdays.' },
      ],
    }),
  );
  expect(turn.toolCalls).toEqual([
    { name: 'pinchy_save_org_context', input: { content: `${known}\n- we ship on Tuesdays.` } },
  ]);
});

test('Smithers says in words of its own that something was denied, not what a model is told then', () => {
  const tools = ['pinchy_save_user_context', 'pinchy_save_org_context'].map((name) => ({ function: { name } }));
  const denied = 'The person denied this call, so it was not made. Do not ask for it again unless they tell you to.';
  const call = { id: '1', function: { name: 'pinchy_save_org_context', arguments: { content: '- x' } } };
  const turn = nextStep(
    chatRequestSchema.parse({
      model: demoModelId,
      tools,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: 'Please save for everyone: we ship on Tuesdays.' },
        { role: 'assistant', content: '', tool_calls: [call] },
        { role: 'tool', content: denied, tool_call_id: '1', tool_name: 'pinchy_save_org_context' },
      ],
    }),
  );
  expect(turn).toEqual({ text: 'All right, I leave it as it was. Nothing was saved.', toolCalls: [] });
});

test('with a search, the documents that it finds are read first, and where it finds nothing all are looked through', () => {
  const tools = ['pinchy_search', 'pinchy_ls', 'pinchy_read'].map((name) => ({ function: { name } }));
  const stepAfter = (output?: string) =>
    nextStep(
      chatRequestSchema.parse({
        model: demoModelId,
        tools,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: 'How many vacation days do I have?' },
          ...(output === undefined
            ? []
            : [
                {
                  role: 'assistant',
                  tool_calls: [{ id: 'a', function: { name: 'pinchy_search', arguments: { query: 'x' } } }],
                },
                { role: 'tool', content: output, tool_call_id: 'a' },
              ]),
        ],
      }),
    ).toolCalls;
  expect(stepAfter()).toEqual([{ name: 'pinchy_search', input: { query: 'How many vacation days do I have?' } }]);
  const found = '[1] /data/hr/leave.md (line 7) — How much\n28 days.\n\n[2] /data/hr/old leave.md (page 1)\n27 days.';
  expect(stepAfter(found)).toEqual([{ name: 'pinchy_read', input: { path: '/data/hr/leave.md' } }]);
  expect(stepAfter('No passage was found in the documents that you may read.')).toEqual([
    { name: 'pinchy_ls', input: {} },
  ]);
});

describe('the endpoint', () => {
  let server: DemoModelServer;
  beforeEach(async () => (server = await startDemoModel()));
  afterEach(() => server.stop());

  test('is a provider that Pinchy accepts, under a name that says what it is', async () => {
    const models = await listModels('ollama-local', { baseUrl: server.url }, rootsFor(server.url));
    expect(models).toMatchObject([{ id: 'demo-model:rule-based-not-an-ai', toolUse: true, contextWindow: 131_072 }]);
  });

  test('streams an answer in pieces, with token counts', async () => {
    server.setPace({ thinking: 0, word: 0 });
    const response = await fetch(`${server.url}/api/chat`, {
      method: 'POST',
      body: JSON.stringify({ model: demoModelId, messages: [{ role: 'user', content: 'Hello' }] }),
    });
    const lines = (await response.text()).trim().split('\n');
    const frames = lines.map((line) => JSON.parse(line) as { message: { content: string }; done: boolean });
    expect(frames.length).toBeGreaterThan(5);
    expect(frames.map(({ message }) => message.content).join('')).toContain('not an AI');
    expect(frames.at(-1)).toMatchObject({ done: true, prompt_eval_count: expect.any(Number) as number });
  });

  test('refuses what is no chat request', async () => {
    for (const body of ['{', '[]', '{"model":"other"}', `{"model":"${demoModelId}","messages":[{"role":"x"}]}`]) {
      const response = await fetch(`${server.url}/api/chat`, { method: 'POST', body });
      expect([400, 404]).toContain(response.status);
    }
  });
});
