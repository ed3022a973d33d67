import { expect, test } from 'vitest';
import type { ToolCall } from '../../../contract/socket.ts';
import type { TranscriptMessage } from './conversation-types.ts';
import { findCitedCall } from './find-cited-call.ts';

const read = (toolCallId: string, path: string, state: ToolCall['state'] = 'done'): ToolCall => ({
  toolCallId,
  name: 'pinchy_read',
  state,
  input: { path },
});

const message = (id: string, role: 'user' | 'assistant', toolCalls: ToolCall[] = []) =>
  ({ id, role, toolCalls, content: '', createdAt: '2026-01-01T00:00:00Z' }) as unknown as TranscriptMessage;

const messages = [
  message('u1', 'user'),
  message('a1', 'assistant', [read('old', '/data/hr/leave.md')]),
  message('u2', 'user'),
  message('a2', 'assistant', [read('c1', '/data/hr/leave.md'), read('c2', '/data/hr/pay.md', 'denied')]),
  message('a3', 'assistant', [read('c3', '/data/it/faq.md'), read('c4', '/data/hr/faq.md')]),
  message('a4', 'assistant'),
];
const cited = (name: string, from = 'a4') => findCitedCall(messages, from, name)?.toolCallId;

test('finds the call of the same answer by the path, whichever of its messages names it', () => {
  expect(cited('/data/hr/leave.md')).toBe('c1');
  expect(cited('/data/hr/leave.md', 'a2')).toBe('c1');
  expect(cited('/data/hr/leave.md', 'a1')).toBe('old');
});

test('takes a name alone only where one file has it', () => {
  expect(cited('leave.md')).toBe('c1');
  expect(cited('faq.md')).toBeUndefined();
});

test('leaves alone what was not read: refused files, others, other code, unknown messages', () => {
  expect(cited('/data/hr/pay.md')).toBeUndefined();
  expect(cited('/etc/passwd.txt')).toBeUndefined();
  expect(cited('const a = 1')).toBeUndefined();
  expect(cited('/data/hr/leave.md', 'nobody')).toBeUndefined();
});
