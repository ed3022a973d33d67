import type { Ranked } from './rank.ts';

/** Of "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", Cormack and others, 2009. */
const k = 60;

/**
 * Joins two rankings by the places that passages have in them, as their scores cannot be compared. A passage that is first
 * in both has a score of 1. Without a second ranking the first stays as it is.
 */
export function fuseRankings(byText: Ranked[], byMeaning: Ranked[] | undefined): Ranked[] {
  if (byMeaning === undefined) return byText;
  const fused = new Map<string, Ranked>();
  for (const ranking of [byText, byMeaning]) {
    ranking.forEach(({ blockId, passage }, index) => {
      const key = `${blockId} ${passage}`;
      const score = (k + 1) / (k + 1 + index) / 2;
      fused.set(key, { blockId, passage, score: score + (fused.get(key)?.score ?? 0) });
    });
  }
  return [...fused.values()].sort((a, b) => b.score - a.score || a.blockId - b.blockId || a.passage - b.passage);
}
