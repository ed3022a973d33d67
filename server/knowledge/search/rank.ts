import { decodedPostings, type DecodedPostings, decodePostings } from '../index/postings.ts';

/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) of words, and with less weight of the
 * letter groups within them. All figures are of the passages that may be seen, so that what may not be seen does not
 * even change a score. docs/decisions/knowledge-ranking.md has what was measured.
 */
const words = { k1: 1.2, b: 0.75, weight: 1 };
const grams = { k1: 0.4, b: 0.75, weight: 0.3 };
/** Of the letter groups of one word of the query, this share makes a passage a result without the word itself. */
const enoughOfWord = 0.5;

/** A block of which some passages may be seen. */
export interface VisibleBlock {
  id: number;
  passages: number;
  /** Into how many buckets its terms are put. */
  buckets: number;
  lengths: Uint16Array;
  /** For each passage whether it may be seen. */
  visible: Uint8Array;
  isWhollyVisible: boolean;
}

/** What a passage is compared with: one word of the query or one letter group, as one language has it. */
export interface QueryTerm {
  /** The same in all languages: the word's place in the query, or the letter group. */
  key: string;
  isGram: boolean;
  /** How often it stands in the query; less for what only may be meant. */
  count: number;
  /** A letter group's words, by their places. */
  ofWords: number[];
}

export interface BlockPostings {
  block: VisibleBlock;
  terms: { term: QueryTerm; passages: number; bytes: Uint8Array }[];
  /** For each word of the query how many letter groups it has. */
  gramsOfWords: number[];
  /** Words of the query that alone make no passage a result. */
  weakWords: ReadonlySet<number>;
}

export interface Totals {
  passages: number;
  words: number;
  grams: number;
}

export interface Ranked {
  blockId: number;
  passage: number;
  score: number;
}

/** The best passages, best first. Gives way to others between blocks. */
export async function rank(
  blocks: BlockPostings[],
  totals: Totals,
  options: { maxRanked: number; giveWay: () => Promise<void> | undefined },
): Promise<Ranked[]> {
  const scratch = decodedPostings(Math.max(1, ...blocks.map(({ block }) => block.passages)));
  const frequencies = new Map<string, number>();
  for (const { block, terms } of blocks) {
    await options.giveWay();
    for (const { term, passages, bytes } of terms) {
      const seen = block.isWhollyVisible ? passages : countVisible(bytes, block, scratch);
      frequencies.set(term.key, (frequencies.get(term.key) ?? 0) + seen);
    }
  }
  const best = createBest(options.maxRanked);
  for (const postings of blocks) {
    await options.giveWay();
    scoreBlock(postings, { totals, frequencies, scratch, best });
  }
  return best.sorted();
}

function countVisible(bytes: Uint8Array, { visible }: VisibleBlock, scratch: DecodedPostings): number {
  decodePostings(bytes, scratch);
  let seen = 0;
  for (let index = 0; index < scratch.length; index += 1) seen += visible[scratch.passages[index] ?? 0] ?? 0;
  return seen;
}

interface Scoring {
  totals: Totals;
  frequencies: Map<string, number>;
  scratch: DecodedPostings;
  best: Best;
}

function scoreBlock({ block, terms, gramsOfWords, weakWords }: BlockPostings, scoring: Scoring): void {
  const { totals, frequencies, scratch, best } = scoring;
  const scores = new Float32Array(block.passages);
  /** Whether a passage has enough of the query to be a result. */
  const isResult = new Uint8Array(block.passages);
  const found = gramsOfWords.map((count) => (count > 0 ? new Uint8Array(block.passages) : undefined));
  for (const { term, bytes } of terms) {
    const { k1, b, weight } = term.isGram ? grams : words;
    const frequency = frequencies.get(term.key) ?? 0;
    const idf = Math.log(1 + (totals.passages - frequency + 0.5) / (frequency + 0.5));
    const factor = weight * term.count * idf * (k1 + 1);
    const average = Math.max(1, (term.isGram ? totals.grams : totals.words) / Math.max(1, totals.passages));
    const offset = term.isGram ? 1 : 0;
    const isEnough = !term.isGram && !term.ofWords.every((word) => weakWords.has(word));
    const counters = term.isGram ? term.ofWords.map((word) => found[word]).filter((one) => one !== undefined) : [];
    decodePostings(bytes, scratch);
    for (let index = 0; index < scratch.length; index += 1) {
      const passage = scratch.passages[index] ?? 0;
      const count = scratch.counts[index] ?? 1;
      const length = block.lengths[passage * 2 + offset] ?? 0;
      const before = scores[passage] ?? 0;
      scores[passage] = before + (factor * count) / (count + k1 * (1 - b + (b * length) / average));
      if (isEnough) isResult[passage] = 1;
      for (const counter of counters) counter[passage] = (counter[passage] ?? 0) + 1;
    }
  }
  found.forEach((counter, word) => {
    if (!counter || weakWords.has(word)) return;
    const enough = Math.max(1, (gramsOfWords[word] ?? 0) * enoughOfWord);
    for (let passage = 0; passage < counter.length; passage += 1) {
      if ((counter[passage] ?? 0) >= enough) isResult[passage] = 1;
    }
  });
  for (let passage = 0; passage < block.passages; passage += 1) {
    if (isResult[passage] && block.visible[passage]) best.offer(block.id, passage, scores[passage] ?? 0);
  }
}

interface Best {
  offer(blockId: number, passage: number, score: number): void;
  sorted(): Ranked[];
}

/** Keeps the highest scores, in a heap whose first is the lowest of them. */
function createBest(maxRanked: number): Best {
  const heap: Ranked[] = [];
  const lower = (a: number, b: number) => (heap[a]?.score ?? 0) < (heap[b]?.score ?? 0);
  const swap = (a: number, b: number) => {
    const [one, other] = [heap[a], heap[b]];
    if (one && other) [heap[a], heap[b]] = [other, one];
  };
  function sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && lower(left, least)) least = left;
      if (right < heap.length && lower(right, least)) least = right;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  }
  function rise(): void {
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!lower(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }
  return {
    offer(blockId, passage, score) {
      if (heap.length < maxRanked) {
        heap.push({ blockId, passage, score });
        rise();
      } else if (score > (heap[0]?.score ?? 0)) {
        heap[0] = { blockId, passage, score };
        sink();
      }
    },
    sorted: () => heap.sort((a, b) => b.score - a.score || a.blockId - b.blockId || a.passage - b.passage),
  };
}
