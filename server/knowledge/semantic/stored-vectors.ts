import { sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { isAsked, mayBeSeen, type Scope } from '../search/search.queries.ts';

export interface AnsweringModel extends Record<string, unknown> {
  id: number;
  model: string;
  dimensions: number;
  leastSimilarity: number;
}

/** The latest model that has been through all passages once. */
export async function findAnsweringModel(executor: Executor): Promise<AnsweringModel | undefined> {
  const { rows } = await executor.execute<AnsweringModel>(sql`
    select id, model, dimensions, least_similarity as "leastSimilarity" from knowledge_embedding_models
    where completed_at is not null and dimensions is not null order by completed_at desc, id desc limit 1`);
  return rows[0];
}

export interface NearPassage extends Record<string, unknown> {
  document_id: string;
  number: number;
  vector: Buffer;
}

/** Beyond this share of all directories it costs less to go through all signs than to look each passage's up. */
const wide = 1 / 3;

/** Of the passages that may be seen, those whose signs differ least from a query's, in no order. */
export async function findNearest(
  executor: Executor,
  scope: Scope,
  { modelId, bits, limit }: { modelId: number; bits: string; limit: number },
): Promise<NearPassage[]> {
  // A sum cannot be looked up in an index, so the planner, which takes scopes for small, goes through all rows once.
  const documentId =
    (await visibleShare(executor, scope)) > wide ? sql`vector.document_id + 0` : sql`vector.document_id`;
  const { rows } = await executor.execute<NearPassage>(sql`
    with nearest as materialized (
      select vector.document_id, vector.number, vector.digest
      from knowledge_vectors vector
        join knowledge_documents document on document.id = ${documentId}
        join knowledge_directories directory on directory.id = document.directory_id
      where vector.model_id = ${modelId}::int and vector.bits is not null and document.block_id is not null
        and vector.number < document.passages and ${mayBeSeen(scope)} and ${isAsked(scope)}
      order by bit_count(vector.bits # ${bits}::varbit) limit ${limit}
    )
    select nearest.document_id, nearest.number, embedding.vector
    from nearest join knowledge_embeddings embedding
      on embedding.model_id = ${modelId}::int and embedding.digest = nearest.digest`);
  return rows;
}

async function visibleShare(executor: Executor, scope: Scope): Promise<number> {
  if (scope.within !== undefined) return 0;
  const { rows } = await executor.execute<{ share: number }>(sql`
    select count(*) filter (where ${mayBeSeen(scope)})::float8 / greatest(1, count(*)) as share
    from knowledge_directories directory`);
  return rows[0]?.share ?? 0;
}

/** Takes every vector away at once. */
export async function removeAllVectors(tx: Transaction): Promise<void> {
  await tx.execute(sql`truncate knowledge_vectors, knowledge_embeddings, knowledge_embedding_models`);
}

export interface EmbeddingProgress {
  /** Of all documents. */
  passages: number;
  embedded: number;
  /** Of those that are embedded, the ones whose text the model would not take. */
  refused: number;
  problem: string | null;
}

/** How far a model is; of one that was chosen this moment nothing is known yet. */
export async function findProgress(
  executor: Executor,
  { model, version }: { model: string; version: number },
): Promise<EmbeddingProgress> {
  const { rows } = await executor.execute<EmbeddingProgress & Record<string, unknown>>(sql`
    with chosen as (select id, problem from knowledge_embedding_models where model = ${model} and version = ${version})
    select (select coalesce(sum(passages), 0)::int from knowledge_documents) as passages,
      count(vector.model_id)::int as embedded, count(vector.model_id) filter (where vector.bits is null)::int as refused,
      (select problem from chosen) as problem
    from knowledge_vectors vector where model_id = (select id from chosen)`);
  return rows[0] ?? { passages: 0, embedded: 0, refused: 0, problem: null };
}
