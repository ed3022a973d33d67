/** What a benchmark is given. What it opens, it closes when `onEnd` is called, also after a fault or a time limit. */
export interface BenchContext {
  /** A migrated, empty database of its own on a server with the settings of the embedded one; its URL. */
  createDatabase(): Promise<string>;
  /** Removed at the end. */
  directory: string;
  onEnd(close: () => Promise<unknown>): void;
}
