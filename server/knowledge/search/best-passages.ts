export interface Ranked {
  blockId: number;
  passage: number;
  score: number;
}

export interface Best {
  offer(blockId: number, passage: number, score: number): void;
  /** Best first. */
  sorted(): Ranked[];
}

/** Keeps the highest scores, in a heap whose first is the lowest of them: in plain arrays, as it is offered very many. */
export function createBest(maxRanked: number): Best {
  const scores = new Float64Array(maxRanked);
  const blockIds = new Int32Array(maxRanked);
  const passages = new Int32Array(maxRanked);
  let size = 0;

  function put(at: number, from: { blockId: number; passage: number; score: number }): void {
    scores[at] = from.score;
    blockIds[at] = from.blockId;
    passages[at] = from.passage;
  }
  function move(from: number, to: number): void {
    scores[to] = scores[from] ?? 0;
    blockIds[to] = blockIds[from] ?? 0;
    passages[to] = passages[from] ?? 0;
  }
  /** Where a new score belongs, once those on its way have moved up towards the first. */
  function sink(score: number): number {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) return at;
      if (child + 1 < size && (scores[child + 1] ?? 0) < (scores[child] ?? 0)) child += 1;
      if ((scores[child] ?? 0) >= score) return at;
      move(child, at);
      at = child;
    }
  }
  function rise(score: number): number {
    let at = size - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((scores[parent] ?? 0) <= score) return at;
      move(parent, at);
      at = parent;
    }
    return at;
  }

  return {
    offer(blockId, passage, score) {
      if (size === maxRanked) {
        if (score <= (scores[0] ?? 0)) return;
        put(sink(score), { blockId, passage, score });
      } else {
        size += 1;
        put(rise(score), { blockId, passage, score });
      }
    },
    sorted: () =>
      Array.from({ length: size }, (_, at) => ({
        blockId: blockIds[at] ?? 0,
        passage: passages[at] ?? 0,
        score: scores[at] ?? 0,
      })).sort((a, b) => b.score - a.score || a.blockId - b.blockId || a.passage - b.passage),
  };
}
