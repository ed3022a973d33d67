import { totalmem } from 'node:os';

/** Bytes that this process and its children may take together: the machine's, or what a container limits them to. */
export function machineMemory(): number {
  const limit = process.constrainedMemory();
  // 0 where there is no limit, and more than any machine has where the system says so.
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
