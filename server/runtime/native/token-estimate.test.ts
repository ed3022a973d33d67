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
