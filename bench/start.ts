import { join } from 'node:path';
import type { BenchContext } from './bench-context.ts';
import { median, type Result } from './result.ts';
import { startBare, startServerProcess } from './server-process.ts';

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
  return [...results, await compareWithBare(context, embeddedHome)];
}

/** The built server against the same PostgreSQL behind a bare Fastify, in turns. */
async function compareWithBare(context: BenchContext, embeddedHome: string): Promise<Result> {
  const bareHome = join(context.directory, 'bare');
  await startBare(bareHome);
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServerProcess({ PINCHY_HOME: embeddedHome });
    ours.push(server.readyMs);
    await server.stop();
    bare.push(await startBare(bareHome));
  }
  const name = `bin/pinchy start → healthy, embedded database, and a bare Fastify with it, median of ${rounds}`;
  const baseline = median(bare);
  return { name, value: median(ours), unit: 'ms', baseline, target: 1.5 * baseline };
}
