import { setPriority } from 'node:os';

/** Called in a worker thread: of two that want the processor, this one waits. Linux has a priority for each thread. */
export function giveWay(): void {
  // Elsewhere it would be the whole server's.
  if (process.platform === 'linux') setPriority(0, 10);
}
