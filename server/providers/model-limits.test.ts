import { expect, test } from 'vitest';
import { limitsOf } from './model-limits.ts';

test.each([
  ['openai/llama-3.3-70b window=16384 output=2048', { contextWindow: 16_384, maxOutput: 2_048 }],
  ['  openai/llama-3.3-70b   output=2048', { maxOutput: 2_048 }],
  ['openai/other window=1\n\nopenai/llama-3.3-70b window=8192\r\n', { contextWindow: 8_192 }],
  ['openai/llama-3.3-70b window=many output=-1 size=3', {}],
  ['openai/llama-3.3-70b-large window=16384', {}],
  [undefined, {}],
])('%j', (setting, expected) => {
  expect(limitsOf(setting, 'openai/llama-3.3-70b')).toEqual(expected);
});
