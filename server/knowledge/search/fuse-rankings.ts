import type { Ranked } from './best-passages.ts';

/**
 * Of "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", Cormack and others, 2009. Theirs is
 * 60, for many rankings that are read far down; docs/decisions/semantic-search.md says why these.
 */
const k = 2;
const textWeight = 1;
const meaningWeight = 0.5;
/** The next one by text has at most this share of the first one's score: then text knows what is meant. */
const clearShare = 0.75;

type Place = Pick<Ranked, 'blockId' | 'passage'>;

/**
 * Joins two rankings by the places that passages have in them, as their scores cannot be compared. A passage that is first
 * in both has a score of 1, and so has one that text finds far before all others. Without a second ranking the first stays
 * as it is.
 */
export function fuseRankings(byText: Ranked[], byMeaning: Place[] | undefined): Ranked[] {
  if (byMeaning === undefined) return byText;
  const fused = new Map<string, Ranked>();
  const add = (ranking: Place[], weight: number) =>
    ranking.forEach(({ blockId, passage }, index) => {
      const key = `${blockId} ${passage}`;
      const score = ((weight / (textWeight + meaningWeight)) * (k + 1)) / (k + 1 + index);
      fused.set(key, { blockId, passage, score: score + (fused.get(key)?.score ?? 0) });
    });
  add(byText, textWeight);
  add(byMeaning, meaningWeight);
  const clear = clearFirst(byText);
  if (clear) fused.set(`${clear.blockId} ${clear.passage}`, { ...clear, score: 1 });
  return [...fused.values()].sort((a, b) => b.score - a.score);
}

/** Scores of one ranking can be compared with each other. */
function clearFirst([first, second]: Ranked[]): Ranked | undefined {
  return first && (second?.score ?? 0) <= first.score * clearShare ? first : undefined;
}
