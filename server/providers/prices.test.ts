import { describe, expect, test } from 'vitest';
import { normaliseUsage, priceUsage } from './prices.ts';
import type { ProviderId } from './provider.ts';

const at = new Date('2026-10-01T00:00:00Z');
const tokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
const price = (provider: ProviderId, model: string, usage: Partial<typeof tokens>) =>
  priceUsage({ ...tokens, ...usage, provider, model, at });

test('prices the four kinds of tokens apart: Claude Sonnet 4.5 at $3, $15, $0.30 and $3.75 per million', () => {
  const model = 'claude-sonnet-4-5-20250929';
  expect(price('anthropic', model, { inputTokens: 10_000 })).toBeCloseTo(0.03, 10);
  expect(price('anthropic', model, { outputTokens: 10_000 })).toBeCloseTo(0.15, 10);
  expect(price('anthropic', model, { cacheReadTokens: 10_000 })).toBeCloseTo(0.003, 10);
  expect(price('anthropic', model, { cacheWriteTokens: 10_000 })).toBeCloseTo(0.0375, 10);
  expect(
    price('anthropic', model, { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 500, cacheWriteTokens: 100 }),
  ).toBeCloseTo(0.003 + 0.0015 + 0.00015 + 0.000375, 10);
});

test('prices OpenAI and Google', () => {
  expect(price('openai', 'gpt-4o', { inputTokens: 1_000_000 })).toBeCloseTo(2.5, 10);
  expect(price('google', 'gemini-2.5-flash', { outputTokens: 1_000_000 })).toBeCloseTo(2.5, 10);
});

test.each([
  ['anthropic', 'claude-of-the-future'],
  ['openai', 'no-such-model'],
  ['openai', 'claude-sonnet-4-5'],
  ['google', 'gemma-4-31b-it'],
  ['google', ''],
  ['ollama-local', 'gpt-oss:20b'],
  ['ollama-local', 'gpt-4o'],
  ['ollama-cloud', 'gpt-oss:120b'],
] as const)('%s/%s has no price, rather than none to pay', (provider, model) => {
  expect(price(provider, model, { inputTokens: 1000, outputTokens: 1000 })).toBeNull();
});

test('no tokens of a model with a price cost nothing', () => expect(price('openai', 'gpt-4o', {})).toBe(0));

describe('usage of the AI SDK', () => {
  const usage = (
    inputTokens: number | undefined,
    noCacheTokens?: number,
    cacheReadTokens?: number,
    cacheWriteTokens?: number,
    outputTokens?: number,
  ) => ({
    inputTokens,
    inputTokenDetails: { noCacheTokens, cacheReadTokens, cacheWriteTokens },
    outputTokens,
    outputTokenDetails: { textTokens: undefined, reasoningTokens: undefined },
    totalTokens: undefined,
  });

  test('keeps cached tokens apart', () => {
    expect(normaliseUsage('anthropic', usage(160, 10, 100, 50, 7))).toEqual({
      inputTokens: 10,
      outputTokens: 7,
      cacheReadTokens: 100,
      cacheWriteTokens: 50,
    });
  });

  test('subtracts them where the provider only gives the total', () => {
    expect(normaliseUsage('openai', usage(160, undefined, 100, undefined, 7))).toEqual({
      inputTokens: 60,
      outputTokens: 7,
      cacheReadTokens: 100,
      cacheWriteTokens: 0,
    });
  });

  test('counts what is missing or nonsense as 0', () => {
    expect(normaliseUsage('google', usage(undefined))).toEqual(tokens);
    expect(normaliseUsage('google', usage(Number.NaN, -5, Number.POSITIVE_INFINITY))).toEqual(tokens);
  });
});
