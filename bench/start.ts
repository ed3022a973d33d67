import { join } from 'node:path';
import type { BenchContext } from './bench-context.ts';
import { median, type Result } from './result.ts';
import { startServerProcess } from './server-process.ts';

const rounds = 5;

/** `npm start` on a built checkout until it is healthy. */
export async function benchStart(context: BenchContext): Promise<Result[]> {
  const results: Result[] = [];
  const embeddedHome = join(context.directory, 'embedded');
  const environments = {
    embedded: { PINCHY_HOME: embeddedHome },
    external: { PINCHY_HOME: join(context.directory, 'external'), DATABASE_URL: await context.createDatabase() },
  };
  for (const [kind, environment] of Object.entries(environments)) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const server = await startServerProcess(environment, { command: 'npm' });
      times.push(server.readyMs);
      await server.stop();
    }
    const [first = 0, ...later] = times;
    const database = kind === 'embedded' ? 'embedded database' : 'external database';
    const target = kind === 'embedded' ? 2_000 : 1_000;
    results.push(
      { name: `npm start → healthy, ${database}, median of ${rounds}`, value: median(later), unit: 'ms', target },
      { name: `npm start → healthy, ${database}, slowest of ${rounds}`, value: Math.max(...later), unit: 'ms', target },
      { name: `npm start → healthy, ${database}, the very first`, value: first, unit: 'ms' },
    );
  }
  return results;
}
