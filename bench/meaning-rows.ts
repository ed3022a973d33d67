import type { Client } from 'pg';
import { packVector } from '../server/knowledge/semantic/vector-codec.ts';
import { createRandom } from '../testkit/create-random.ts';

const passagesPerDocument = 10;
const documentsPerDirectory = 20;
const passagesPerBlock = 4_000;

/** A hundredth of the documents in `few`, the others in `more`; signs and vectors are random. */
export async function makeVectorRows(
  client: Client,
  { passages, dimensions, model }: { passages: number; dimensions: number; model: string },
): Promise<void> {
  const directories = Math.ceil(passages / passagesPerDocument / documentsPerDirectory);
  await client.query('set session_replication_role = replica');
  await client.query(`insert into knowledge_directories (path, indexed_at)
    select '/data/' || case when number % 100 = 0 then 'few' else 'more' end || '/' || number, now()
    from generate_series(1, ${directories}) as number`);
  await client.query(`insert into knowledge_blocks (version, language, passages, buckets, lengths)
    select 1, 'en', ${passagesPerBlock}, 1, '' from generate_series(1, ${Math.ceil(passages / passagesPerBlock)})`);
  await client.query(`insert into knowledge_documents (directory_id, name, size, modified, file, state, block_id, first_passage, passages)
    select 1 + number / ${documentsPerDirectory}, 'document ' || number, 1, 1, number, 'indexed',
      1 + number * ${passagesPerDocument} / ${passagesPerBlock}, number * ${passagesPerDocument} % ${passagesPerBlock},
      ${passagesPerDocument}
    from generate_series(0, ${passages / passagesPerDocument - 1}) as number`);
  await client.query(`insert into knowledge_passages (document_id, number, place, heading, content)
    select document.id, number, 'line 1', '', 'passage'
    from knowledge_documents document, generate_series(0, ${passagesPerDocument - 1}) as number`);
  await client.query(`insert into knowledge_embedding_models (model, version, dimensions, least_similarity, completed_at)
    values ('${model}', 1, ${dimensions}, -1, now())`);
  const random = createRandom(5);
  const vectors = Array.from({ length: 200 }, () =>
    packVector(Float32Array.from({ length: dimensions }, () => (random() - 0.5) / 16)),
  );
  await client.query(
    `insert into knowledge_embeddings select 1, sha256(convert_to(document_id || ' ' || number, 'UTF8')),
      ($1::bytea[])[1 + (document_id * 7 + number) % ${vectors.length}] from knowledge_passages`,
    [vectors],
  );
  const signs = Array.from({ length: dimensions / 128 }, () => `('x' || md5(random()::text))::bit(128)`).join(' || ');
  await client.query(`insert into knowledge_vectors (document_id, number, model_id, digest, bits)
    select document_id, number, 1, sha256(convert_to(document_id || ' ' || number, 'UTF8')), ${signs}
    from knowledge_passages`);
  await client.query('vacuum analyze');
  await client.query('checkpoint');
}
