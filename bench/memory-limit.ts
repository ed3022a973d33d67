import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux has the controllers of memory: version 2 of the interface, or version 1. */
const places = [
  { root: '/sys/fs/cgroup', limit: 'memory.max' },
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
];

/**
 * Limits a process to so much memory from now on, as a container would. Returns what lifts the limit once the process has
 * ended, or undefined where this machine does not let us.
 */
export function limitMemory(pid: number, bytes: number): (() => void) | undefined {
  for (const { root, limit } of places) {
    const group = join(root, `pinchy-bench-${pid}`);
    // Beside the groups of version 1 stands an ordinary directory, where anything can be written to no effect.
    if (!existsSync(join(root, 'cgroup.procs'))) continue;
    try {
      mkdirSync(group);
    } catch {
      continue;
    }
    try {
      writeFileSync(join(group, limit), String(bytes));
      writeFileSync(join(group, 'cgroup.procs'), String(pid));
      return () => {
        try {
          rmdirSync(group);
        } catch {
          // The kernel counts what it has not yet given back; an empty group costs nothing.
        }
      };
    } catch {
      rmdirSync(group);
    }
  }
  return undefined;
}
