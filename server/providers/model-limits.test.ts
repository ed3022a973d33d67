import { expect, test } from 'vitest';
import { readLimits, writeLimits } from './model-limits.ts';

test.each([
  ['openai/llama-3.3-70b window=16384 output=2048', { contextWindow: 16_384, maxOutput: 2_048 }],
  ['  openai/llama-3.3-70b   output=2048', { maxOutput: 2_048 }],
  ['openai/other window=1\n\nopenai/llama-3.3-70b window=8192\r\n', { contextWindow: 8_192 }],
  ['openai/llama-3.3-70b window=8192\nopenai/llama-3.3-70b output=100', { contextWindow: 8_192, maxOutput: 100 }],
  ['openai/llama-3.3-70b window=many output=-1 size=3', undefined],
  ['openai/llama-3.3-70b-large window=16384', undefined],
  [undefined, undefined],
])('%j', (setting, expected) => {
  expect(readLimits(setting).get('openai/llama-3.3-70b')).toEqual(expected);
});

test('what was written is what was read', () => {
  const setting =
    'openai/llama-3.3-70b window=16384 output=2048\nollama-local/qwen3:8b window=40960\nopenai/x/y output=10';
  expect(writeLimits(readLimits(`${setting}\nnothing here\n`))).toBe(setting);
});
