import type { ProcessMetrics } from '../platform/process-metrics.ts';
import type { ProcessMessage } from './process-messages.ts';

const maxAnswerMs = 1_000;

export interface MetricsExchange {
  /** The other side's metrics, and of whom it knows; none when it does not answer in time. */
  ask(): Promise<ProcessMetrics[]>;
  hear(message: ProcessMessage): void;
  /** Nobody is there any more. */
  end(): void;
}

/** One side of a channel between two processes over which each may ask for the other's metrics. */
export function createMetricsExchange(options: {
  send(message: ProcessMessage): void;
  answer(): Promise<ProcessMetrics[]>;
}): MetricsExchange {
  const waiting = new Map<number, (metrics: ProcessMetrics[]) => void>();
  let asked = 0;
  return {
    ask() {
      const id = (asked += 1);
      return new Promise((resolve) => {
        const settle = (metrics: ProcessMetrics[]) => {
          waiting.delete(id);
          clearTimeout(late);
          resolve(metrics);
        };
        const late = setTimeout(() => settle([]), maxAnswerMs);
        waiting.set(id, settle);
        options.send({ type: 'metrics-request', id });
      });
    },
    hear(message) {
      if (message.type === 'metrics') return waiting.get(message.id)?.(message.of);
      options.answer().then(
        (of) => options.send({ type: 'metrics', id: message.id, of }),
        // Whoever asks goes on without them.
        () => undefined,
      );
    },
    end() {
      for (const settle of [...waiting.values()]) settle([]);
    },
  };
}
