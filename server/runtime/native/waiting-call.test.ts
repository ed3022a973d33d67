import { afterEach, describe, expect, test } from 'vitest';
import { closeDoubles, collect, kinds, startRun, textsOf, user } from '../../../test/native-run.ts';

// Real: the runtime, the AI SDK, HTTP. The provider is a double that speaks its wire format; the tool gate is recorded.

afterEach(closeDoubles);

describe('a call that asks a person first', () => {
  const waits = async () => ({
    state: 'approval' as const,
    approvalId: 'approval-1',
    expiresAt: new Date('2030-01-01'),
    input: { path: '/data', limit: 10 },
  });

  test('ends the run as waiting, after the calls that need nobody', async () => {
    const run = await startRun('openai');
    run.double.respondNext([
      { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } },
      { toolCall: { name: 'pinchy_ls', input: { path: '/free' } } },
    ]);
    run.answerCalls(async (call) =>
      (call.input as { path: string }).path === '/free' ? { state: 'done', summary: 'Did', output: 'free' } : waits(),
    );
    const events = await collect(run.start());
    expect(kinds(events).toSorted()).toEqual(
      ['tool-start', 'tool-start', 'tool-approval', 'tool-end', 'step-end', 'finish'].toSorted(),
    );
    expect(events.find(({ type }) => type === 'tool-approval')).toMatchObject({
      approvalId: 'approval-1',
      expiresAt: new Date('2030-01-01'),
      input: { path: '/data', limit: 10 },
    });
    expect(events.at(-2)).toMatchObject({ type: 'step-end' });
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'approval' });
    expect(run.double.requests).toHaveLength(1);
  });

  test.each(['anthropic', 'openai', 'google'] as const)(
    '%s gets back what it gave, signatures too, when the run goes on after a restart',
    async (provider) => {
      const run = await startRun(provider);
      run.double.respondNext([{ thinking: 'Hm, hm.' }, { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
      run.answerCalls(waits);
      const before = await collect(run.start());
      const finish = before.at(-1) as { continuation?: unknown };
      const call = before.find((event) => event.type === 'tool-start')!;
      const { toolCallId, name } = call;
      const toolCalls = [{ toolCallId, name, input: { path: '/data' }, output: 'a listing', failed: false }];
      const messages = [user('What is there?'), { position: 2, role: 'assistant' as const, text: '', toolCalls }];
      const stored: unknown = JSON.parse(JSON.stringify(finish.continuation));
      const events = await collect(run.start({ messages, stepsUsed: 1, continuation: stored }));
      expect(textsOf(events)).toBe('Hello.');
      const sent = run.double.requests[1]!;
      expect(JSON.stringify(sent.body)).toMatch(/c2lnbmF0dXJl|ZW5jcnlwdGVk/);
      expect(sent.chat?.messages.flatMap(({ toolResults = [] }) => toolResults.map(({ text }) => text))).toEqual([
        'a listing',
      ]);
    },
  );

  test('the steps used before the wait count', async () => {
    const run = await startRun('anthropic');
    run.double.respondNext([{ text: 'That is all.' }]);
    await collect(run.start({ stepsUsed: 24 }));
    expect(JSON.stringify(run.double.requests[0]?.body)).toContain('used all the steps');
  });
});
