import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** What one process measured, as prom-client adds it up. */
export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

/** Between the processes on one port. */
export interface PeerMetrics {
  /** Of every other process that answers within a second. */
  ofPeers(): Promise<ProcessMetrics[]>;
  /** What the others are given when they ask. */
  answerWith(read: () => Promise<ProcessMetrics>): void;
}
