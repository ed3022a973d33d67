import { type ChildProcess, spawn } from 'node:child_process';
import { getPriority, setPriority } from 'node:os';
import { prioritySteps } from './thread-priority.ts';

export interface ChildOptions {
  /** Its entry, as `workerFile` finds it. */
  file: string;
  /** MB of V8's heap: beyond it the child ends itself. */
  maxHeap: number;
  /** Seconds of the processor, after which the system ends it, also when nobody is left to. */
  maxCpuSeconds: number;
  /** The server's own unless told. */
  priority?: keyof typeof prioritySteps;
  /** What it may read of the file system; it may write nothing and start nothing. */
  mayRead: string[];
}

/**
 * No core dump of a document; where memory runs out the system ends a child before the server. The shell becomes the child
 * and keeps its number.
 */
const limitedStart =
  'ulimit -c 0; ulimit -t "$1"; shift; { echo 900 > /proc/self/oom_score_adj; } 2>/dev/null; exec "$@"';

/**
 * Starts one of our own files as a process: whatever happens in it, an allocation that ends it at once included, the server
 * lives. It gets nothing of the server's environment, has a channel for messages (structured clones) and its standard input
 * for bytes; it has to end itself on `disconnect`.
 */
export function startChild({ file, maxHeap, maxCpuSeconds, priority, mayRead }: ChildOptions): ChildProcess {
  const flags = [
    `--max-old-space-size=${maxHeap}`,
    '--stack-size=3900',
    // What is young takes three times as many MB: where nobody waits, less memory goes before less time.
    ...(priority === 'background' ? ['--max-semi-space-size=4'] : []),
    '--permission',
    ...mayRead.map((path) => `--allow-fs-read=${path}`),
  ];
  const command = ['-c', limitedStart, 'sh', String(maxCpuSeconds), process.execPath, ...flags, file];
  const child = spawn('/bin/sh', command, {
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    env: {},
  });
  // What is written to a child that has ended is lost; its end is told by `exit`.
  child.stdin?.on('error', () => {});
  child.on('error', () => {});
  if (priority) lowerPriority(child, priority);
  return child;
}

/** Puts a child behind the server, where processors are few. */
export function lowerPriority(child: ChildProcess, priority: keyof typeof prioritySteps): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, Math.min(19, getPriority() + prioritySteps[priority]));
  } catch {
    // It has ended already.
  }
}
