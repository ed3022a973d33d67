import { expect, test } from 'vitest';
import { isCostlyJson } from './json-cost.ts';

const costs = (text: string) => isCostlyJson(Buffer.from(text));

test('what people send is not costly, whatever stands in its texts', () => {
  expect(costs('{"name":"Ada","allowedTools":["a","b"],"pluginConfig":{"allowed_paths":[]}}')).toBe(false);
  expect(costs(JSON.stringify({ content: '[{,:}]"\\'.repeat(100_000) }))).toBe(false);
  expect(costs(JSON.stringify({ content: '\\'.repeat(500_000) }))).toBe(false);
  expect(costs(JSON.stringify(Array.from({ length: 3_000 }, (_each, index) => ({ index }))))).toBe(false);
  for (const text of ['', '"', '"\\', '}}}}', 'null', '"open {[{['.repeat(3)]) expect(costs(text), text).toBe(false);
});

test('very many values and very deep ones are', () => {
  expect(costs(`[${'1,'.repeat(30_000)}1]`)).toBe(true);
  expect(costs(JSON.stringify(Object.fromEntries(Array.from({ length: 30_000 }, (_each, index) => [index, 1]))))).toBe(
    true,
  );
  expect(costs('['.repeat(500))).toBe(true);
  expect(costs('{"a":'.repeat(500))).toBe(true);
  expect(costs('[]'.repeat(30_000))).toBe(true);
});
