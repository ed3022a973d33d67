import type { Client } from 'pg';
import { maxBlock } from './block-builder.ts';
import { copyRows } from './copy-rows.ts';
import { addPosting, decodedPostings, decodePostings, type PostingsWriter, startPostings } from './postings.ts';
import { bucketOf, maxBuckets, packBucket, unpackBucket } from './term-buckets.ts';

interface BlockRow {
  id: number;
  language: string;
  version: number;
  passages: number;
  buckets: number;
  /** Passages of documents that are still there. */
  used: number;
}

/** So many blocks of like size become one: each passage is written anew few times, however many blocks there were. */
const together = 8;
/** Blocks of this size are joined sooner, as few of them fill one. */
const largeBlock = maxBlock / 4;
const fewLarge = 3;
/** Sizes that differ by less than this factor are alike. */
const likeness = 4;
/** So many buckets of each block are in memory at once. */
const bucketsAtOnce = 64;

/**
 * Joins blocks of one language into fewer and larger ones, and leaves out what its documents have left behind: what a
 * search reads is counted in blocks. The texts are not looked at again.
 */
export async function mergeBlocks(client: Client): Promise<void> {
  for (let merged = true; merged;) {
    merged = false;
    for (const blocks of choose(await readBlocks(client))) {
      await merge(client, blocks);
      merged = true;
    }
  }
}

async function readBlocks(client: Client): Promise<BlockRow[]> {
  const { rows } = await client.query<BlockRow>(
    `select block.id, block.language, block.version, block.passages, block.buckets,
        coalesce(sum(document.passages), 0)::int as used
      from knowledge_blocks block join knowledge_documents document on document.block_id = block.id
      group by block.id order by block.id`,
  );
  return rows.filter((row) => row.used > 0);
}

/** Groups to merge; neighbours stay neighbours, as what lies in one directory was indexed together. */
function choose(blocks: BlockRow[]): BlockRow[][] {
  const groups = new Map<string, BlockRow[]>();
  const chosen: BlockRow[][] = [];
  for (const block of blocks) {
    if (block.used < block.passages / 2) {
      chosen.push([block]);
      continue;
    }
    const key = `${block.language} ${block.version} ${Math.floor(Math.log(block.used) / Math.log(likeness))}`;
    groups.set(key, [...(groups.get(key) ?? []), block]);
  }
  for (const group of groups.values()) {
    let batch: BlockRow[] = [];
    let passages = 0;
    const end = () => {
      const enough = passages >= largeBlock ? fewLarge : together;
      if (batch.length >= enough) chosen.push(batch);
      batch = [];
      passages = 0;
    };
    for (const block of group) {
      if (passages + block.used > maxBlock || batch.length === together) end();
      batch.push(block);
      passages += block.used;
    }
    end();
  }
  return chosen;
}

async function merge(client: Client, blocks: BlockRow[]): Promise<void> {
  const [first] = blocks;
  if (!first) return;
  await client.query('begin');
  const documents = await readDocuments(client, blocks);
  const { rows } = await client.query<{ id: number; lengths: Buffer }>(
    'select id, lengths from knowledge_blocks where id = any($1) for update',
    [blocks.map((block) => block.id)],
  );
  const lengths = new Map(rows.map((row) => [row.id, row.lengths]));
  const numbers = new Map(blocks.map((block) => [block.id, new Int32Array(block.passages).fill(-1)]));
  const kept: Buffer[] = [];
  let passages = 0;
  for (const document of documents) {
    document.newFirst = passages;
    const own = numbers.get(document.block_id);
    for (let passage = 0; passage < document.passages; passage += 1) {
      if (own) own[document.first_passage + passage] = passages + passage;
    }
    const from = document.first_passage * 4;
    kept.push((lengths.get(document.block_id) ?? Buffer.alloc(0)).subarray(from, from + document.passages * 4));
    passages += document.passages;
  }
  const buckets = blocks.length === 1 ? first.buckets : mergedBuckets(blocks);
  const { rows: made } = await client.query<{ id: number }>(
    'insert into knowledge_blocks (version, language, passages, buckets, lengths) values ($1, $2, $3, $4, $5) returning id',
    [first.version, first.language, passages, buckets, Buffer.concat(kept)],
  );
  const blockId = made[0]?.id ?? 0;
  await mergePostings(client, { blocks, numbers, blockId, buckets });
  await client.query(
    `update knowledge_documents set block_id = $1, first_passage = moved.first
      from unnest($2::bigint[], $3::int[]) as moved(id, first) where knowledge_documents.id = moved.id`,
    [blockId, documents.map((document) => document.id), documents.map((document) => document.newFirst)],
  );
  await client.query('delete from knowledge_blocks where id = any($1)', [blocks.map((block) => block.id)]);
  await client.query('commit');
}

/** Twice as many passages have about one and a half times as many terms. */
function mergedBuckets(blocks: BlockRow[]): number {
  const most = Math.max(...blocks.map((block) => block.buckets));
  return Math.min(maxBuckets, most * (blocks.length > 4 ? 4 : 2));
}

interface DocumentRow {
  id: string;
  block_id: number;
  first_passage: number;
  passages: number;
  newFirst: number;
}

async function readDocuments(client: Client, blocks: BlockRow[]): Promise<DocumentRow[]> {
  const { rows } = await client.query<DocumentRow>(
    `select id, block_id, first_passage, passages, 0 as "newFirst" from knowledge_documents
      where block_id = any($1) and passages > 0 order by block_id, first_passage for update`,
    [blocks.map((block) => block.id)],
  );
  return rows;
}

interface Merging {
  blocks: BlockRow[];
  /** Of each block the new numbers of its passages, -1 for those that are gone. */
  numbers: Map<number, Int32Array>;
  blockId: number;
  buckets: number;
}

/** Terms whose hashes end alike lie in buckets whose numbers end alike, in every block: they are joined part by part. */
async function mergePostings(client: Client, { blocks, numbers, blockId, buckets }: Merging): Promise<void> {
  const parts = Math.min(...blocks.map((block) => block.buckets), buckets);
  const decoded = decodedPostings(Math.max(...blocks.map((block) => block.passages)));
  const most = Math.max(...blocks.map((block) => block.buckets));
  const alike = (from: number, to: number, step: number) => {
    const found: number[] = [];
    for (let bucket = from; bucket < to; bucket += 1)
      for (let each = bucket; each < most; each += step) found.push(each);
    return found;
  };
  for (let start = 0; start < parts; start += bucketsAtOnce) {
    const { rows } = await client.query<{ block_id: number; postings: Buffer }>(
      'select block_id, postings from knowledge_postings where block_id = any($1) and bucket = any($2) order by block_id',
      [blocks.map((block) => block.id), alike(start, Math.min(start + bucketsAtOnce, parts), parts)],
    );
    const terms = new Map<string, PostingsWriter>();
    for (const { block_id: from, postings } of rows) {
      const own = numbers.get(from);
      if (!own) continue;
      for (const { term, bytes } of unpackBucket(postings)) {
        decodePostings(bytes, decoded);
        let writer = terms.get(term);
        for (let index = 0; index < decoded.length; index += 1) {
          const number = own[decoded.passages[index] ?? 0] ?? -1;
          if (number < 0) continue;
          if (!writer) terms.set(term, (writer = startPostings()));
          addPosting(writer, number, decoded.counts[index] ?? 1);
        }
      }
    }
    const filled = new Map<number, { term: string; passages: number; bytes: Uint8Array }[]>();
    for (const [term, writer] of terms) {
      const bucket = bucketOf(term, buckets);
      const entry = { term, passages: writer.passages, bytes: Uint8Array.from(writer.bytes) };
      const entries = filled.get(bucket);
      if (entries) entries.push(entry);
      else filled.set(bucket, [entry]);
    }
    await copyRows(
      client,
      'knowledge_postings (block_id, bucket, postings)',
      [...filled].sort(([a], [b]) => a - b).map(([bucket, entries]) => [blockId, bucket, packBucket(entries)]),
    );
  }
}
