import { LRUCache } from 'lru-cache';
import type { KnowledgeSettings } from '../../../contract/knowledge.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { personKey } from '../../http/asker.ts';
import { createFairQueue } from '../../platform/fair-queue.ts';
import { createGiveWay } from '../../platform/give-way.ts';
import type { Root } from '../../tools/files/open-inside.ts';
import type { SemanticSearch } from '../semantic/semantic-search.ts';
import type { Ranked } from './best-passages.ts';
import { createChoice, type FoundPassage } from './choose-passages.ts';
import { fuseRankings } from './fuse-rankings.ts';
import { lifecycleWeight } from './lifecycle-rules.ts';
import { type BlockPostings, rank, type SeenPassages, type Totals, type VisibleBlock } from './rank.ts';
import { readPostings } from './read-postings.ts';
import { readQuery } from './read-query.ts';
import {
  type BlockRow,
  countNotSearched,
  findBlocks,
  findInBlocks,
  findLengths,
  findPassages,
  findVisiblePassages,
  type NotSearched,
  type PassageRow,
  type Scope,
} from './search.queries.ts';
import { findVisible, realPathOf, type VisibleDirectory } from './visible-directories.ts';

export interface SearchRequest {
  query: string;
  /** The directories of `/data` that may be read, as they are now. */
  roots: Root[];
  /** Only this directory or file: its root, and the names below it. */
  within?: { root: Root; segments: string[] } | undefined;
  limit: number;
  /** For whom: each person has their turn. */
  userId: string;
  signal?: AbortSignal | undefined;
}

export interface SearchResult extends NotSearched {
  passages: FoundPassage[];
}

export interface KnowledgeSearch {
  /** @throws AppError 429 when too many searches wait, or the signal's reason */
  search(request: SearchRequest): Promise<SearchResult>;
}

export const searchQueue = createFairQueue({
  name: 'knowledge searches',
  running: 2,
  runningPerKey: 1,
  waitingPerKey: 20,
  waiting: 200,
  refusal: 'Too many searches are running at the moment. Try again in a moment.',
});

/** So many of the best are looked at more closely at once: what is old ranks lower among them. */
const candidates = 120;
/** Duplicates, and what is not there any more, fall out of so many. */
const maxRanked = 1_200;
const cachedLengths = 32 * 1024 * 1024;

export function createKnowledgeSearch(options: {
  db: Database;
  dataRoot: string;
  settings(): Promise<KnowledgeSettings>;
  semantic?: SemanticSearch | undefined;
}): KnowledgeSearch {
  const { db, dataRoot } = options;
  /** Blocks never change; which of them may be seen is asked of the database at each search. */
  const lengthsOfBlocks = new LRUCache<number, Uint16Array>({
    maxSize: cachedLengths,
    sizeCalculation: (lengths) => lengths.byteLength + 64,
  });

  async function search(request: SearchRequest): Promise<SearchResult> {
    const visible = await findVisible(dataRoot, request.roots);
    const scope = await scopeOf(request, visible);
    if (scope === undefined) return { passages: [], pending: 0, unreadable: 0 };
    const settings = await options.settings();
    // Before the text: nobody waits for a provider with a transaction open.
    const byMeaning = await options.semantic?.rank(request, scope);
    // As of one moment: meanwhile blocks may be joined to others.
    const { ranked, best, notSearched } = await db.transaction(
      async (tx) => {
        const byText = await rankVisible(tx, request, scope);
        const all = fuseRankings(byText, byMeaning && (await findInBlocks(tx, byMeaning)));
        const rows = await findPassages(tx, scope, all.slice(0, candidates));
        return { ranked: all, best: rows, notSearched: await countNotSearched(tx, scope) };
      },
      { accessMode: 'read only', isolationLevel: 'repeatable read' },
    );
    const choice = createChoice({ visible, dataRoot, limit: request.limit });
    await choice.choose(weigh(best, settings));
    for (let start = candidates; start < ranked.length && !choice.isFull; start += candidates) {
      const rows = await findPassages(db, scope, ranked.slice(start, start + candidates));
      await choice.choose(weigh(rows, settings));
    }
    return { passages: choice.chosen, ...notSearched };
  }

  async function scopeOf(request: SearchRequest, visible: VisibleDirectory[]): Promise<Scope | undefined> {
    const directories = visible.map((directory) => directory.realPath);
    if (directories.length === 0) return undefined;
    if (request.within === undefined) return { directories, within: undefined };
    const place = { ...request.within, roots: request.roots };
    const directory = await realPathOf(dataRoot, { ...place, kind: 'directory' });
    const path = directory ?? (await realPathOf(dataRoot, { ...place, kind: 'file' }));
    return path === undefined ? undefined : { directories, within: { path, isFile: directory === undefined } };
  }

  async function rankVisible(tx: Transaction, request: SearchRequest, scope: Scope): Promise<Ranked[]> {
    const rows = await findBlocks(tx, scope);
    const blocks = await visibleBlocks(tx, scope, rows);
    const totals = rows.reduce<Totals>(
      (sum, row) => ({
        passages: sum.passages + row.seen,
        words: sum.words + Number(row.words),
        grams: sum.grams + Number(row.grams),
      }),
      { passages: 0, words: 0, grams: 0 },
    );
    const postings: BlockPostings[] = [];
    for (const language of new Set(rows.map((row) => row.language))) {
      const ofLanguage = blocks.filter((_, index) => rows[index]?.language === language);
      postings.push(...(await readPostings(tx, ofLanguage, await readQuery(request.query, language))));
    }
    return rank(postings, totals, { maxRanked, giveWay: createGiveWay(request.signal) });
  }

  async function visibleBlocks(tx: Transaction, scope: Scope, rows: BlockRow[]): Promise<VisibleBlock[]> {
    const missing = rows.filter((row) => !lengthsOfBlocks.has(row.id)).map((row) => row.id);
    const loaded = new Map<number, Uint16Array>();
    if (missing.length > 0) {
      for (const { id, lengths } of await findLengths(tx, missing)) {
        const plain = new Uint16Array(new Uint8Array(lengths).buffer);
        loaded.set(id, plain);
        lengthsOfBlocks.set(id, plain);
      }
    }
    const partial = rows.filter((row) => row.seen < row.passages);
    const seenOf = new Map<number, SeenPassages>();
    const byId = new Map(partial.map((row) => [row.id, row]));
    const found = partial.length === 0 ? [] : await findVisiblePassages(tx, scope, [...byId.keys()]);
    for (const { block_id: id, firsts, counts } of found) {
      const row = byId.get(id);
      if (row) seenOf.set(id, seenPassages(row, firsts, counts));
    }
    return rows.map((row) => ({
      id: row.id,
      passages: row.passages,
      buckets: row.buckets,
      lengths: loaded.get(row.id) ?? lengthsOfBlocks.get(row.id) ?? new Uint16Array(row.passages * 2),
      seen: row.seen < row.passages ? (seenOf.get(row.id) ?? seenPassages(row, [], [])) : undefined,
    }));
  }

  return {
    search: (request) =>
      searchQueue.run({ key: personKey(request.userId), signal: request.signal }, () => search(request)),
  };
}

function seenPassages(row: BlockRow, firsts: number[], counts: number[]): SeenPassages {
  const places = new Uint16Array(row.passages);
  firsts.forEach((first, index) => places.fill(1, first, first + (counts[index] ?? 0)));
  const numbers = new Uint16Array(row.passages);
  let length = 0;
  for (let passage = 0; passage < places.length; passage += 1) {
    if (places[passage] === 0) continue;
    numbers[length] = passage;
    places[passage] = length += 1;
  }
  return { numbers: numbers.slice(0, length), places };
}

/** Best first, once it is known what is old. */
function weigh(rows: PassageRow[], settings: KnowledgeSettings): PassageRow[] {
  const weighed = rows.map((row) => {
    const document = { directory: row.directory, isSuperseded: row.is_superseded };
    return { ...row, score: row.score * lifecycleWeight(document, settings) };
  });
  return weighed.sort((a, b) => b.score - a.score);
}
