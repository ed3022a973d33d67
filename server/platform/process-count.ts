import { availableParallelism } from 'node:os';
import { StartError } from './errors.ts';

/** The database's connections and every process's memory grow with each. */
export const maxProcesses = 16;
/** More are for whoever has measured that they help. */
const maxByItself = 4;

/**
 * How many server processes share the port. By itself: one for each core but the one that PostgreSQL and the system take;
 * only Linux spreads the connections of one port over processes.
 * @throws StartError when several are asked for elsewhere
 */
export function countProcesses(
  asked: number | 'auto',
  machine: { platform: NodeJS.Platform; cores: number } = { platform: process.platform, cores: availableParallelism() },
): number {
  const isLinux = machine.platform === 'linux';
  if (asked === 'auto') return isLinux ? Math.min(Math.max(machine.cores - 1, 1), maxByItself) : 1;
  if (asked > 1 && !isLinux) throw new StartError('PINCHY_PROCESSES above 1 needs Linux. Leave it at 1 here.');
  return asked;
}
