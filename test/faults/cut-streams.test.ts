import { afterEach, expect, test } from 'vitest';
import { providerIds } from '../../server/providers/provider.ts';
import { closeDoubles, collect, startRun, textsOf } from '../native-run.ts';

// Real: the built-in runtime, the AI SDK and its parsers. Doubled: the provider, which breaks its connection after each
// possible number of bytes of an answer.

afterEach(closeDoubles);

const text = 'Größe: 3 Äpfel.';
const script = [{ text, chunks: 2 }, { usage: { input: 3, output: 2 } }];
const maxAnswerLength = 20_000;

/** Runs at once, each with its own number of bytes. */
const batch = 10;

test.each(providerIds)(
  'a stream of %s that is cut at any byte ends the answer in words, and never as if it were whole',
  async (provider) => {
    const { double, start } = await startRun(provider, { retry: { tries: 1 } });
    let failed = 0;
    let finished = 0;

    async function runCut(): Promise<void> {
      const events = await collect(start());
      const said = textsOf(events);
      const last = events.at(-1);
      expect(text.startsWith(said.replace('\uFFFD', '')), said).toBe(true);
      if (last?.type === 'finish') {
        expect(said).toBe(text);
        finished += 1;
      } else {
        expect(last).toMatchObject({ type: 'error', code: 'provider_unavailable', retryable: true });
        failed += 1;
      }
    }

    // From some number of bytes on nothing that counts is cut any more.
    for (let bytes = 1, isCut = true; isCut && bytes < maxAnswerLength; bytes += batch) {
      const before = failed;
      for (let more = 0; more < batch; more++) double.respondNext([{ dropAfterBytes: bytes + more }, ...script]);
      await Promise.all(Array.from({ length: batch }, runCut));
      isCut = failed > before;
    }
    expect(failed).toBeGreaterThan(100);
    expect(finished).toBeGreaterThan(0);
  },
  60_000,
);
