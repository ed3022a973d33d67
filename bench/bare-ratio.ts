import { deepStrictEqual } from 'node:assert';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type { BenchContext } from './bench-context.ts';
import { median, type Result } from './result.ts';
import { readCpuSeconds, type ServerProcess } from './server-process.ts';
import type { Stage } from './stage.ts';

const rounds = 12;
const roundSeconds = 1;
const connections = 10;

type LoadedServer = Pick<ServerProcess, 'url' | 'cpuSeconds'>;

/**
 * An endpoint with the sessions of ten admins, for each has turns of their own, against a bare route that makes the same
 * queries. Short rounds in turns, and the
 * median of their ratios, because other work on the machine would burden only one of two long ones.
 */
export async function measureAgainstBare(
  context: BenchContext,
  stage: Stage,
  { path, name, target }: { path: string; name: string; target: number },
): Promise<Result[]> {
  const bare = await startBareServer(context, stage.databaseUrl, stage.admin.id);
  await requireSameBody(`${stage.url}${path}`, `${bare.url}${path}`, stage.admin.cookie);
  const admins = [stage.admin, ...(await stage.createUsers(connections - 1))];
  await stage.database.query("update users set role = 'admin' where id = any($1)", [admins.map(({ id }) => id)]);
  const cookies = admins.map(({ cookie }) => cookie);
  const loads: { ours: Load; bare: Load }[] = [];
  // The first rounds warm up and do not count.
  for (let round = -3; round < rounds; round += 1) {
    const pair = { ours: await load(stage.server, path, cookies), bare: await load(bare, path, cookies) };
    if (round >= 0) loads.push(pair);
  }
  return [
    {
      name: `${name}, rate against a bare route`,
      value: median(loads.map((pair) => pair.ours.rate / pair.bare.rate)),
      unit: '×',
      target,
    },
    {
      name,
      value: median(loads.map((pair) => pair.ours.rate)),
      unit: '/s',
      baseline: median(loads.map((pair) => pair.bare.rate)),
    },
    {
      name: `${name}, processor time of the server each`,
      value: median(loads.map((pair) => pair.ours.cpuMs)),
      unit: 'ms',
      baseline: median(loads.map((pair) => pair.bare.cpuMs)),
    },
  ];
}

async function startBareServer(context: BenchContext, databaseUrl: string, userId: string): Promise<LoadedServer> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), [databaseUrl, userId]);
  context.onEnd(async () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('message', (url) => resolve({ url: String(url), cpuSeconds: () => readCpuSeconds(child.pid ?? 0) }));
    child.once('exit', () => reject(new Error('The bare server ended.')));
  });
}

async function requireSameBody(ours: string, bare: string, cookie: string): Promise<void> {
  // What reading leaves behind, such as an entry of the trail, is there before they are compared.
  await fetch(ours, { headers: { cookie } }).then((answer) => answer.text());
  const bodies = [ours, bare].map(async (url) => (await fetch(url, { headers: { cookie } })).json());
  // A contract's schema has an order of its own for the same values.
  deepStrictEqual(...((await Promise.all(bodies)) as [unknown, unknown]), 'The bare route answers something else.');
}

interface Load {
  rate: number;
  cpuMs: number;
}

async function load(server: LoadedServer, path: string, cookies: string[]): Promise<Load> {
  const before = server.cpuSeconds();
  const left = [...cookies];
  const result = await autocannon({
    ...{ url: `${server.url}${path}`, connections, duration: roundSeconds },
    setupClient: (client) => client.setHeaders({ cookie: left.pop() }),
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests failed.`);
  const cpuMs = ((server.cpuSeconds() - before) * 1_000) / result.requests.total;
  return { rate: result.requests.total / result.duration, cpuMs };
}
