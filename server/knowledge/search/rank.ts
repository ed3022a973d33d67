import { type Best, createBest, type Ranked } from './best-passages.ts';
import { decodedPostings, type DecodedPostings, decodePostings, decodeVisible } from '../index/postings.ts';

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
  /** Undefined where all of it may be seen. */
  seen: SeenPassages | undefined;
}

export interface SeenPassages {
  /** The passages that may be seen, in their order. */
  numbers: Uint16Array;
  /** For each passage of the block its place among them, counted from 1; 0 for the others. */
  places: Uint16Array;
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

/** The best passages, best first. Gives way to others between blocks. */
export async function rank(
  blocks: BlockPostings[],
  totals: Totals,
  options: { maxRanked: number; giveWay: () => Promise<void> | undefined },
): Promise<Ranked[]> {
  const scratch = takeScratch(Math.max(1, ...blocks.map(({ block }) => block.passages)));
  const frequencies = new Map<string, number>();
  const seenPostings: SeenPostings[] = [];
  for (const { block, terms, ...of } of blocks) {
    await options.giveWay();
    const { places } = block.seen ?? {};
    const seen = terms.map((term) => (places ? onlyVisible(term, places, scratch.decoded) : term));
    for (const { term, passages } of seen) frequencies.set(term.key, (frequencies.get(term.key) ?? 0) + passages);
    seenPostings.push({ block, terms: seen, ...of });
  }
  const best = createBest(options.maxRanked);
  for (const postings of seenPostings) {
    await options.giveWay();
    scoreBlock(postings, { totals, frequencies, scratch, best });
  }
  keepScratch(scratch);
  return best.sorted();
}

interface SeenTerm {
  term: QueryTerm;
  /** How many of the passages that may be seen hold it. */
  passages: number;
  bytes?: Uint8Array;
  decoded?: DecodedPostings;
}

interface SeenPostings extends Omit<BlockPostings, 'terms'> {
  terms: SeenTerm[];
}

/** Of few passages that may be seen, what stands in them is little, and kept for the scores. */
function onlyVisible(
  { term, bytes }: BlockPostings['terms'][number],
  places: Uint16Array,
  scratch: DecodedPostings,
): SeenTerm {
  decodeVisible(bytes, places, scratch);
  const { length } = scratch;
  const decoded = { length, passages: scratch.passages.slice(0, length), counts: scratch.counts.slice(0, length) };
  return { term, passages: length, decoded };
}

/** Room for the figures of one block after the other. */
interface Scratch {
  decoded: DecodedPostings;
  scores: Float32Array;
  /** What the length of a passage adds below the fraction of BM25, of words and of letter groups. */
  wordNorms: Float32Array;
  gramNorms: Float32Array;
  /** Whether a passage has enough of the query to be a result. */
  isResult: Uint8Array;
  /** How many letter groups of one word of the query were found. */
  found: Uint8Array[];
}

/** Kept for the next search, until memory is wanted: making it anew each time keeps the collector busy. */
let spare: WeakRef<Scratch> | undefined;

function takeScratch(room: number): Scratch {
  const found = spare?.deref();
  spare = undefined;
  return found && found.scores.length >= room ? found : createScratch(room);
}

function keepScratch(scratch: Scratch): void {
  spare = new WeakRef(scratch);
}

const createScratch = (room: number): Scratch => ({
  decoded: decodedPostings(room),
  scores: new Float32Array(room),
  wordNorms: new Float32Array(room),
  gramNorms: new Float32Array(room),
  isResult: new Uint8Array(room),
  found: [],
});

interface Scoring {
  totals: Totals;
  frequencies: Map<string, number>;
  scratch: Scratch;
  best: Best;
}

function scoreBlock({ block, terms, gramsOfWords, weakWords }: SeenPostings, scoring: Scoring): void {
  const { totals, frequencies, scratch, best } = scoring;
  const { scores, isResult } = scratch;
  const count = block.seen?.numbers.length ?? block.passages;
  scores.fill(0, 0, count);
  isResult.fill(0, 0, count);
  readNorms(block, totals, scratch);
  const counters = gramsOfWords.map((groups, word) => {
    if (groups === 0 || weakWords.has(word)) return undefined;
    const counter = (scratch.found[word] ??= new Uint8Array(scores.length));
    counter.fill(0, 0, count);
    return counter;
  });
  for (const { term, bytes, decoded: kept } of terms) {
    const { k1, weight } = term.isGram ? grams : words;
    const frequency = frequencies.get(term.key) ?? 0;
    const idf = Math.log(1 + (totals.passages - frequency + 0.5) / (frequency + 0.5));
    const factor = weight * term.count * idf * (k1 + 1);
    if (bytes) decodePostings(bytes, scratch.decoded);
    const postings = kept ?? scratch.decoded;
    addScores(postings, factor, term.isGram ? scratch.gramNorms : scratch.wordNorms, scores);
    if (!term.isGram && !term.ofWords.every((word) => weakWords.has(word))) mark(postings, isResult);
    if (term.isGram) for (const word of term.ofWords) countIn(postings, counters[word]);
  }
  counters.forEach((counter, word) => {
    if (!counter) return;
    const enough = Math.max(1, (gramsOfWords[word] ?? 0) * enoughOfWord);
    for (let passage = 0; passage < count; passage += 1) {
      if ((counter[passage] ?? 0) >= enough) isResult[passage] = 1;
    }
  });
  const numbers = block.seen?.numbers;
  for (let passage = 0; passage < count; passage += 1) {
    if (isResult[passage] === 1) best.offer(block.id, numbers?.[passage] ?? passage, scores[passage] ?? 0);
  }
}

function readNorms({ passages, lengths, seen }: VisibleBlock, totals: Totals, { wordNorms, gramNorms }: Scratch): void {
  const averageWords = Math.max(1, totals.words / Math.max(1, totals.passages));
  const averageGrams = Math.max(1, totals.grams / Math.max(1, totals.passages));
  const count = seen?.numbers.length ?? passages;
  for (let passage = 0; passage < count; passage += 1) {
    const number = seen?.numbers[passage] ?? passage;
    wordNorms[passage] = words.k1 * (1 - words.b + (words.b * (lengths[number * 2] ?? 0)) / averageWords);
    gramNorms[passage] = grams.k1 * (1 - grams.b + (grams.b * (lengths[number * 2 + 1] ?? 0)) / averageGrams);
  }
}

function addScores(
  { length, passages, counts }: DecodedPostings,
  factor: number,
  norms: Float32Array,
  scores: Float32Array,
): void {
  for (let index = 0; index < length; index += 1) {
    const passage = passages[index] ?? 0;
    const count = counts[index] ?? 1;
    scores[passage] = (scores[passage] ?? 0) + (factor * count) / (count + (norms[passage] ?? 0));
  }
}

function mark({ length, passages }: DecodedPostings, into: Uint8Array): void {
  for (let index = 0; index < length; index += 1) into[passages[index] ?? 0] = 1;
}

function countIn({ length, passages }: DecodedPostings, counter: Uint8Array | undefined): void {
  if (!counter) return;
  for (let index = 0; index < length; index += 1) {
    const passage = passages[index] ?? 0;
    counter[passage] = (counter[passage] ?? 0) + 1;
  }
}
