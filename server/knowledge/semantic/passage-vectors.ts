import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { nobodyId } from '../../../contract/nobody.ts';
import { packVector, signBits, unpackVector } from './vector-codec.ts';

/** Of how a passage is given to a model: another one makes vectors anew. */
export const embeddingVersion = 1;

export interface MissingPassage {
  documentId: string;
  number: number;
  text: string;
  digest: Buffer;
}

export interface Position {
  documentId: string;
  number: number;
}

/** The next passages without a vector of this model, in order. */
export async function findMissing(
  client: Client,
  modelId: number,
  after: Position,
  limit: number,
): Promise<MissingPassage[]> {
  const { rows } = await client.query<{ document_id: string; number: number; text: string }>(
    `select passage.document_id, passage.number, passage.heading || E'\\n' || passage.content as text
      from knowledge_passages passage
      where (passage.document_id, passage.number) > ($2::bigint, $3::int) and not exists (
        select from knowledge_vectors vector where vector.document_id = passage.document_id
          and vector.number = passage.number and vector.model_id = $1)
      order by passage.document_id, passage.number limit $4`,
    [modelId, after.documentId, after.number, limit],
  );
  return rows.map(({ document_id: documentId, number, text }) => ({
    documentId,
    number,
    text,
    digest: digestOf(text),
  }));
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Vectors of texts that were embedded before, such as of a document that was read anew, by their digests in hexadecimal. */
export async function findKnownVectors(
  client: Client,
  modelId: number,
  digests: Buffer[],
): Promise<Map<string, Float32Array>> {
  const { rows } = await client.query<{ digest: Buffer; vector: Buffer }>(
    'select digest, vector from knowledge_embeddings where model_id = $1 and digest = any($2::bytea[])',
    [modelId, digests],
  );
  return new Map(rows.map(({ digest, vector }) => [digest.toString('hex'), unpackVector(vector)]));
}

export interface PassageVector extends Omit<MissingPassage, 'text'> {
  /** Undefined where the model refused the text. */
  vector: Float32Array | undefined;
}

export interface EmbeddingUsage {
  model: string;
  tokens: number;
  /** US dollars; null when no price is known. */
  cost: number | null;
}

/** Stores vectors and what they cost, together. What changed since it was read is left for the next time. */
export async function storeVectors(
  client: Client,
  modelId: number,
  passages: PassageVector[],
  usage: EmbeddingUsage | undefined,
): Promise<void> {
  const withVector = passages.filter((passage) => passage.vector !== undefined);
  await client.query('begin');
  await client.query(
    `insert into knowledge_embeddings (model_id, digest, vector)
      select $1, digest, vector from unnest($2::bytea[], $3::bytea[]) as added(digest, vector)
      order by digest on conflict do nothing`,
    [modelId, withVector.map(({ digest }) => digest), withVector.map(({ vector }) => vector && packVector(vector))],
  );
  await client.query(
    `insert into knowledge_vectors (document_id, number, model_id, digest, bits)
      select passage.document_id, passage.number, $1, added.digest, added.bits::varbit
      from unnest($2::bigint[], $3::int[], $4::bytea[], $5::text[]) as added(document_id, number, digest, bits)
        join knowledge_passages passage on passage.document_id = added.document_id and passage.number = added.number
      where sha256(convert_to(passage.heading || E'\\n' || passage.content, 'UTF8')) = added.digest
      order by 1, 2 on conflict do nothing`,
    [
      modelId,
      passages.map(({ documentId }) => documentId),
      passages.map(({ number }) => number),
      passages.map(({ digest }) => digest),
      passages.map(({ vector }) => vector && signBits(vector)),
    ],
  );
  if (usage) await recordUsage(client, usage);
  await client.query('commit');
}

export async function recordUsage(client: Client, { model, tokens, cost }: EmbeddingUsage): Promise<void> {
  await client.query(
    `insert into usage_records (agent_id, user_id, source, model, input_tokens, output_tokens, cache_read_tokens,
        cache_write_tokens, cost) values ($1, $1, 'system', $2, $3, 0, 0, 0, $4)`,
    [nobodyId, model, tokens, cost],
  );
}
