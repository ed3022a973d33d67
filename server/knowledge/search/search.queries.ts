import { type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import type { Ranked } from './best-passages.ts';

/** What may be seen: directories with all that lies in them, of which a file or directory may be chosen. */
export interface Scope {
  /** Real virtual paths. */
  directories: string[];
  /** Only what lies at or below this path, or this file. */
  within: { path: string; isFile: boolean } | undefined;
}

const isIn = (path: SQL, directory: SQL): SQL =>
  sql`(${path} = ${directory} or starts_with(${path}, ${directory} || '/'))`;

/** The one condition that decides what a search may see: of `directory`, as the tables are joined everywhere here. */
export function mayBeSeen({ directories }: Scope): SQL {
  const granted = sql`unnest(${sql.param(directories)}::text[]) as granted(path)`;
  return sql`exists (select from ${granted} where ${isIn(sql`directory.path`, sql`granted.path`)})`;
}

export const isAsked = ({ within }: Scope): SQL => {
  if (within === undefined) return sql`true`;
  if (within.isFile) return sql`directory.path || '/' || document.name = ${within.path}`;
  return isIn(sql`directory.path`, sql`${within.path}::text`);
};

/** A block that holds something that may be seen, and how much of it that is. */
export interface BlockRow extends Record<string, unknown> {
  id: number;
  language: string;
  passages: number;
  buckets: number;
  seen: number;
  words: string;
  grams: string;
}

export async function findBlocks(tx: Transaction, scope: Scope): Promise<BlockRow[]> {
  // What lies in a directory is added up already; of a single file it is not.
  const counted = scope.within?.isFile ? sql`knowledge_documents` : sql`knowledge_statistics`;
  const { rows } = await tx.execute<BlockRow>(sql`
    with visible as (
      select document.block_id, sum(document.passages)::int as seen, sum(document.words) as words, sum(document.grams) as grams
      from knowledge_directories directory join ${counted} document on document.directory_id = directory.id
      where ${mayBeSeen(scope)} and ${isAsked(scope)} and document.block_id is not null and document.passages > 0
      group by document.block_id
    )
    select block.id, block.language, block.passages, block.buckets, seen, words, grams
    from visible join knowledge_blocks block on block.id = visible.block_id order by block.id`);
  return rows;
}

export interface VisibleRow extends Record<string, unknown> {
  block_id: number;
  /** Of each document that may be seen: its first passage in the block, and how many it has. */
  firsts: number[];
  counts: number[];
}

/** What may be seen of blocks that are not all of it. */
export async function findVisiblePassages(tx: Transaction, scope: Scope, blockIds: number[]): Promise<VisibleRow[]> {
  const { rows } = await tx.execute<VisibleRow>(sql`
    with visible as materialized (
      select document.block_id, document.first_passage, document.passages
      from knowledge_directories directory join knowledge_documents document on document.directory_id = directory.id
      where ${mayBeSeen(scope)} and ${isAsked(scope)} and document.passages > 0
    )
    select block_id, array_agg(first_passage) as firsts, array_agg(passages) as counts
    from visible where block_id = any(${sql.param(blockIds)}::int[]) group by block_id`);
  return rows;
}

export async function findLengths(tx: Transaction, blockIds: number[]): Promise<{ id: number; lengths: Buffer }[]> {
  const { rows } = await tx.execute<{ id: number; lengths: Buffer }>(
    sql`select id, lengths from knowledge_blocks where id = any(${sql.param(blockIds)}::int[])`,
  );
  return rows;
}

export interface BucketRow {
  blockId: number;
  postings: Buffer;
}

/** In Base64, as otherwise bytes come in hexadecimal digits, which take half as much room again. */
export async function findBuckets(tx: Transaction, blockIds: number[], buckets: number[]): Promise<BucketRow[]> {
  const { rows } = await tx.execute<{ block_id: number; postings: string }>(sql`
    select block_id, encode(postings, 'base64') as postings from knowledge_postings
    where block_id = any(${sql.param(blockIds)}::int[]) and bucket = any(${sql.param(buckets)}::int[])`);
  return rows.map((row) => ({ blockId: row.block_id, postings: Buffer.from(row.postings, 'base64') }));
}

/** Where passages of documents stand in blocks at this moment; those of documents that were read anew meanwhile may be gone. */
export async function findInBlocks(
  tx: Transaction,
  passages: { documentId: string; number: number }[],
): Promise<Pick<Ranked, 'blockId' | 'passage'>[]> {
  const { rows } = await tx.execute<{ block_id: number; passage: number }>(sql`
    select document.block_id, document.first_passage + near.number as passage
    from unnest(${sql.param(passages.map((one) => one.documentId))}::bigint[],
      ${sql.param(passages.map((one) => one.number))}::int[]) with ordinality as near(document_id, number, place)
    join knowledge_documents document on document.id = near.document_id
    where document.block_id is not null and near.number < document.passages order by near.place`);
  return rows.map((row) => ({ blockId: row.block_id, passage: row.passage }));
}

export interface NotSearched {
  /** Documents that are known and not indexed yet. */
  pending: number;
  unreadable: number;
}

export async function countNotSearched(tx: Transaction, scope: Scope): Promise<NotSearched> {
  const { rows } = await tx.execute<{ pending: number; unreadable: number }>(sql`
    select count(*) filter (where document.state = 'pending')::int as pending,
      count(*) filter (where document.state = 'unreadable')::int as unreadable
    from knowledge_directories directory join knowledge_documents document on document.directory_id = directory.id
    where document.state <> 'indexed' and ${mayBeSeen(scope)} and ${isAsked(scope)}`);
  return { pending: rows[0]?.pending ?? 0, unreadable: rows[0]?.unreadable ?? 0 };
}

export interface PassageRow extends Record<string, unknown> {
  directory: string;
  name: string;
  place: string;
  heading: string;
  content: string;
  score: number;
  /** Another edition of the same document in the same directory is later. */
  is_superseded: boolean;
}

/** The passages themselves, once more only those that may be seen. */
export async function findPassages(executor: Executor, scope: Scope, ranked: Ranked[]): Promise<PassageRow[]> {
  const { rows } = await executor.execute<PassageRow>(sql`
    select directory.path as directory, document.name, passage.place, passage.heading, passage.content, ranked.score,
      exists (select from knowledge_documents later where later.directory_id = document.directory_id
        and later.series = document.series and later.edition > document.edition collate "C"
        and later.state <> 'unreadable') as is_superseded
    from unnest(${sql.param(ranked.map((one) => one.blockId))}::int[],
      ${sql.param(ranked.map((one) => one.passage))}::int[],
      ${sql.param(ranked.map((one) => one.score))}::float8[]) with ordinality as ranked(block_id, number, score, place)
    cross join lateral (select * from knowledge_documents holding where holding.block_id = ranked.block_id
      and holding.first_passage <= ranked.number and holding.passages > 0
      order by holding.first_passage desc limit 1) as document
    join knowledge_directories directory on directory.id = document.directory_id
    join knowledge_passages passage on passage.document_id = document.id
      and passage.number = ranked.number - document.first_passage
    where ranked.number < document.first_passage + document.passages and ${mayBeSeen(scope)} and ${isAsked(scope)}
    order by ranked.place`);
  return rows;
}
