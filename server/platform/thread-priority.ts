import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** A third of the main thread's share, to which everybody's chats and clicks go: https://man7.org/linux/man-pages/man7/sched.7.html */
const lowerPriority = 5;

/**
 * Lets the threads on which Node hashes passwords and compresses wait for the main one where processors are few. On Linux
 * only: elsewhere a priority is the whole process's. Called once Node has made them, which the first file does that is read
 * without blocking.
 */
export function lowerPoolPriority(): void {
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync('/proc/self/task')) {
    try {
      if (readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').startsWith('libuv-worker')) {
        setPriority(Number(thread), lowerPriority);
      }
    } catch {
      // It has ended, or this machine does not let us: they share alike then.
    }
  }
}

/** The same for a worker, called in its own thread. */
export function lowerOwnPriority(): void {
  if (process.platform === 'linux') setPriority(lowerPriority);
}
