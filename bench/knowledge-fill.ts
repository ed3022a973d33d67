import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { createRandom } from '../testkit/create-random.ts';

const wordsPerPassage = { least: 150, more: 60 };
const passagesPerDocument = 10;
const documentsPerDirectory = 20;

type Random = () => number;

export interface Words {
  choose(by: Random): string;
}

/**
 * English words that nearly every text has, and made-up ones, of which few are common and most are rare, as in any
 * language (Zipf's law).
 */
export async function createWords(): Promise<Words> {
  const { stopwords } = await import('@orama/stopwords/english');
  const random = createRandom(7);
  const pick = (from: string) => from[Math.floor(random() * from.length)] ?? '';
  const syllable = () => pick('bdfghklmnprstvwz') + pick('aeiou') + (random() < 0.4 ? pick('lnrst') : '');
  const common = stopwords.filter((word: string) => /^[a-z]+$/.test(word)).slice(0, 120);
  const rare = Array.from({ length: 120_000 }, (_, index) =>
    Array.from({ length: 2 + Math.floor(random() * (index < 200 ? 2 : 4)) }, syllable).join(''),
  );
  const words = [...common, ...rare];
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= words.length; rank += 1) sums.push((sum += 1 / rank));
  return {
    choose(by) {
      const at = by() * sum;
      let [low, high] = [0, sums.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sums[middle] ?? 0) < at) low = middle + 1;
        else high = middle;
      }
      return words[low] ?? '';
    },
  };
}

/** So many passages in text files below `first`. */
export async function writeDocuments(dataRoot: string, words: Words, passages: number): Promise<void> {
  const random = createRandom(3);
  const documents = Math.round(passages / passagesPerDocument);
  for (let index = 0; index < documents; index += 1) {
    const directory = join(dataRoot, 'first', String(Math.floor(index / documentsPerDirectory)));
    if (index % documentsPerDirectory === 0) await mkdir(directory, { recursive: true });
    const paragraphs = Array.from({ length: passagesPerDocument }, () =>
      Array.from({ length: wordsPerPassage.least + Math.floor(random() * wordsPerPassage.more) }, () =>
        words.choose(random),
      ).join(' '),
    );
    await writeFile(join(directory, `document ${index}.txt`), paragraphs.join('\n\n'));
  }
}

/** What is copied anew is no part of what is measured: nothing of it has to survive. */
export async function prepareCopies(client: Client): Promise<void> {
  // What refers to a table goes before it.
  for (const table of ['knowledge_vectors', 'knowledge_passages', 'knowledge_postings']) {
    await client.query(`alter table ${table} set unlogged`);
  }
  // Blocks are joined to others later.
  for (const part of ['blocks', 'postings', 'documents', 'passages']) {
    await client.query(`create table bench_${part} as table knowledge_${part}`);
  }
}

/**
 * Adds copies of what was indexed from files, with these numbers. Of all documents a hundredth goes to `few`, from every
 * block, which is the hardest case: no block can be left out. The others go to `more`. Every text is another one, and every
 * document has a file, as a search opens what it shows.
 */
export async function addCopies(client: Client, dataRoot: string, copies: { from: number; to: number }): Promise<void> {
  const numbers = `generate_series(${copies.from}, ${copies.to}) as copy_number`;
  await client.query('begin');
  await client.query(`create temporary table copied on commit drop as
    select id, nextval(pg_get_serial_sequence('knowledge_blocks', 'id'))::int as copy, copy_number
    from bench_blocks, ${numbers}`);
  await client.query(`insert into knowledge_blocks (id, version, language, passages, buckets, lengths) overriding system value
    select copy, version, language, passages, buckets, lengths from bench_blocks join copied using (id)`);
  await client.query(`insert into knowledge_postings select copy, bucket, postings
    from copied join bench_postings on block_id = copied.id order by copy, bucket`);
  await client.query(`create temporary table twins on commit drop as
    select document.id, copy, copy_number, case when document.id % 100 = copy_number % 100 then 'few' else 'more' end as top,
      nextval(pg_get_serial_sequence('knowledge_documents', 'id')) as twin
    from bench_documents document join copied on copied.id = block_id`);
  await client.query(`insert into knowledge_directories (path, indexed_at)
    select distinct '/data/' || top || '/' || copy_number, now() from twins`);
  await client.query(`insert into knowledge_documents (id, directory_id, name, size, modified, file, digest, language, state,
      block_id, first_passage, passages, words, grams, indexed_at) overriding system value
    select twin, directory.id, name, size, modified, file || ' ' || twin, md5(twin::text), language, state, copy, first_passage,
      passages, words, grams, document.indexed_at
    from twins join bench_documents document using (id)
      join knowledge_directories directory on directory.path = '/data/' || top || '/' || copy_number`);
  await client.query(`insert into knowledge_passages select twin, number, place, heading, copy_number || ': ' || content
    from twins join bench_passages on document_id = twins.id order by twin, number`);
  const { rows } = await client.query<{ path: string; name: string }>(
    `select '/' || top || '/' || copy_number as path, name from twins join knowledge_documents document on document.id = twin`,
  );
  await client.query('commit');
  for (const path of new Set(rows.map((row) => row.path))) await mkdir(join(dataRoot, path), { recursive: true });
  for (let start = 0; start < rows.length; start += 64) {
    await Promise.all(
      rows.slice(start, start + 64).map(({ path, name }) => writeFile(join(dataRoot, path, name), 'x')),
    );
  }
}
