import { LRUCache } from 'lru-cache';
import type { KnowledgeSettings } from '../../../contract/knowledge.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { personKey } from '../../http/asker.ts';
import { createFairQueue } from '../../platform/fair-queue.ts';
import { createGiveWay } from '../../platform/give-way.ts';
import type { Root } from '../../tools/files/open-inside.ts';
import { createChoice, type FoundPassage } from './choose-passages.ts';
import { lifecycleWeight } from './lifecycle-rules.ts';
import { type BlockPostings, rank, type Ranked, type Totals, type VisibleBlock } from './rank.ts';
import { readPostings } from './read-postings.ts';
import { readQuery } from './read-query.ts';
import {
  type BlockRow,
  countNotSearched,
  findBlocks,
  findLengths,
  findPassages,
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
    const { ranked, notSearched } = await db.transaction(
      async (tx) => ({ ranked: await rankVisible(tx, request, scope), notSearched: await countNotSearched(tx, scope) }),
      { accessMode: 'read only', isolationLevel: 'repeatable read' },
    );
    const choice = createChoice({ visible, dataRoot, limit: request.limit });
    for (let start = 0; start < ranked.length && !choice.isFull; start += candidates) {
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
    const within =
      (await realPathOf(dataRoot, { ...place, kind: 'directory' })) ??
      (await realPathOf(dataRoot, { ...place, kind: 'file' }));
    return within === undefined ? undefined : { directories, within };
  }

  async function rankVisible(tx: Transaction, request: SearchRequest, scope: Scope): Promise<Ranked[]> {
    const rows = await findBlocks(tx, scope);
    const blocks = await visibleBlocks(tx, rows);
    const totals = rows.reduce<Totals>(
      (sum, row) => ({
        passages: sum.passages + row.counts.reduce((all, count) => all + count, 0),
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

  async function visibleBlocks(tx: Transaction, rows: BlockRow[]): Promise<VisibleBlock[]> {
    const missing = rows.filter((row) => !lengthsOfBlocks.has(row.id)).map((row) => row.id);
    const loaded = new Map<number, Uint16Array>();
    if (missing.length > 0) {
      for (const { id, lengths } of await findLengths(tx, missing)) {
        const plain = new Uint16Array(new Uint8Array(lengths).buffer);
        loaded.set(id, plain);
        lengthsOfBlocks.set(id, plain);
      }
    }
    return rows.map((row) => {
      const visible = new Uint8Array(row.passages);
      let seen = 0;
      row.firsts.forEach((first, index) => {
        const count = row.counts[index] ?? 0;
        visible.fill(1, first, first + count);
        seen += count;
      });
      const lengths = loaded.get(row.id) ?? lengthsOfBlocks.get(row.id) ?? new Uint16Array(row.passages * 2);
      return {
        id: row.id,
        passages: row.passages,
        buckets: row.buckets,
        lengths,
        visible,
        isWhollyVisible: seen === row.passages,
      };
    });
  }

  return {
    search: (request) =>
      searchQueue.run({ key: personKey(request.userId), signal: request.signal }, () => search(request)),
  };
}

/** Best first, once it is known what is old. */
function weigh(rows: PassageRow[], settings: KnowledgeSettings): PassageRow[] {
  const weighed = rows.map((row) => {
    const document = { directory: row.directory, isSuperseded: row.is_superseded };
    return { ...row, score: row.score * lifecycleWeight(document, settings) };
  });
  return weighed.sort((a, b) => b.score - a.score);
}
