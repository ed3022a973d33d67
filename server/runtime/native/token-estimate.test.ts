import { expect, test } from 'vitest';
import { estimateRequest } from './token-estimate.ts';

const instructions = 'Be helpful.';

test('a picture counts by what it is, not by its bytes', () => {
  const data = 'A'.repeat(10 * 1024 * 1024);
  const picture = { type: 'file' as const, mediaType: 'image/png', data: { type: 'data' as const, data } };
  const content = [{ type: 'text' as const, text: 'What is this?' }, picture];
  const estimate = estimateRequest({ instructions, messages: [{ role: 'user', content } as never], tools: undefined });
  expect(estimate).toBeGreaterThan(1_600);
  expect(estimate).toBeLessThan(4_000);
});

test('text of every script is rather too high than too low', () => {
  const of = (text: string) =>
    estimateRequest({ instructions: '', messages: [{ role: 'user', content: text }], tools: undefined });
  expect(of('word '.repeat(400))).toBeGreaterThan(400);
  expect(of('漢'.repeat(400))).toBeGreaterThan(350);
});

test('what a model or a tool wrote counts as text, whatever it looks like', () => {
  const input = { type: 'file', mediaType: 'image/png', data: 'word '.repeat(4_000) };
  const call = { type: 'tool-call' as const, toolCallId: '1', toolName: 'save', input };
  const messages = [{ role: 'assistant' as const, content: [call] }];
  expect(estimateRequest({ instructions, messages, tools: undefined })).toBeGreaterThan(5_000);
});

test('a picture in what a tool returned counts as one', () => {
  const data = 'A'.repeat(1024 * 1024);
  const file = { type: 'file' as const, mediaType: 'image/png', data: { type: 'data' as const, data } };
  const output = { type: 'content' as const, value: [{ type: 'text' as const, text: 'Here it is.' }, file] };
  const content = [{ type: 'tool-result' as const, toolCallId: '1', toolName: 'look', output }];
  const estimate = estimateRequest({ instructions, messages: [{ role: 'tool', content }], tools: undefined });
  expect(estimate).toBeGreaterThan(1_600);
  expect(estimate).toBeLessThan(4_000);
});
