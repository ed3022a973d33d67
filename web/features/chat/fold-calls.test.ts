import { expect, test } from 'vitest';
import type { ToolCall } from '../../../contract/socket.ts';
import { countCalls, foldCalls } from './fold-calls.ts';
import { newMessage } from './transcript-message.ts';

const call = (toolCallId: string, changes: Partial<ToolCall> = {}): ToolCall => ({
  toolCallId,
  name: 'pinchy_read',
  state: 'done',
  input: { path: `/data/${toolCallId}.md` },
  ...changes,
});
const step = (id: string, toolCalls: ToolCall[]) => ({
  ...newMessage({ id, role: 'assistant', content: '', createdAt: '2026-01-31T12:00:00.000Z' }),
  toolCalls,
});

test('calls of several steps fold together, but not with one that waits for a person', () => {
  const steps = [step('a', [call('1'), call('2')]), step('b', [call('3', { state: 'approval' }), call('4')])];
  const folds = foldCalls(steps).map((fold) =>
    fold.map(({ call: { toolCallId }, messageId }) => toolCallId + messageId),
  );
  expect(folds).toEqual([['1a', '2a'], ['3b'], ['4b']]);
});

test('a file that is read page by page counts once', () => {
  const [fold] = foldCalls([
    step('a', [
      call('1'),
      call('2', { input: { path: '/data/1.md', page: 2 } }),
      call('3'),
      call('4', { name: 'pinchy_search' }),
      call('5', { name: 'pinchy_search' }),
    ]),
  ]);
  expect(countCalls(fold!)).toEqual([
    { name: 'pinchy_read', count: 2 },
    { name: 'pinchy_search', count: 2 },
  ]);
});
