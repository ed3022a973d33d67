import { afterEach, describe, expect, test } from 'vitest';
import type { RuntimeMessage } from '../agent-runtime.ts';
import { elideResults, splitForCompaction, summaryInstructions, transcriptPieces } from './compaction.ts';
import { closeDoubles, collect, kinds, startRun, textsOf, user } from '../../../test/native-run.ts';
import { estimateMessages, estimateText } from './token-estimate.ts';

afterEach(closeDoubles);

/** Turns of about `tokens` each: a question and an answer. */
function conversation(turns: number, tokens: number): RuntimeMessage[] {
  const filler = 'word '.repeat(Math.floor((tokens * 4) / 5 / 2));
  return Array.from({ length: turns }, (_, index): RuntimeMessage[] => [
    user(`Question ${index}: ${filler}`, index * 2 + 1),
    { position: index * 2 + 2, role: 'assistant', text: `Answer ${index}: ${filler}`, toolCalls: [] },
  ]).flat();
}

const isSummary = (system: string) => system === summaryInstructions;

describe('a conversation that fills the context window', () => {
  test('is summarised once before it is sent, and the newest part stays word for word', async () => {
    const run = await startRun('anthropic', { contextWindow: 10_000 });
    run.double.respond(({ system }) =>
      isSummary(system)
        ? [{ text: '- Budget: 4,200 €' }, { usage: { input: 9_000, output: 50 } }]
        : [{ text: 'It is 4,200 €.' }, { usage: { input: 2_500, output: 8 } }],
    );
    const messages = [...conversation(9, 1_000), user('What was the budget?', 19)];
    const events = await collect(run.start({ messages, summary: 'They plan a party.' }));
    expect(kinds(events)).toEqual(['compacted', 'text-delta', 'step-end', 'finish']);
    const [compacted] = events;
    expect(compacted).toMatchObject({
      type: 'compacted',
      summary: expect.stringContaining('4,200 €'),
      usage: { inputTokens: expect.any(Number) },
      model: run.modelId,
    });
    const through = compacted?.type === 'compacted' ? compacted.throughPosition : 0;
    expect(through % 2).toBe(0);
    const requests = run.double.requests.map(({ chat }) => chat);
    const summaries = requests.filter((chat) => isSummary(chat?.system ?? ''));
    expect(summaries[0]?.messages[0]?.text).toContain('They plan a party.');
    expect(summaries[0]?.messages[0]?.text).toContain('Question 0:');
    expect(summaries.every((chat) => chat?.tools.length === 0)).toBe(true);
    const asked =
      requests
        .at(-1)
        ?.messages.map(({ text }) => text)
        .join('\n') ?? '';
    expect(asked).toContain('4,200 €');
    expect(asked).toContain('What was the budget?');
    expect(asked).toContain(`Question ${through / 2}:`);
    expect(asked).not.toContain(`Question ${through / 2 - 1}:`);
  });

  test('is left alone as long as it fits', async () => {
    const run = await startRun('anthropic', { contextWindow: 10_000 });
    const events = await collect(run.start({ messages: [...conversation(6, 1_000), user('And?', 13)] }));
    expect(kinds(events)).toEqual(['text-delta', 'step-end', 'finish']);
  });

  test('is summarised when only the provider knew that it was too long', async () => {
    const run = await startRun('ollama-local');
    let refused = 0;
    run.double.respond(({ system, messages }) => {
      if (isSummary(system)) return [{ text: 'Short.' }];
      if (messages.length > 8) {
        refused++;
        return [{ error: 'context-too-long' }];
      }
      return [{ text: 'Fine.' }];
    });
    const events = await collect(run.start({ messages: [...conversation(9, 1_000), user('And?', 19)] }));
    expect(kinds(events)).toEqual(['compacted', 'text-delta', 'step-end', 'finish']);
    expect(refused).toBe(1);
  });

  test('ends with the reason when nothing can be left out', async () => {
    const run = await startRun('openai', { contextWindow: 10_000 });
    run.double.respond([{ error: 'context-too-long' }]);
    const events = await collect(run.start({ messages: [user('word '.repeat(20_000))] }));
    expect(events).toMatchObject([{ type: 'error', code: 'context_too_long' }]);
    expect(run.double.requests.length).toBeLessThanOrEqual(2);
  });

  test('reports why when it cannot be summarised', async () => {
    const run = await startRun('openai', { contextWindow: 10_000 });
    run.double.respond([{ error: 'quota' }]);
    const events = await collect(run.start({ messages: [...conversation(9, 1_000), user('And?', 19)] }));
    expect(events).toMatchObject([{ type: 'error', code: 'provider_quota' }]);
  });

  test('does not grow without bounds within one run', async () => {
    const run = await startRun('anthropic', { contextWindow: 20_000 });
    let largest = 0;
    run.double.respond(({ raw, tools }) => {
      largest = Math.max(largest, JSON.stringify(raw).length / 4);
      return tools.length > 0
        ? [{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]
        : [{ text: 'Read all of it.' }];
    });
    run.answerCalls(async () => ({ state: 'done', summary: 'Read', output: 'content '.repeat(2_000) }));
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('Read all of it.');
    expect(largest).toBeLessThan(20_000);
  });
});

test('what stays begins with a message of the person and always holds the one being answered', () => {
  const messages = [...conversation(5, 1_000), user('Now', 11)];
  const { older, kept } = splitForCompaction(messages, 10_000);
  expect(kept[0]?.role).toBe('user');
  expect(kept.at(-1)).toMatchObject({ text: 'Now' });
  expect(estimateMessages(kept)).toBeLessThan(3_500);
  expect(older.length + kept.length).toBe(11);
  const huge = splitForCompaction([...messages, user('x'.repeat(400_000), 12)], 10_000);
  expect(huge.kept).toHaveLength(1);
});

test('transcripts keep names of tools and paths, and are cut into pieces that can be read', () => {
  const toolCalls = [
    { toolCallId: '1', name: 'pinchy_read', input: { path: '/data/a.md' }, output: 'x'.repeat(90_000), failed: false },
  ];
  const messages: RuntimeMessage[] = [
    ...conversation(20, 1_000),
    { position: 50, role: 'assistant', text: 'Read it.', toolCalls },
  ];
  const pieces = transcriptPieces(messages, 10_000);
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces) expect(estimateText(piece)).toBeLessThan(6_000);
  expect(pieces.join('')).toContain('/data/a.md');
  for (let turn = 0; turn < 20; turn++) expect(pieces.join('')).toContain(`Answer ${turn}:`);
});

test('results are shortened from the oldest on, never those of the last step', () => {
  const step = (position: number): RuntimeMessage => ({
    position,
    role: 'assistant',
    text: '',
    toolCalls: [
      {
        toolCallId: `c${position}`,
        name: 'pinchy_read',
        input: {},
        output: `${position}`.repeat(8_000),
        failed: false,
      },
    ],
  });
  const lengths = (tokens: number) =>
    elideResults([user('Q'), step(2), step(3), step(4)], tokens).map((message) =>
      message.role === 'user' ? 0 : (message.toolCalls[0]?.output.length ?? 0),
    );
  expect(lengths(1_000)).toEqual([0, expect.closeTo(470, -2), 8_000, 8_000]);
  expect(lengths(100_000)).toEqual([0, expect.closeTo(470, -2), expect.closeTo(470, -2), 8_000]);
});
