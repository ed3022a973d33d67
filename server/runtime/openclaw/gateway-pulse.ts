/** Whether a connected gateway answers: one that hangs keeps its sockets open. */
export interface GatewayPulse {
  /** Nothing was heard for some seconds, though something was asked. */
  readonly isSilent: boolean;
  heard(): void;
  start(): void;
  stop(): void;
}

const askEveryMs = 1_000;
const silentAfterMs = 3_000;
/** A gateway under load may be silent for seconds; answers that it is at are not given up sooner. */
const deadAfterMs = 20_000;

export function createGatewayPulse(options: {
  /** A question that costs nothing; rejects where it was not answered. */
  ask: () => Promise<unknown>;
  onDead: () => void;
}): GatewayPulse {
  let timer: NodeJS.Timeout | undefined;
  let askedAt: number | undefined;

  function beat(): void {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > deadAfterMs) options.onDead();
      return;
    }
    askedAt = performance.now();
    options.ask().then(pulse.heard, () => undefined);
  }

  const pulse: GatewayPulse = {
    get isSilent() {
      return askedAt !== undefined && performance.now() - askedAt > silentAfterMs;
    },
    heard() {
      askedAt = undefined;
    },
    start() {
      pulse.stop();
      timer = setInterval(beat, askEveryMs).unref();
    },
    stop() {
      clearInterval(timer);
      askedAt = undefined;
    },
  };
  return pulse;
}
