import { describe, expect, test } from 'vitest';
import { emptyConversation, type ConversationState, type TranscriptMessage } from './conversation-types.ts';
import { newMessage } from './transcript-message.ts';
import { transcriptRows } from './transcript-rows.ts';

const noon = '2026-01-31T12:00:00.000Z';
const message = (id: string, role: 'user' | 'assistant', changes: Partial<TranscriptMessage> = {}) => ({
  ...newMessage({ id, role, content: id, createdAt: noon }),
  ...changes,
});
const rowsOf = (changes: Partial<ConversationState>) =>
  transcriptRows({ ...emptyConversation, loaded: true, ...changes });
const run = { runId: 'run', thinking: true, aborting: false };

describe('the rows of a transcript', () => {
  test('join the steps of an answer', () => {
    const messages = [message('q', 'user'), message('a1', 'assistant'), message('a2', 'assistant')];
    const rows = rowsOf({ messages }).filter((row) => row.kind === 'message');
    expect(rows.map(({ first, last }) => [first, last])).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
  });

  test('fold steps that only call tools into the row of the first, and let text begin a new one', () => {
    const calls = (id: string) => [{ toolCallId: id, name: 'pinchy_read', state: 'done' as const }];
    const messages = [
      message('q', 'user'),
      message('a1', 'assistant', { toolCalls: calls('1') }),
      message('a2', 'assistant', { content: '', toolCalls: calls('2') }),
      message('a3', 'assistant', { content: '', toolCalls: calls('3'), finishReason: 'aborted' }),
      message('a4', 'assistant', { content: '', toolCalls: calls('4') }),
      message('a5', 'assistant'),
    ];
    const rows = rowsOf({ messages }).flatMap((row) => (row.kind === 'message' ? [row] : []));
    expect(rows.map(({ steps, first, last }) => [steps.map(({ id }) => id), first, last])).toEqual([
      [['q'], true, true],
      [['a1', 'a2', 'a3'], true, false],
      [['a4'], false, false],
      [['a5'], false, true],
    ]);
  });

  test('begin each day with its date', () => {
    const messages = [message('q', 'user', { createdAt: '2026-01-29T12:00:00.000Z' }), message('a', 'assistant')];
    expect(rowsOf({ messages }).map((row) => row.kind)).toEqual(['day', 'message', 'day', 'message']);
  });

  test('put what waits, and what is not sent yet, below the answer that is being written', () => {
    const outgoing = [{ clientMessageId: 'c', content: 'Later', attachments: [], createdAt: noon }];
    const messages = [message('q', 'user'), message('next', 'user', { awaiting: true })];
    const rows = rowsOf({ messages, run, outgoing });
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'thinking', 'message', 'outgoing']);
  });

  test('keep the place of a message when the server names it', () => {
    const outgoing = [{ clientMessageId: 'c', content: 'Hello', attachments: [], createdAt: noon }];
    const before = rowsOf({ outgoing }).at(-1)?.key;
    const after = rowsOf({ messages: [message('m', 'user', { clientMessageId: 'c' })] }).at(-1)?.key;
    expect(after).toBe(before);
  });

  test('do not say that the agent thinks while it waits for a decision', () => {
    const toolCalls = [{ toolCallId: 't', name: 'odoo_write', state: 'approval' as const }];
    const messages = [message('q', 'user'), message('a', 'assistant', { toolCalls })];
    const rows = rowsOf({ messages, run: { ...run, messageId: 'a' } });
    expect(rows.some((row) => row.kind === 'thinking')).toBe(false);
  });

  test('say that a question has no answer, once nothing can come any more', () => {
    const messages = [message('a', 'assistant'), message('q', 'user')];
    const kinds = (changes: Partial<ConversationState>) =>
      rowsOf({ messages, stale: false, ...changes }).map((row) => row.kind);
    expect(kinds({})).toContain('ended');
    const mayCome = [
      { stale: true },
      { requested: {} },
      { run },
      { messages: [message('q', 'user', { awaiting: true })] },
    ];
    for (const changes of mayCome) expect(kinds(changes)).not.toContain('ended');
    expect(kinds({ messages: messages.toReversed() })).not.toContain('ended');
  });

  test('end with what cut the last answer off, and with the reason of a run that failed', () => {
    const lastOf = (changes: Partial<TranscriptMessage>) =>
      rowsOf({ stale: false, messages: [message('q', 'user'), message('a', 'assistant', changes)] }).at(-1);
    expect(lastOf({ finishReason: 'stop' })).toMatchObject({ kind: 'message' });
    for (const reason of ['length', 'filter', 'step_limit', 'aborted'] as const)
      expect(lastOf({ finishReason: reason })).toMatchObject({ kind: 'ended', reason });
    expect(lastOf({ interrupted: true })).toMatchObject({ kind: 'ended', reason: 'interrupted' });
    const failure = { code: 'provider_quota' as const, message: 'Out of credit.', retryable: false };
    expect(lastOf({ finishReason: 'error', failure })).toMatchObject({
      kind: 'notice',
      notice: { ...failure, ofRun: true },
    });
  });
});
