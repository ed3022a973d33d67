import { setTimeout as sleep } from 'node:timers/promises';
import { experimental_streamLanguageModelCall as streamLanguageModelCall } from 'ai';
import { describe, expect, onTestFinished, test } from 'vitest';
import { credentialFor, rootsFor, sampleModels } from '../../../test/provider-roots.ts';
import { type ModelDouble, type Script, startModelDouble } from '../../../testkit/model-double.ts';
import { createLanguageModel } from '../create-model.ts';
import { providerIds, type ProviderId } from '../provider.ts';
import type { GiveWay } from './read-text.ts';

// Real: the adapters and how their streams are read, over HTTP. Doubled: the services.

const words = Array.from({ length: 60 }, (_, number) => `word ${number}, `);
const hasThinking: readonly ProviderId[] = ['anthropic', 'google', 'ollama-cloud', 'ollama-local'];

async function startDouble(provider: ProviderId, script: Script): Promise<ModelDouble> {
  const double = await startModelDouble({ kind: provider });
  onTestFinished(() => double.close());
  double.respond(script);
  return double;
}

/** Asks, and gathers the parts of the answer as they come. */
async function ask(provider: ProviderId, double: ModelDouble, giveWay?: GiveWay) {
  const model = createLanguageModel(
    `${provider}/${sampleModels[provider]}`,
    credentialFor(provider, double.url, 'key'),
    rootsFor(double.url),
    { giveWay },
  );
  const { stream } = await streamLanguageModelCall({ model, prompt: 'Hello', _internal: { collectContent: false } });
  const parts: { type: string; text: string }[] = [];
  const ended = (async () => {
    for await (const part of stream) {
      if (part.type === 'error') throw part.error;
      if ((part.type === 'text-delta' || part.type === 'reasoning-delta') && part.text !== '')
        parts.push({ type: part.type, text: part.text });
    }
  })();
  return { parts, ended };
}

const textOf = (parts: { type: string; text: string }[], type = 'text-delta') =>
  parts.map((part) => (part.type === type ? part.text : '')).join('');

describe.each(providerIds)('%s', (provider) => {
  test('what came together of a text is handed on as one piece', async () => {
    const thoughts: Script = hasThinking.includes(provider) ? [{ thinking: 'Let me see. It is so.', chunks: 9 }] : [];
    const live = await startDouble(provider, [...thoughts, { text: words.join(''), chunks: 60 }]);
    const piecewise = await ask(provider, live);
    await piecewise.ended;
    const { path, body, headers } = live.requests[0]!;
    const kept = ['authorization', 'x-api-key', 'x-goog-api-key', 'anthropic-version', 'content-type'];
    const whole = await fetch(new URL(path, live.url), {
      method: 'POST',
      headers: Object.fromEntries(kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : []))),
      body: JSON.stringify(body),
    });
    const { parts, ended } = await ask(provider, await startDouble(provider, [{ recorded: await whole.text() }]));
    await ended;
    expect(parts).toEqual([
      ...(thoughts.length > 0 ? [{ type: 'reasoning-delta', text: 'Let me see. It is so.' }] : []),
      { type: 'text-delta', text: words.join('') },
    ]);
    expect(textOf(piecewise.parts)).toBe(words.join(''));
  });

  test('first words come at once, and what gathers while more has to wait comes as one piece', async () => {
    let isWritten = false;
    const end = {
      get text() {
        isWritten = true;
        return 'the end.';
      },
    };
    const double = await startDouble(provider, [...words.flatMap((text) => [{ text }, { wait: 3 }]), end]);
    const turn = Promise.withResolvers<void>();
    let asked = 0;
    const { parts, ended } = await ask(provider, double, () => {
      asked += 1;
      return turn.promise;
    });
    await expect.poll(() => asked, { interval: 2 }).toBe(1);
    const before = textOf(parts);
    expect(words.join('').startsWith(before) && before !== '').toBe(true);
    await expect.poll(() => isWritten).toBe(true);
    await sleep(50);
    expect(textOf(parts)).toBe(before);
    const piecesBefore = parts.length;
    turn.resolve();
    await ended;
    expect(textOf(parts)).toBe(`${words.join('')}the end.`);
    expect(parts.length - piecesBefore).toBeLessThan(10);
  });
});
