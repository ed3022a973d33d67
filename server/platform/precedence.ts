/** What somebody waits for goes before what grows by itself, where one thread does both. */
export interface Precedence {
  /** Something urgent begins; the function ends it, once. */
  begin(): () => void;
  /** For what grows, before each piece: resolves when it is its turn; undefined when that is now. Who asks first is first. */
  giveWay(): Promise<void> | undefined;
}

/** How much may grow in one round of the event loop, so that a round is short and whatever else came is done in it. */
export interface GrowthShares {
  /** Pieces in each round. */
  usual: number;
  /** While something is urgent. */
  urgent: number;
}

/**
 * A round of the event loop does all that is urgent and some of what grows; the rest waits for the next. Where there is time,
 * rounds follow each other at once and nothing waits; where there is none, growth comes more rarely and in larger pieces.
 */
export function createPrecedence(shares: GrowthShares): Precedence {
  let urgent = 0;
  let grown = 0;
  let waiting: (() => void)[] = [];
  let isCounting = false;

  const share = () => (urgent > 0 ? shares.urgent : shares.usual);

  function countRound(): void {
    if (isCounting) return;
    isCounting = true;
    setImmediate(beginRound);
  }

  function beginRound(): void {
    isCounting = false;
    const next = waiting.slice(0, share());
    waiting = waiting.slice(next.length);
    grown = next.length;
    if (grown > 0) countRound();
    for (const go of next) go();
  }

  return {
    begin() {
      let hasEnded = false;
      urgent += 1;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        urgent -= 1;
      };
    },
    giveWay() {
      countRound();
      if (waiting.length === 0 && grown < share()) {
        grown += 1;
        return undefined;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      return promise;
    },
  };
}
