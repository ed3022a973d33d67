/** In milliseconds. A server that cannot start, such as on a full disk, is tried again ever more rarely. */
const lookMs = 1_000;
const maxPauseMs = 10_000;

/**
 * Starts a server that ended by itself again and again until it runs: it was killed, or its disk was full. `stop` waits
 * for what is under way.
 */
export function keepRunning(options: {
  isRunning: () => Promise<boolean>;
  /** Rejects when it cannot start now. */
  start: () => Promise<void>;
  log: (message: string) => void;
}): { stop(): Promise<void> } {
  const { isRunning, start, log } = options;
  let stopped = false;
  let pauseMs = lookMs;
  let looking: Promise<void> | undefined;
  let timer = setTimeout(checkServer, lookMs).unref();

  function checkServer(): void {
    looking = revive().finally(() => {
      looking = undefined;
      if (!stopped) timer = setTimeout(checkServer, pauseMs).unref();
    });
  }

  async function revive(): Promise<void> {
    if (await isRunning()) {
      pauseMs = lookMs;
      return;
    }
    if (stopped) return;
    log('The embedded database ended; starting it again');
    try {
      await start();
      log('The embedded database runs again');
      pauseMs = lookMs;
    } catch (error) {
      pauseMs = Math.min(pauseMs * 2, maxPauseMs);
      log(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
