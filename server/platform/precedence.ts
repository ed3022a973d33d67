/** What somebody waits for goes before what grows by itself, where one thread does both. */
export interface Precedence {
  /** Something urgent begins; the function ends it, once. */
  begin(): () => void;
  /** Resolves when nothing is urgent, or after a while; undefined when nothing is. */
  giveWay(): Promise<void> | undefined;
}

export function createPrecedence({ maxWaitMs }: { maxWaitMs: number }): Precedence {
  let urgent = 0;
  let waiting: PromiseWithResolvers<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function letGo(): void {
    clearTimeout(timer);
    waiting?.resolve();
    waiting = undefined;
  }

  return {
    begin() {
      let hasEnded = false;
      urgent += 1;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        urgent -= 1;
        if (urgent === 0) letGo();
      };
    },
    giveWay() {
      if (urgent === 0) return undefined;
      if (!waiting) {
        waiting = Promise.withResolvers();
        timer = setTimeout(letGo, maxWaitMs);
      }
      return waiting.promise;
    },
  };
}
