import type { Analyser } from '../analysis/analyser.ts';
import { foldLetters } from '../analysis/fold-letters.ts';
import { splitWords } from '../analysis/split-words.ts';

/** Languages that write compounds as one word. */
const compounding = new Set(['da', 'de', 'fi', 'hu', 'nl', 'no', 'sv']);
const minWord = 8;
const minHead = 3;
const minTail = 4;
/** What stands between the parts: Urlaub-s-anspruch, Kunde-n-dienst. */
const links = ['', 's', 'es', 'n', 'en', 'er', 'e'];

/** A way to read a word as two, by the terms that these would have. */
export interface CompoundSplit {
  head: string;
  tail: string;
}

/** Every way to read the words of a query as compounds, by the word's place. Most of them are nonsense. */
export function findSplits(query: string, analyser: Analyser): Map<number, CompoundSplit[]> {
  const splits = new Map<number, CompoundSplit[]>();
  if (!compounding.has(analyser.language)) return splits;
  let place = 0;
  for (const { text, isIdeographs } of splitWords(query)) {
    if (isIdeographs) {
      place += [...text].length;
      continue;
    }
    if (text.length >= minWord && /^\p{L}+$/u.test(text)) splits.set(place, splitsOf(text.toLowerCase(), analyser));
    place += 1;
  }
  return splits;
}

function splitsOf(word: string, analyser: Analyser): CompoundSplit[] {
  const splits = new Map<string, CompoundSplit>();
  const termOf = (part: string) => analyser.analyse(part)[0]?.word ?? foldLetters(part);
  for (let at = minHead; at <= word.length - minTail; at += 1) {
    const tail = termOf(word.slice(at));
    for (const link of links) {
      const head = word.slice(0, at - link.length);
      if (head.length < minHead || !word.slice(0, at).endsWith(link)) continue;
      const split = { head: termOf(head), tail };
      splits.set(`${split.head} ${tail}`, split);
    }
  }
  return [...splits.values()];
}

/** The split whose parts are words of the texts that are searched, and of several such the one of commoner words. */
export function chooseSplit(splits: CompoundSplit[], frequencyOf: (term: string) => number): CompoundSplit | undefined {
  let best: { split: CompoundSplit; frequency: number } | undefined;
  for (const split of splits) {
    const frequency = frequencyOf(split.head) * frequencyOf(split.tail);
    if (frequency > 0 && (best === undefined || frequency > best.frequency)) best = { split, frequency };
  }
  return best?.split;
}
