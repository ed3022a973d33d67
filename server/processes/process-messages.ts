import type { ProcessMetrics } from '../platform/process-metrics.ts';

/** What the first process and those that it has started say to one another. */
export type ProcessMessage =
  { type: 'metrics-request'; id: number } | { type: 'metrics'; id: number; of: ProcessMetrics[] };
