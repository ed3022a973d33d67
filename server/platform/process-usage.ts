import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** Bytes in memory, of which those that files and others share are few. */
  memory: number;
  /** Milliseconds of the processor. */
  processor: number;
}

/**
 * What another process takes. Undefined when it has ended, and on systems without /proc, where limits of V8 hold alone. Read
 * at once: it is in memory, while the threads for files may be busy with passwords and compression for long.
 */
export function readUsage(pid: number): ProcessUsage | undefined {
  try {
    const [stat, status] = [readFileSync(`/proc/${pid}/stat`, 'latin1'), readFileSync(`/proc/${pid}/status`, 'latin1')];
    // After the name, which may hold anything: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    return { memory: kilobytes * 1024, processor: ticks * 10 };
  } catch {
    return undefined;
  }
}
