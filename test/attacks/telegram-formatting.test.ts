import { afterAll, describe, expect, test } from 'vitest';
import { createAnswerFormatter } from '../../server/channels/telegram/format-answer.ts';
import { plainParts } from '../../server/channels/telegram/split-html.ts';
import { measureMaxBusyMs } from '../measure-max-busy.ts';

// What a model may write, in any length, must not keep the thread busy that serves everybody.

const maxMs = 50;
const formatter = createAnswerFormatter();
afterAll(() => formatter.close());

const signal = new AbortController().signal;
const format = (markdown: string) => formatter.format(markdown, { key: 'chat 1', signal });
const filled = (make: (index: number) => string, characters: number) => {
  let text = '';
  for (let index = 0; text.length < characters; index++) text += make(index);
  return text;
};

describe('formatting an answer', () => {
  const answers: Record<string, string> = {
    'of 30,000 characters': filled(
      (index) => `## Part ${index}\n\n- **bold _and \`code\`_** with [a link](https://example.com/${index})\n\n`,
      30_000,
    ),
    'of many tables': filled((index) => `| a | b |\n|---|---|\n| ${index} | & |\n\n`, 30_000),
    'of 300,000 characters': filled((index) => `A sentence of the kind ${index} with **two** _words_.\n\n`, 300_000),
    'of a million characters': filled((index) => `> - **${index}** _of_ [them](https://example.com)\n`, 1_000_000),
    'of one word': 'x'.repeat(200_000),
    'of brackets': '['.repeat(30_000),
    'of quotes': '> '.repeat(15_000),
    'of combining marks': `a${'\u0301'.repeat(60_000)}`,
  };
  test.each(Object.keys(answers))('%s', async (name) => {
    await format('What runs for the first time is compiled meanwhile.');
    let parts: Awaited<ReturnType<typeof format>> = [];
    const busy = await measureMaxBusyMs(async () => void (parts = await format(answers[name]!)));
    expect(busy).toBeLessThan(maxMs);
    expect(parts.length).toBeGreaterThan(0);
    // Telegram counts what is left once the markup was read.
    for (const { plain } of parts) expect(plain.length).toBeLessThanOrEqual(4_096);
  });
});

test('what is not formatted is cut whole, between characters', () => {
  const text = `${'line of text\n'.repeat(900)}${'🦞'.repeat(5_000)}`;
  const parts = plainParts(text);
  expect(
    parts
      .map(({ plain }) => plain)
      .join('')
      .replaceAll('\n', ''),
  ).toBe(text.replaceAll('\n', ''));
  for (const { plain } of parts) {
    expect(plain.length).toBeLessThanOrEqual(4_096);
    expect(plain.isWellFormed()).toBe(true);
  }
});
