interface Beat {
  /** Milliseconds from one to the next. */
  every: number;
  work(): unknown;
}

/** Work that is only due while something is under way. */
export interface OnDemandTimers {
  /** Something may be under way: the beats begin unless they go on already. */
  wake(): void;
  stop(): void;
}

/** Timers that run while they are needed, so that a server at rest does nothing. After the last need each beats once more. */
export function createOnDemandTimers(options: { isNeeded(): boolean; beats: Beat[] }): OnDemandTimers {
  const { isNeeded, beats } = options;
  let timers: NodeJS.Timeout[] = [];
  let stopped = false;

  function rest(): void {
    for (const timer of timers) clearInterval(timer);
    timers = [];
  }

  const slowest = Math.max(...beats.map(({ every }) => every));

  return {
    wake() {
      if (stopped || timers.length > 0) return;
      timers = beats.map(({ every, work }) => setInterval(() => void work(), every).unref());
      timers.push(
        setInterval(() => {
          if (!isNeeded()) rest();
        }, slowest + 1).unref(),
      );
    },
    stop() {
      stopped = true;
      rest();
    },
  };
}
