import { expect, test } from 'vitest';
import { modelName } from './model-name.ts';

test.each([
  ['ollama-local/nomic-embed-text:latest', 'nomic-embed-text'],
  ['anthropic/claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
  ['openai/gpt-5.2', 'gpt-5.2'],
  ['ollama-cloud/qwen3:235b', 'qwen3:235b'],
])('%s is called %s', (id, name) => {
  expect(modelName(id)).toBe(name);
});
