import { createMetricsExchange } from './metrics-exchange.ts';
import type { PeerMetrics, ProcessMetrics } from '../platform/process-metrics.ts';
import type { ProcessMessage } from './process-messages.ts';

/** This process was started by another one, whose port it shares. */
export function joinGroup(options: { onDeserted(): void }): PeerMetrics {
  let ownMetrics: () => Promise<ProcessMetrics> = async () => [];
  const exchange = createMetricsExchange({
    send: (message) => process.connected && process.send?.(message),
    answer: async () => [await ownMetrics()],
  });
  process.on('message', (message) => exchange.hear(message as ProcessMessage));
  // The first process is gone, and with it whoever would end this one.
  process.once('disconnect', () => {
    exchange.end();
    options.onDeserted();
  });
  return { ofPeers: () => exchange.ask(), answerWith: (read) => void (ownMetrics = read) };
}
