import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Steps of `nice` behind the main thread, to which everybody's chats and clicks go: a third of its share for what somebody
 * waits for, a tenth for what nobody does. https://man7.org/linux/man-pages/man7/sched.7.html
 */
export const prioritySteps = { awaited: 5, background: 10 };

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
        setPriority(Number(thread), prioritySteps.awaited);
      }
    } catch {
      // It has ended, or this machine does not let us: they share alike then.
    }
  }
}

/** The same for a worker, called in its own thread. */
export function lowerOwnPriority(work: keyof typeof prioritySteps = 'awaited'): void {
  if (process.platform === 'linux') setPriority(prioritySteps[work]);
}
