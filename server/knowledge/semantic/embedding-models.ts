import type { Client } from 'pg';
import type { Calibration } from './calibration.ts';
import { embeddingVersion } from './passage-vectors.ts';

export interface ModelRow {
  id: number;
  /** Null until the model has answered once. */
  dimensions: number | null;
}

export async function openModelRow(client: Client, model: string): Promise<ModelRow> {
  const { rows } = await client.query<ModelRow>(
    `insert into knowledge_embedding_models (model, version) values ($1, $2)
      on conflict (model, version) do update set problem = knowledge_embedding_models.problem returning id, dimensions`,
    [model, embeddingVersion],
  );
  const [row] = rows;
  if (!row) throw new Error('A row that was just written is not there.');
  return row;
}

export async function storeCalibration(client: Client, id: number, calibration: Calibration): Promise<void> {
  await client.query('update knowledge_embedding_models set dimensions = $2, least_similarity = $3 where id = $1', [
    id,
    calibration.dimensions,
    calibration.leastSimilarity,
  ]);
}

/** Null once it goes on. */
export async function noteProblem(client: Client, id: number, problem: string | null): Promise<void> {
  await client.query(
    'update knowledge_embedding_models set problem = $2 where id = $1 and problem is distinct from $2',
    [id, problem],
  );
}

const removedAtOnce = 10_000;
const cleanedEvery = '10 minutes';

/** From now on this model answers; what others made is removed, in steps that keep nobody waiting. */
export async function completeModel(client: Client, id: number): Promise<void> {
  await client.query(
    'update knowledge_embedding_models set completed_at = coalesce(completed_at, now()), problem = null where id = $1',
    [id],
  );
  for (const table of ['knowledge_vectors', 'knowledge_embeddings']) {
    await repeat(
      client,
      `delete from ${table} where ctid = any(array(select ctid from ${table} where model_id <> $1 limit ${removedAtOnce}))`,
      id,
    );
  }
  await client.query('delete from knowledge_embedding_models where id <> $1', [id]);
  await removeUnused(client, id);
}

/** The vectors of texts that are in no document any more go too, though not at once: the same text often comes back. */
async function removeUnused(client: Client, id: number): Promise<void> {
  const { rowCount } = await client.query(
    `update knowledge_embedding_models set cleaned_at = now()
      where id = $1 and (cleaned_at is null or cleaned_at < now() - interval '${cleanedEvery}')`,
    [id],
  );
  if (rowCount === 0) return;
  await client.query(
    `delete from knowledge_embeddings as embedding where model_id = $1 and not exists (
      select from knowledge_vectors vector where vector.model_id = $1 and vector.digest = embedding.digest)`,
    [id],
  );
}

async function repeat(client: Client, statement: string, id: number): Promise<void> {
  for (;;) if (((await client.query(statement, [id])).rowCount ?? 0) < removedAtOnce) return;
}
