import type { Database } from '../../db/client.ts';
import type { Logger } from '../../platform/logger.ts';
import type { EmbeddingModel } from '../../providers/embeddings/create-embedding-model.ts';
import type { Scope } from '../search/search.queries.ts';
import { createQueryVectors, type QueryVectorLimits } from './query-vectors.ts';
import { type AnsweringModel, findAnsweringModel, findNearest } from './stored-vectors.ts';
import { signBits, similarity, unpackVector } from './vector-codec.ts';

/** A passage by its document, which it keeps whatever becomes of the blocks of the index. */
export interface NearestPassage {
  documentId: string;
  number: number;
  /** Cosine. */
  similarity: number;
}

/** Finds passages by what they mean. */
export interface SemanticSearch {
  /**
   * The passages that are nearest to a query, nearest first; undefined where the ranking by text answers alone: while it is
   * switched off or not ready, when its provider is gone or does not answer in time. Never throws.
   */
  rank(
    request: { query: string; signal?: AbortSignal | undefined },
    scope: Scope,
  ): Promise<NearestPassage[] | undefined>;
  stop(): void;
}

/** So many passages are compared in full; they were chosen by signs alone, which put the best a little too low. */
const compared = 240;
/** What is further down adds nothing to a ranking of which twenty are shown. */
const maxRanked = 100;

export function createSemanticSearch(options: {
  db: Database;
  /** Whether an admin has switched it on. */
  isOn(): Promise<boolean>;
  /** Undefined when its provider is not connected any more. */
  openModel(fullModelId: string): Promise<EmbeddingModel | undefined>;
  recordUsage(fullModelId: string, tokens: number): Promise<void>;
  log: Logger;
  limits?: Partial<QueryVectorLimits> | undefined;
}): SemanticSearch {
  const { db, log } = options;
  const names = new Map<number, string>();
  const vectors = createQueryVectors({
    limits: options.limits,
    onEmbedded(modelId, tokens) {
      options
        .recordUsage(names.get(modelId) ?? '', tokens)
        .catch((error: unknown) => log.warn({ error }, 'usage of a search was not recorded'));
    },
    onFailure: (error) => log.warn({ reason: reasonOf(error) }, 'searching goes on by text alone'),
  });

  async function queryVector(query: string, answering: AnsweringModel, signal: AbortSignal | undefined) {
    const model = await options.openModel(answering.model);
    if (!model) return undefined;
    names.set(answering.id, answering.model);
    const vector = await vectors.find({ modelId: answering.id, query, open: () => model, signal });
    if (vector && vector.length !== answering.dimensions) {
      log.warn({ model: answering.model }, 'a model answers vectors of another size than before: it was replaced');
      return undefined;
    }
    return vector;
  }

  return {
    async rank({ query, signal }, scope) {
      try {
        if (!(await options.isOn())) return undefined;
        const answering = await findAnsweringModel(db);
        const vector = answering && (await queryVector(query, answering, signal));
        if (!answering || !vector) return undefined;
        const near = await findNearest(db, scope, { modelId: answering.id, bits: signBits(vector), limit: compared });
        return near
          .map(({ document_id: documentId, number, vector: bytes }): NearestPassage => {
            return { documentId, number, similarity: similarity(vector, unpackVector(bytes)) };
          })
          .filter((one) => one.similarity >= answering.leastSimilarity)
          .sort(byNearness)
          .slice(0, maxRanked);
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'searching goes on by text alone');
        return undefined;
      }
    },
    stop: () => vectors.stop(),
  };
}

const byNearness = (a: NearestPassage, b: NearestPassage): number =>
  b.similarity - a.similarity || Number(a.documentId) - Number(b.documentId) || a.number - b.number;

/** A provider's error may carry the query in its cause: only its sentence goes into the log. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
