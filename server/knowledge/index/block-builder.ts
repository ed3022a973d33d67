import type { Analyser } from '../analysis/analyser.ts';
import { addPosting, type PostingsWriter, startPostings } from './postings.ts';
import { type BucketEntry, bucketOf, bucketsFor, packBucket } from './term-buckets.ts';

/** So many passages make a full block; a block may hold more, as a document is never divided. */
export const fullBlock = 4096;
/** Passage numbers within a block have 16 bits. */
export const maxBlock = 65_535;

export interface Block {
  language: string;
  passages: number;
  /** Of each passage its number of words and of letter groups, 16 bits each, little-endian. */
  lengths: Uint8Array;
  /** Packed terms with their postings, by bucket. */
  buckets: Buffer[];
}

/** Sums over the passages of one document. */
export interface AddedPassages {
  firstPassage: number;
  passages: number;
  words: number;
  grams: number;
}

export interface BlockBuilder {
  readonly passages: number;
  /** Texts as they are searched: with names and headings in front. */
  addDocument(texts: string[]): AddedPassages;
  build(): Block;
}

/** Turns passages into the postings of one block, all in one language. */
export function createBlockBuilder(analyser: Analyser): BlockBuilder {
  const postings = new Map<string, PostingsWriter>();
  const lengths: number[] = [];
  let passages = 0;

  function addTerms(counts: Map<string, number>): void {
    for (const [term, count] of counts) {
      let writer = postings.get(term);
      if (!writer) postings.set(term, (writer = startPostings()));
      addPosting(writer, passages, count);
    }
  }

  return {
    get passages() {
      return passages;
    },
    addDocument(texts) {
      const added = { firstPassage: passages, passages: texts.length, words: 0, grams: 0 };
      for (const text of texts) {
        const counts = new Map<string, number>();
        const length = { words: 0, grams: 0 };
        for (const { word, grams } of analyser.analyse(text)) {
          if (word !== '') {
            length.words += 1;
            counts.set(word, (counts.get(word) ?? 0) + 1);
          }
          length.grams += grams.length;
          for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
        }
        addTerms(counts);
        lengths.push(Math.min(length.words, 65_535), Math.min(length.grams, 65_535));
        added.words += length.words;
        added.grams += length.grams;
        passages += 1;
      }
      return added;
    },
    build() {
      const count = bucketsFor(postings.size);
      const entries = Array.from({ length: count }, (): BucketEntry[] => []);
      for (const [term, writer] of postings) {
        const bytes = Uint8Array.from(writer.bytes);
        entries[bucketOf(term, count)]?.push({ term, passages: writer.passages, bytes });
      }
      const packed = new Uint8Array(Uint16Array.from(lengths).buffer);
      return { language: analyser.language, passages, lengths: packed, buckets: entries.map(packBucket) };
    },
  };
}
