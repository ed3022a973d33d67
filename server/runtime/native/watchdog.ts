/** How long a provider may be silent, in milliseconds. */
export interface SilenceLimits {
  /** Until its first sign of life; a local Ollama may have to load the model first. */
  firstByte: number;
  /** While it thinks: it answers, but neither text nor tool call has begun. */
  thinking: number;
  /** Between two pieces of an answer. */
  betweenChunks: number;
}

export type Silence = keyof SilenceLimits;

/** Aborts when nothing was reported for too long. */
export function createWatchdog(limits: SilenceLimits, onSilence: () => void) {
  let phase: Silence = 'firstByte';
  let timer = setTimeout(onSilence, limits[phase]);
  return {
    /** Something came that is no part of the answer: it lives, and the same limit holds. */
    alive() {
      if (phase === 'firstByte') this.heard('thinking');
      else timer.refresh();
    },
    /** Something came; from now on this limit holds. */
    heard(next: Silence) {
      if (next === phase) {
        timer.refresh();
        return;
      }
      phase = next;
      clearTimeout(timer);
      timer = setTimeout(onSilence, limits[phase]);
    },
    stop: () => clearTimeout(timer),
  };
}
