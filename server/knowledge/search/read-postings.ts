import type { Transaction } from '../../db/client.ts';
import { chooseSplit } from './compound-parts.ts';
import type { BlockPostings, QueryTerm, VisibleBlock } from './rank.ts';
import type { LanguageQuery } from './read-query.ts';
import { findPostings, type PostingsRow } from './search.queries.ts';

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
  const asked = [...new Set([...query.terms.keys(), ...parts])];
  if (asked.length === 0) return [];
  const byBlock = new Map(
    blocks.map((block): [number, BlockPostings] => [block.id, { block, terms: [], gramsOfWords, weakWords }]),
  );
  const rows = await findPostings(tx, [...byBlock.keys()], asked);
  const terms = withParts(query, rows);
  for (const { block_id: blockId, term: text, passages, postings: bytes } of rows) {
    for (const term of terms.get(text) ?? []) byBlock.get(blockId)?.terms.push({ term, passages, bytes });
  }
  return [...byBlock.values()].filter((one) => one.terms.length > 0);
}

function withParts({ terms, splits }: LanguageQuery, rows: PostingsRow[]): Map<string, QueryTerm[]> {
  const all = new Map([...terms].map(([text, term]): [string, QueryTerm[]] => [text, [term]]));
  const frequencies = new Map<string, number>();
  for (const { term, passages } of rows) frequencies.set(term, (frequencies.get(term) ?? 0) + passages);
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
