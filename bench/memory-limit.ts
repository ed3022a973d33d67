import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux has the controllers of memory: version 2 of the interface, or version 1. */
const places = [
  { root: '/sys/fs/cgroup', limit: 'memory.max' },
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
];

/** A group of processes with a limit of memory, as a container is one. */
export interface MemoryGroup {
  /** Whoever writes their process id here has the limit. */
  processes: string;
  /** Once the processes have ended. */
  remove(): void;
}

/** Undefined where this machine does not let us. A process that starts in it sizes its heap by the limit. */
export function createMemoryGroup(bytes: number): MemoryGroup | undefined {
  for (const { root, limit } of places) {
    const group = join(root, `pinchy-bench-${process.pid}`);
    // Beside the groups of version 1 stands an ordinary directory, where anything can be written to no effect.
    if (!existsSync(join(root, 'cgroup.procs'))) continue;
    try {
      mkdirSync(group);
    } catch {
      continue;
    }
    try {
      writeFileSync(join(group, limit), String(bytes));
      return {
        processes: join(group, 'cgroup.procs'),
        remove() {
          try {
            rmdirSync(group);
          } catch {
            // The kernel counts what it has not yet given back; an empty group costs nothing.
          }
        },
      };
    } catch {
      rmdirSync(group);
    }
  }
  return undefined;
}
