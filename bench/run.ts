import { fork, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../server/db/embedded/embedded-postgres.ts';
import { calibrate } from './calibration.ts';
import { benches } from './benches.ts';
import { describeMachine } from './machine.ts';
import { formatTable, isMet, type Result } from './result.ts';
import { writePart, writeResults } from './results-file.ts';

// `npm run bench` measures everything and stores the table; `npm run bench -- NAME…` measures some and only prints, but for
// benchmarks that run only by name.

const root = join(import.meta.dirname, '..');
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}

const built = spawnSync(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'build'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

const directory = await mkdtemp(join(tmpdir(), 'pinchy-bench-database-'));
const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), log: () => undefined });
let interrupted = false;
let running: ReturnType<typeof fork> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill('SIGTERM');
  });
}

/** Returns why there are no results, if there are none. */
async function runOne(name: string, limitSeconds: number): Promise<Result[] | string> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [name], {
    env: { ...process.env, BENCH_POSTGRES_URL: postgres.url },
    // The worker cleans up on SIGTERM; Ctrl-C in a terminal must not reach it twice.
    detached: true,
  });
  running = child;
  let results: Result[] | undefined;
  let late = false;
  child.on('message', (message) => (results = message as Result[]));
  const limit = setTimeout(() => {
    late = true;
    child.kill('SIGTERM');
  }, limitSeconds * 1_000);
  const last = setTimeout(() => child.kill('SIGKILL'), (limitSeconds + 15) * 1_000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(limit);
  clearTimeout(last);
  running = undefined;
  if (results && code === 0) return results;
  return late ? `took longer than ${limitSeconds} s` : `ended with code ${code}`;
}

const namesOfAll = () => Object.keys(benches).filter((name) => !benches[name]?.onlyByName);
const results: Result[] = [];
const faults: string[] = [];
const startedAt = Date.now();
try {
  for (const name of asked.length > 0 ? asked : namesOfAll()) {
    if (interrupted) break;
    const bench = benches[name];
    if (!bench) continue;
    const calibrationMs = await calibrate(postgres.url);
    const from = Date.now();
    const measured = await runOne(name, bench.limitSeconds);
    const outcome = typeof measured === 'string' ? measured : measured.map((result) => ({ ...result, calibrationMs }));
    console.log(`${name} (${((Date.now() - from) / 1000).toFixed(0)} s)`);
    if (typeof outcome === 'string') faults.push(`${name}: ${outcome}`);
    else {
      results.push(...outcome);
      console.log(`${formatTable(outcome)}\n`);
      const isWhole = !bench.smaller?.some((variable) => process.env[variable] !== undefined);
      if (bench.onlyByName && isWhole)
        writePart(name, `${describeMachine(root, await askVersion())}\n\n${formatTable(outcome)}`);
    }
  }
  const version = await askVersion();
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const missed = results.filter((result) => isMet(result) === false).length;
  const withTarget = results.filter((result) => result.target !== undefined).length;
  const summary = `${withTarget - missed} of ${withTarget} targets met, in ${seconds} s.`;
  console.log(summary);
  for (const fault of faults) console.error(`No results: ${fault}`);
  if (asked.length === 0 && !interrupted) {
    const parts = ['# Benchmarks', describeMachine(root, version), formatTable(results), summary];
    if (faults.length > 0) parts.push(`No results: ${faults.join('; ')}.`);
    parts.push(
      'Written by `npm run bench`. "×" is a ratio of rates; shares and rates are to reach at least their target. Processor time is that of server and PostgreSQL together, for each. A calibration is a fixed piece of work (`bench/calibration.ts`), measured before each benchmark.',
    );
    writeResults(parts.join('\n\n'));
  }
} finally {
  await postgres.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
process.exitCode = faults.length > 0 || interrupted ? 1 : 0;

async function askVersion(): Promise<string> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const answer = await client.query<{ server_version: string }>('show server_version').finally(() => client.end());
  return answer.rows[0]?.server_version ?? 'unknown';
}
