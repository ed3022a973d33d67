import { expect, test } from 'vitest';
import { createThinkingFilter } from './inline-thinking.ts';

/** What is said of a text that comes in pieces of this size. */
function said(text: string, size: number): string {
  const filter = createThinkingFilter();
  let result = '';
  for (let from = 0; from < text.length; from += size) result += filter.push(text.slice(from, from + size));
  return result + filter.flush();
}

test.each([
  ['<think>Hm.</think>Yes.', 'Yes.'],
  ['\n<think>\nHm.\n</think>\n\nYes.', 'Yes.'],
  ['<Thinking>Hm. <b></Thinking> Yes.', 'Yes.'],
  ['Before.\n<think>Hm.</think>\nAfter.', 'Before.\nAfter.'],
  ['<think>Never ends', ''],
  ['<think></think>', ''],
  ['Use `<think>` for that, or <think> it over.', 'Use `<think>` for that, or <think> it over.'],
  ['```xml\n<think>example</think>\n```\nDone.', '```xml\n<think>example</think>\n```\nDone.'],
  ['~~~\n<think>\n~~~\n<think>Hm.</think>Yes.', '~~~\n<think>\n~~~\nYes.'],
  ['<thinker>is a word</thinker>', '<thinker>is a word</thinker>'],
  ['  leading\n\n  space stays \n', '  leading\n\n  space stays \n'],
  ['1 < 2\n<', '1 < 2\n<'],
  ['<think>Outer <think>inner</think> goes on</think>Yes.', 'Yes.'],
  ['<think><think>inner</think>outer</think>\n\nYes.', 'Yes.'],
  ['<thinking>a<thinking>b<thinking>c</thinking></thinking></thinking>Yes.', 'Yes.'],
  ['<think>Shall I write <think> here?</think>Yes.', 'Yes.'],
  ['<think>Shall I write <think> here?</think>Yes.\n\nAnd no.', 'Yes.\n\nAnd no.'],
  ['Hm, they want a list.\n</think>\n\nYes.', 'Hm, they want a list.\nYes.'],
  ['</think>Yes.', 'Yes.'],
  ['[THINK]Hm.[/THINK]Yes.', 'Yes.'],
  ['◁think▷Hm.◁/think▷Yes.', 'Yes.'],
  ['<seed:think>Hm.</seed:think>Yes.', 'Yes.'],
  ['<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.', 'Yes.'],
  ['<|channel|>final<|message|>Yes.', 'Yes.'],
  ['[thinking] is a word, [think] another', '[thinking] is a word, [think] another'],
  ['A list:\n[1] one\n<b>two</b>', 'A list:\n[1] one\n<b>two</b>'],
  ['', ''],
])('%j', (text, expected) => {
  for (const size of [1, 2, 3, 7, 100]) expect(said(text, size), `in pieces of ${size}`).toBe(expected);
});

test('blanks without an end are not held back, and cost no time of their square', () => {
  const filter = createThinkingFilter();
  const before = process.cpuUsage();
  let shown = 0;
  for (let piece = 0; piece < 50_000; piece += 1) shown += filter.push('    ').length;
  expect(shown).toBeGreaterThan(190_000);
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
});

test('text is not held back once it cannot be a tag', () => {
  const filter = createThinkingFilter();
  expect(filter.push('Hel')).toBe('Hel');
  expect(filter.push('lo <')).toBe('lo <');
  expect(filter.push('\n')).toBe('\n');
  expect(filter.push('<thi')).toBe('');
  expect(filter.push('s')).toBe('<this');
});
