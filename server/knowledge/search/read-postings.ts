import type { Transaction } from '../../db/client.ts';
import { chooseSplit } from './compound-parts.ts';
import type { BlockPostings, QueryTerm, VisibleBlock } from './rank.ts';
import type { LanguageQuery } from './read-query.ts';
import { askedTerms, type BucketEntry, bucketOf, unpackBucket } from '../index/term-buckets.ts';
import { findBuckets } from './search.queries.ts';

/** Of a compound that was asked for, each part counts as so much of a word. */
const partCount = 0.5;

/** Where the terms of a query stand in blocks of one language, compounds also by their parts. */
export async function readPostings(
  tx: Transaction,
  blocks: VisibleBlock[],
  query: LanguageQuery,
): Promise<BlockPostings[]> {
  const { gramsOfWords, weakWords, splits } = query;
  const parts = [...splits.values()].flat().flatMap(({ head, tail }) => [head, tail]);
  const asked = new Set([...query.terms.keys(), ...parts]);
  const byBlock = new Map(
    blocks.map((block): [number, BlockPostings] => [block.id, { block, terms: [], gramsOfWords, weakWords }]),
  );
  const entries = await readEntries(tx, blocks, asked);
  const terms = withParts(query, entries);
  for (const { blockId, term: text, passages, bytes } of entries) {
    for (const term of terms.get(text) ?? []) byBlock.get(blockId)?.terms.push({ term, passages, bytes });
  }
  return [...byBlock.values()].filter((one) => one.terms.length > 0);
}

interface FoundEntry extends BucketEntry {
  blockId: number;
}

/** Blocks with as many buckets have a term in the same one, and are asked together. */
async function readEntries(tx: Transaction, blocks: VisibleBlock[], asked: ReadonlySet<string>): Promise<FoundEntry[]> {
  const entries: FoundEntry[] = [];
  if (asked.size === 0) return entries;
  const terms = askedTerms(asked);
  for (const count of new Set(blocks.map((block) => block.buckets))) {
    const blockIds = blocks.filter((block) => block.buckets === count).map((block) => block.id);
    const buckets = [...new Set([...asked].map((term) => bucketOf(term, count)))];
    for (const { blockId, postings } of await findBuckets(tx, blockIds, buckets)) {
      for (const entry of unpackBucket(postings, terms)) entries.push({ blockId, ...entry });
    }
  }
  return entries;
}

function withParts({ terms, splits }: LanguageQuery, entries: FoundEntry[]): Map<string, QueryTerm[]> {
  const all = new Map([...terms].map(([text, term]): [string, QueryTerm[]] => [text, [term]]));
  const frequencies = new Map<string, number>();
  for (const { term, passages } of entries) frequencies.set(term, (frequencies.get(term) ?? 0) + passages);
  for (const [place, ways] of splits) {
    const split = chooseSplit(ways, (term) => frequencies.get(term) ?? 0);
    if (!split) continue;
    for (const [name, text] of Object.entries(split)) {
      const part = { key: `${name} of word ${place}`, isGram: false, count: partCount, ofWords: [place] };
      all.set(text, [...(all.get(text) ?? []), part]);
    }
  }
  return all;
}
