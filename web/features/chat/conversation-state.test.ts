import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HistoryMessage, ServerFrame } from '../../../contract/socket.ts';
import { createSimulation, type RunPlan, type SimulationAction } from '../../../test/chat/conversation-simulation.ts';
import { reduceConversation } from './conversation-state.ts';
import { type ConversationEvent, emptyConversation } from './conversation-types.ts';

const agentId = 'agent';
const runId = 'run';
const at = '2026-01-31T09:05:00.000Z';
const usage = { inputTokens: 12, outputTokens: 3, cacheReadTokens: 0, cacheWriteTokens: 0, cost: '0.001' };

const frame = (sent: ServerFrame): ConversationEvent => ({ type: 'frame', frame: sent, at });
const chunk = (seq: number, content: string, messageId = 'answer') =>
  frame({ type: 'chunk', agentId, runId, messageId, seq, content });
const history = (messages: HistoryMessage[], rest: Partial<Extract<ServerFrame, { type: 'history' }>> = {}) =>
  frame({ type: 'history', agentId, messages, hasMore: false, ...rest });
const said = (id: string, content = id): HistoryMessage => ({ id, role: 'user', content, createdAt: at });
const answered = (id: string, content = id): HistoryMessage => ({ id, role: 'assistant', content, createdAt: at });
const after = (...events: ConversationEvent[]) => events.reduce(reduceConversation, emptyConversation);
const opened = (...messages: HistoryMessage[]) => [{ type: 'history-requested' } as const, history(messages)];
const contents = (state: ReturnType<typeof after>) => state.messages.map((message) => message.content);

describe('a conversation', () => {
  test('shows what was said at once and keeps it when the server has stored it', () => {
    const message = { clientMessageId: 'c1', content: 'Hello', attachments: [], createdAt: at };
    const sent = after(...opened(), { type: 'send', message });
    expect(sent.outgoing).toHaveLength(1);
    const ack: ServerFrame = { type: 'ack', agentId, clientMessageId: 'c1', messageId: 'm1', queued: false };
    const stored = reduceConversation(sent, frame(ack));
    expect(stored.outgoing).toEqual([]);
    expect(stored.messages).toMatchObject([{ id: 'm1', content: 'Hello', awaiting: true }]);
    expect(reduceConversation(stored, frame(ack)).messages).toHaveLength(1);
  });

  test('marks a refused message as failed, and sends it again under the same id', () => {
    const message = { clientMessageId: 'c1', content: 'Hello', attachments: [], createdAt: at };
    const refusal = { code: 'queue_full', message: 'Wait a moment.', retryable: true } as const;
    const failed = after(
      { type: 'send', message },
      frame({ type: 'error', agentId, clientMessageId: 'c1', ...refusal }),
    );
    expect(failed.outgoing).toEqual([{ ...message, failure: refusal }]);
    expect(failed.notice).toBeUndefined();
    const retried = reduceConversation(failed, { type: 'retry', clientMessageId: 'c1' });
    expect(retried.outgoing).toEqual([message]);
  });

  test('ignores chunks it already has', () => {
    const state = after(...opened(said('m1')), chunk(0, 'One'), chunk(1, ' two'), chunk(1, ' two'), chunk(0, 'One'));
    expect(contents(state)).toEqual(['m1', 'One two']);
  });

  test('asks for history when a chunk is missing, and goes on from what history brings', () => {
    const torn = after(
      ...opened(said('m1')),
      chunk(0, 'One'),
      { type: 'history-requested' },
      history([said('m1')], {
        activeRun: { runId, messageId: 'answer', content: 'One', seq: 0, tools: [], approvals: [], queued: 0 },
      }),
      chunk(2, ' three'),
    );
    expect(torn.stale).toBe(true);
    expect(contents(torn)).toEqual(['m1', 'One']);
    const activeRun = {
      runId,
      messageId: 'answer',
      content: 'One two three',
      seq: 2,
      tools: [],
      approvals: [],
      queued: 0,
    };
    const mended = [{ type: 'history-requested' } as const, history([said('m1')], { activeRun }), chunk(3, ' four')];
    const state = mended.reduce<ReturnType<typeof after>>(reduceConversation, torn);
    expect(contents(state)).toEqual(['m1', 'One two three four']);
    expect(state.stale).toBe(false);
  });

  test('continues an answer in the middle after a reconnect, ahead of what waits', () => {
    const activeRun = { runId, messageId: 'answer', content: 'One two', seq: 4, tools: [], approvals: [], queued: 1 };
    const state = after(
      ...opened(said('m1')),
      chunk(0, 'One'),
      { type: 'lost' },
      { type: 'history-requested' },
      history([said('m1'), said('m2')], { activeRun }),
      chunk(5, ' three'),
    );
    expect(state.messages.map((message) => [message.content, message.awaiting])).toEqual([
      ['m1', false],
      ['One two three', false],
      ['m2', true],
    ]);
    expect(state.run).toMatchObject({ runId, messageId: 'answer' });
  });

  test('follows a tool call from waiting for approval to its end', () => {
    const tool = { type: 'tool', agentId, runId, messageId: 'answer', toolCallId: 't1', name: 'odoo_write' } as const;
    const waiting = after(
      ...opened(said('m1')),
      frame({ ...tool, state: 'running', input: { model: 'sale.order' } }),
      frame({ ...tool, state: 'approval', approvalId: 'a1', expiresAt: at }),
      { type: 'decide', approvalId: 'a1', decision: 'approve' },
    );
    expect(waiting.messages[1]?.toolCalls).toMatchObject([
      { state: 'approval', approvalId: 'a1', input: { model: 'sale.order' } },
    ]);
    expect(waiting.decisions).toEqual({ a1: 'approve' });
    const finished = reduceConversation(waiting, frame({ ...tool, state: 'done', summary: '1 order changed' }));
    expect(finished.messages[1]?.toolCalls).toMatchObject([{ state: 'done', summary: '1 order changed' }]);
  });

  test('keeps a waiting approval over a reload', () => {
    const tools = [{ toolCallId: 't1', name: 'odoo_write', state: 'approval', input: { id: 7 } } as const];
    const approvals = [{ approvalId: 'a1', toolCallId: 't1', expiresAt: at }];
    const activeRun = { runId, messageId: 'answer', content: '', seq: -1, tools, approvals, queued: 0 };
    const state = after(
      { type: 'history-requested' },
      history([said('m1')], { activeRun: { ...activeRun, tools: [...tools] } }),
    );
    expect(state.messages[1]?.toolCalls).toMatchObject([{ state: 'approval', approvalId: 'a1', input: { id: 7 } }]);
  });

  test('says why a run failed, until something is said again', () => {
    const failure = { code: 'provider_quota', message: 'Out of quota.', retryable: true } as const;
    const state = after(
      ...opened(said('m1')),
      frame({ type: 'thinking', agentId, runId }),
      frame({ type: 'error', agentId, runId, ...failure }),
      frame({ type: 'complete', agentId, runId }),
    );
    expect(state.run).toBeUndefined();
    expect(state.notice).toEqual({ ...failure, ofRun: true });
    const message = { clientMessageId: 'c1', content: 'Again', attachments: [], createdAt: at };
    expect(reduceConversation(state, { type: 'send', message }).notice).toBeUndefined();
  });

  test('stops waiting for a history that was refused', () => {
    const state = after(
      { type: 'history-requested' },
      frame({ type: 'error', agentId, code: 'not_found', message: 'No such agent.', retryable: false }),
    );
    expect(state).toMatchObject({ loaded: true, requested: undefined, stale: false, notice: { code: 'not_found' } });
  });

  test('fetches what another tab asked', () => {
    const state = after(...opened(), frame({ type: 'thinking', agentId, runId }));
    expect(state.stale).toBe(true);
    expect(state.run?.runId).toBe(runId);
  });

  test('fetches an answer that was stopped, to show how much of it was kept', () => {
    const state = after(...opened(said('m1')), chunk(0, 'Half'), frame({ type: 'complete', agentId, runId }));
    expect(state.stale).toBe(true);
    expect(state.messages[1]).toMatchObject({ content: 'Half', streaming: false });
    const stopped = { ...answered('answer', 'Half an'), interrupted: true as const };
    const kept = [{ type: 'history-requested' } as const, history([said('m1'), stopped])];
    const shown = kept.reduce<ReturnType<typeof after>>(reduceConversation, state);
    expect(shown.messages[1]).toMatchObject({ content: 'Half an', interrupted: true });
  });

  test('puts older pages in front and keeps the rest', () => {
    const state = after(
      { type: 'history-requested' },
      history([said('m3'), answered('m4')], { hasMore: true }),
      { type: 'history-requested', before: 'm3' },
      history([said('m1'), answered('m2')]),
    );
    expect(contents(state)).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(state.hasMore).toBe(false);
  });

  test('keeps older pages when the newest is fetched again', () => {
    const state = after(
      ...opened(said('m1'), answered('m2'), said('m3')),
      frame({ type: 'changed', agentId }),
      { type: 'history-requested' },
      history([said('m3'), answered('m4')], { hasMore: true }),
    );
    expect(contents(state)).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(state.hasMore).toBe(false);
  });

  test('starts over from the newest page when more was missed than a page holds', () => {
    const state = after(
      ...opened(said('m1')),
      { type: 'lost' },
      { type: 'history-requested' },
      history([said('m8'), answered('m9')], { hasMore: true }),
    );
    expect(contents(state)).toEqual(['m8', 'm9']);
    expect(state.hasMore).toBe(true);
  });

  test('shows usage of a finished message', () => {
    const end = { usage, finishReason: 'stop' as const, sources: [] };
    const done: ServerFrame = { type: 'done', agentId, runId, messageId: 'answer', ...end };
    const state = after(...opened(said('m1')), chunk(0, 'One'), frame(done));
    expect(state.messages[1]).toMatchObject({ usage, streaming: false });
  });
});

const step = fc.record({ chunks: fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }), tools: fc.nat(2) });
const plan: fc.Arbitrary<RunPlan> = fc.record({
  steps: fc.array(step, { maxLength: 3 }),
  end: fc.constantFrom('finished', 'failed', 'cut'),
});
const action: fc.Arbitrary<SimulationAction> = fc.oneof(
  { arbitrary: fc.constantFrom<SimulationAction>('write', 'serve', 'deliver', 'answerHistory'), weight: 8 },
  { arbitrary: fc.constantFrom<SimulationAction>('say', 'connect'), weight: 3 },
  { arbitrary: fc.constantFrom<SimulationAction>('drop', 'sayElsewhere', 'loadOlder'), weight: 1 },
);

describe('an answer on another branch', () => {
  const active = { runId, messageId: 'again', content: 'On', seq: 0, tools: [], approvals: [], queued: 0 };
  const rest = [
    frame({ type: 'chunk', agentId, runId, messageId: 'again', seq: 1, content: 'ce more' }),
    frame({ type: 'done', agentId, runId, messageId: 'again', usage, finishReason: 'stop', sources: [] }),
    frame({ type: 'complete', agentId, runId }),
  ];

  test('has its history asked for when it is whole: that tells of how many it is one', () => {
    const state = after(
      ...opened(said('m1'), answered('a1')),
      frame({ type: 'changed', agentId, change: 'branched' }),
      { type: 'history-requested' },
      history([said('m1')], { branch: 1, activeRun: active }),
      ...rest,
    );
    expect(contents(state)).toEqual(['m1', 'Once more']);
    expect(state).toMatchObject({ stale: true, run: undefined });
  });

  test('and later answers on the same branch have not', () => {
    const begun = [{ type: 'history-requested' } as const, history([said('m1'), answered('a1')], { branch: 1 })];
    const again = [{ type: 'history-requested' } as const, history([said('m1')], { branch: 1, activeRun: active })];
    expect(after(...begun, ...again, ...rest).stale).toBe(false);
  });
});

describe('any interleaving of frames, lost connections and histories', () => {
  test('ends in the very transcript that the server stored, nothing lost or doubled', () => {
    const property = fc.property(
      fc.array(plan, { minLength: 1, maxLength: 4 }),
      fc.array(action, { maxLength: 120 }),
      (plans, actions) => {
        const simulation = createSimulation(plans);
        for (const name of actions) {
          simulation.actions[name]();
          const ids = simulation.state().messages.map((message) => message.id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const message of simulation.state().messages) {
            const stored = simulation.truth.find((candidate) => candidate.id === message.id);
            expect(stored?.content.startsWith(message.content)).toBe(true);
          }
        }
        simulation.settle();
        const { messages, outgoing, run } = simulation.state();
        expect(outgoing).toEqual([]);
        expect(run).toBeUndefined();
        const shown = messages.map(({ id, role, content, toolCalls, usage: used, interrupted, streaming }) => ({
          id,
          role,
          content,
          toolCalls: toolCalls.map(({ toolCallId, state }) => ({ toolCallId, state })),
          used,
          interrupted,
          streaming,
        }));
        const stored = simulation.truth.map((message) => ({
          id: message.id,
          role: message.role,
          content: message.content,
          toolCalls: (message.toolCalls ?? []).map(({ toolCallId, state }) => ({ toolCallId, state })),
          used: message.usage,
          interrupted: message.interrupted ?? false,
          streaming: false,
        }));
        expect(shown).toEqual(stored);
      },
    );
    // The end of a run was heard before a history that still took it for active, and pages went by.
    const overtaken: [RunPlan[], SimulationAction[]] = [
      [{ steps: [{ chunks: ['', ''], tools: 0 }], end: 'cut' }],
      ['sayElsewhere', 'say', 'say', 'write', 'write', 'connect', 'say', 'write', 'serve'],
    ];
    fc.assert(property, { numRuns: 10_000, examples: [overtaken] });
  });
});
