import { streamText, tool } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createRandom } from '../../../testkit/create-random.ts';
import { startModelDouble, type ModelDouble } from '../../../testkit/model-double.ts';
import {
  type Framing,
  type Grammar,
  mutate,
  parseRecording,
  type RecordedEvent,
  writeRecording,
} from '../../../testkit/models/mutations.ts';
import { createLanguageModel } from '../create-model.ts';
import { providerIds, type ProviderId } from '../provider.ts';
import { credentialFor, rootsFor, sampleModels } from '../../../test/provider-roots.ts';

// Real: the adapters and what tidies their streams, over HTTP. The recordings are the doubles', which follow the documented formats.

const answer = 'Grüße aus der Küche: 12 Gläser, 3 Löffel 🦞.';
const input = { path: '/data/ä', limit: 5 };

const pick = <Value>(values: Value[], random: () => number): Value => values[Math.floor(random() * values.length)]!;
const text = ['type', 'text', 'delta', 'content', 'finishReason', 'stop_reason', 'name', 'done'];

const anthropicUnknown = (random: () => number): RecordedEvent[] => {
  const odd = { type: 'memory_block', text: 'not the answer' };
  return pick<RecordedEvent[]>(
    [
      [{ name: 'vertex_event', data: { type: 'vertex_event', usage: { input_tokens: 9 } } }],
      [{ data: { type: 'content_block_delta', index: 0, delta: { type: 'mood_delta', mood: 'good' } } }],
      [{ name: 'ping', data: { type: 'ping', at: 1 } }],
      [
        { data: { type: 'content_block_start', index: 77, content_block: odd } },
        { data: { type: 'content_block_delta', index: 77, delta: { type: 'text_delta', text: 'not the answer' } } },
        { data: { type: 'content_block_stop', index: 77 } },
      ],
    ],
    random,
  );
};
const openAiUnknown = (random: () => number): RecordedEvent[] =>
  pick<RecordedEvent[]>(
    [
      [{ data: { type: 'response.mood.delta', delta: 'good', sequence_number: 4 } }],
      [{ data: { type: 'keepalive' } }],
      [
        { data: { type: 'response.output_item.added', output_index: 77, item: { type: 'memory', id: 'mem_1' } } },
        { data: { type: 'response.output_text.delta', output_index: 77, item_id: 'mem_1', delta: 'not the answer' } },
        { data: { type: 'response.output_item.done', output_index: 77, item: { type: 'memory', id: 'mem_1' } } },
      ],
    ],
    random,
  );
const googleUnknown = (random: () => number): RecordedEvent[] =>
  pick<RecordedEvent[]>(
    [
      [{ data: { modelStatus: { stage: 'GA' } } }],
      [{ data: { candidates: [{ content: { parts: [{ mood: { value: 1 } }], role: 'model' }, index: 0 }] } }],
      [{ data: { candidates: [] } }],
    ],
    random,
  );
const ollamaUnknown = (random: () => number): RecordedEvent[] =>
  pick<RecordedEvent[]>(
    [
      [{ data: { model: 'm', status: 'warming up' } }],
      [{ data: { model: 'm', done: false, message: null } }],
      [{ data: { model: 'm', done: false, message: { role: 'assistant', mood: 1, tool_calls: null } } }],
    ],
    random,
  );

const essential = (...more: string[]): Grammar['essential'] => new Set([...text, ...more]);
const grammars: Record<ProviderId, Grammar & { framing: Framing }> = {
  anthropic: { framing: 'sse', essential: essential('partial_json', 'index'), unknown: anthropicUnknown },
  openai: { framing: 'sse', essential: essential('item_id', 'id', 'call_id', 'output_index'), unknown: openAiUnknown },
  google: { framing: 'sse', essential: essential('thought'), unknown: googleUnknown },
  'ollama-cloud': { framing: 'lines', essential: essential('done_reason'), unknown: ollamaUnknown },
  'ollama-local': { framing: 'lines', essential: essential('done_reason'), unknown: ollamaUnknown },
};

describe.each(providerIds)('%s', (provider) => {
  const { framing, ...grammar } = grammars[provider];
  let double: ModelDouble;
  let recorded: RecordedEvent[];

  const ask = async () => {
    const result = streamText({
      model: createLanguageModel(
        `${provider}/${sampleModels[provider]}`,
        credentialFor(provider, double.url, 'right-key'),
        rootsFor(double.url),
      ),
      prompt: 'Hello',
      maxRetries: 0,
      tools: { pinchy_ls: tool({ inputSchema: z.object({ path: z.string(), limit: z.number() }) }) },
      onError: () => undefined,
    });
    await result.consumeStream();
    const calls = (await result.toolCalls).map((call) => ({ name: call.toolName, input: call.input as unknown }));
    return { text: await result.text, calls, reason: await result.finishReason };
  };
  const expected = { text: answer, calls: [{ name: 'pinchy_ls', input }], reason: 'tool-calls' };

  beforeAll(async () => {
    double = await startModelDouble({ kind: provider });
    double.respond([
      { thinking: 'Let me see.' },
      { text: answer, chunks: 5 },
      { toolCall: { name: 'pinchy_ls', input } },
      { usage: { input: 120, output: 34 } },
    ]);
    expect(await ask()).toEqual(expected);
    const { path, body, headers } = double.requests[0]!;
    const kept = ['authorization', 'x-api-key', 'x-goog-api-key', 'anthropic-version', 'content-type'];
    const response = await fetch(new URL(path, double.url), {
      method: 'POST',
      headers: Object.fromEntries(kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : []))),
      body: JSON.stringify(body),
    });
    recorded = parseRecording(await response.text(), framing);
    expect(recorded.length).toBeGreaterThan(6);
  });
  afterAll(() => double.close());

  test.each(Array.from({ length: 60 }, (_, seed) => seed))('is understood when mutated, seed %i', async (seed) => {
    const random = createRandom(seed * 7_919 + 17);
    // The first numbers of neighbouring seeds are alike.
    for (let skipped = 0; skipped < 5; skipped++) random();
    const body = Buffer.from(writeRecording(mutate(recorded, grammar, random), framing, random));
    const cuts = Array.from({ length: 12 }, () => Math.floor(random() * body.length)).toSorted((a, b) => a - b);
    double.respond([{ recorded: body, cuts }]);
    expect(await ask(), body.toString()).toEqual(expected);
  });
});
