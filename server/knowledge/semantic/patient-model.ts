import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddingModel, Embedded } from '../../providers/embeddings/create-embedding-model.ts';
import { ProviderError } from '../../providers/provider-error.ts';

export interface Patience {
  /** Waits before trying again, in milliseconds; after the last one the provider's reason stands. */
  triesAfterMs: number[];
  /** A provider may ask for a longer wait, up to this. */
  maxWaitMs: number;
  requestMs: number;
  /** A pause after each request, as a share of how long it took: others use the same provider. */
  pause: number;
}

const usualPatience: Patience = {
  triesAfterMs: [1_000, 5_000, 20_000],
  maxWaitMs: 60_000,
  requestMs: 120_000,
  pause: 0.25,
};
/** A machine of one's own has one model after the other do its work, so chats get more of it. */
const ownMachinePause = 0.5;
/** So many texts in a row that a model refuses are a fault of the model, not of the texts. */
const maxRefusedInARow = 10;

export interface PatientModel extends EmbeddingModel {
  /** Undefined for a text that the model refuses by itself. @throws ProviderError when it takes none */
  embedEach(texts: string[]): Promise<{ vectors: (Float32Array | undefined)[]; tokens: number }>;
}

/** A model for work that nobody waits for: it tries again, goes easy on the provider and finds what a refusal is about. */
export function createPatientModel(
  model: EmbeddingModel,
  { beforeRequest, ...options }: { beforeRequest(): Promise<void>; patience?: Partial<Patience> | undefined },
): PatientModel {
  const patience = {
    ...usualPatience,
    ...(model.provider === 'ollama-local' && { pause: ownMachinePause }),
    ...options.patience,
  };
  let refusedInARow = 0;

  async function embed(...[texts, use, signal]: Parameters<EmbeddingModel['embed']>): Promise<Embedded> {
    for (let tries = 0; ; tries += 1) {
      await beforeRequest();
      const start = performance.now();
      try {
        const answer = await model.embed(
          texts,
          use,
          AbortSignal.any([signal, AbortSignal.timeout(patience.requestMs)]),
        );
        await sleep((performance.now() - start) * patience.pause);
        return answer;
      } catch (error) {
        const wait = patience.triesAfterMs[tries];
        if (!(error instanceof ProviderError) || !error.isRetryable || wait === undefined) throw error;
        await sleep(Math.min(Math.max(wait, error.retryAfterMs ?? 0), patience.maxWaitMs), undefined, { signal });
      }
    }
  }

  async function embedEach(texts: string[]): Promise<{ vectors: (Float32Array | undefined)[]; tokens: number }> {
    try {
      const answer = await embed(texts, 'document', new AbortController().signal);
      refusedInARow = 0;
      return answer;
    } catch (error) {
      if (!isAboutTexts(error)) throw error;
      if (texts.length === 1) {
        refusedInARow += 1;
        if (refusedInARow >= maxRefusedInARow) throw error;
        return { vectors: [undefined], tokens: 0 };
      }
    }
    const middle = Math.ceil(texts.length / 2);
    const first = await embedEach(texts.slice(0, middle));
    const second = await embedEach(texts.slice(middle));
    return { vectors: [...first.vectors, ...second.vectors], tokens: first.tokens + second.tokens };
  }

  return { provider: model.provider, embed, embedEach };
}

const isAboutTexts = (error: unknown): boolean =>
  error instanceof ProviderError && (error.code === 'context_too_long' || error.code === 'internal');
