import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { EmbeddingModel } from '../../providers/embeddings/create-embedding-model.ts';

export interface QueryVectors {
  /** Undefined when the model does not answer in time. Never throws. */
  find(request: {
    modelId: number;
    query: string;
    open(): EmbeddingModel;
    signal?: AbortSignal | undefined;
  }): Promise<Float32Array | undefined>;
  stop(): void;
}

export interface QueryVectorLimits {
  /** So long a search waits for the vector of its query, in milliseconds. */
  waitMs: number;
  /** So long the request itself goes on, so that a model that has to be loaded first serves the next search. */
  requestMs: number;
  /** After a failure nothing is asked for so long. */
  restMs: number;
}

const usualLimits: QueryVectorLimits = { waitMs: 1_000, requestMs: 30_000, restMs: 15_000 };
const cachedQueries = 1_000;

/** Turns queries into vectors, within limits that a search can bear. */
export function createQueryVectors(options: {
  /** Called with what the provider counted. */
  onEmbedded(modelId: number, tokens: number): void;
  onFailure(error: unknown): void;
  limits?: Partial<QueryVectorLimits> | undefined;
}): QueryVectors {
  const limits = { ...usualLimits, ...options.limits };
  const known = new LRUCache<string, Float32Array>({ max: cachedQueries });
  const pending = new Map<string, Promise<Float32Array | undefined>>();
  const stopping = new AbortController();
  let restUntil = 0;

  async function request(key: string, modelId: number, query: string, open: () => EmbeddingModel) {
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(limits.requestMs)]);
      const { vectors, tokens } = await open().embed([query], 'query', signal);
      const [vector] = vectors;
      if (vector) known.set(key, vector);
      options.onEmbedded(modelId, tokens);
      return vector;
    } catch (error) {
      restUntil = performance.now() + limits.restMs;
      if (!stopping.signal.aborted) options.onFailure(error);
      return undefined;
    }
  }

  return {
    async find({ modelId, query, open, signal }) {
      const key = `${modelId} ${query}`;
      const vector = known.get(key);
      if (vector) return vector;
      let asked = pending.get(key);
      if (!asked) {
        if (performance.now() < restUntil || stopping.signal.aborted) return undefined;
        asked = request(key, modelId, query, open).finally(() => pending.delete(key));
        pending.set(key, asked);
      }
      const waiting = new AbortController();
      const gone = signal ? AbortSignal.any([signal, waiting.signal]) : waiting.signal;
      const late = sleep(limits.waitMs, 'late' as const, { signal: gone, ref: false }).catch(() => 'late' as const);
      const first = await Promise.race([asked, late]).finally(() => waiting.abort());
      if (first !== 'late') return first;
      // Those who ask next do not wait for it, too.
      if (!signal?.aborted) restUntil = Math.max(restUntil, performance.now() + limits.restMs);
      return undefined;
    },
    stop: () => stopping.abort(),
  };
}
