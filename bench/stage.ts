import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { type ModelDouble, startModelDouble } from '../testkit/model-double.ts';
import type { BenchContext } from './bench-context.ts';
import type { MemoryGroup } from './memory-limit.ts';
import { measureEach, median, type Result } from './result.ts';
import { readPostgresCpuSeconds, type ServerProcess, startServerProcess } from './server-process.ts';

const authSecret = 'bench sign-in secret of 32 characters';
export const auditSecret = 'bench audit secret of 32 characters.';
export const homeOf = (context: BenchContext) => join(context.directory, 'home');

/** A person with a session. */
export interface BenchUser {
  id: string;
  cookie: string;
}

/** A server process that is set up, with an admin, a provider and a database that the benchmark may fill. */
export interface Stage {
  server: ServerProcess;
  url: string;
  database: Client;
  databaseUrl: string;
  /** Processor seconds of PostgreSQL so far. */
  databaseCpuSeconds(): number;
  double: ModelDouble;
  admin: BenchUser;
  /** The settings of the server, for a further replica. */
  environment: Record<string, string>;
  /** As `fetch`, with the admin's cookie; throws unless the status is one of success. */
  request<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Members who are signed in. Written into the database: claiming invitations hashes a password each. */
  createUsers(count: number): Promise<BenchUser[]>;
}

/** With `databaseUrl` on a database that was filled before, except for people. `environment` is for the server. */
export async function setStage(
  context: BenchContext,
  options: { databaseUrl?: string; environment?: Record<string, string>; group?: MemoryGroup | undefined } = {},
): Promise<Stage> {
  const databaseUrl = options.databaseUrl ?? (await context.createDatabase());
  const double = await startModelDouble({ kind: 'anthropic' });
  context.onEnd(() => double.close());
  await mkdir(join(context.directory, 'data'), { recursive: true });
  const environment = {
    PINCHY_HOME: homeOf(context),
    DATA_ROOT: join(context.directory, 'data'),
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: 'bench encryption key of 32 characters',
    BETTER_AUTH_SECRET: authSecret,
    AUDIT_HMAC_SECRET: auditSecret,
    ANTHROPIC_BASE_URL: double.url,
    // One machine asks like a thousand people; the counting itself stays on.
    RATE_LIMIT_API_PER_MINUTE: '1000000',
    RATE_LIMIT_MESSAGES_PER_MINUTE: '1000000',
    ...options.environment,
  };
  const server = await startServerProcess(environment, { group: options.group });
  context.onEnd(() => server.stop());
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  context.onEnd(() => database.end());
  const backend = await database.query<{ pid: number }>('select pg_backend_pid() as pid');

  const request = async <Answer>(method: string, path: string, body?: unknown, cookie?: string): Promise<Answer> => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const email = 'ada@example.com';
  await request('POST', '/api/setup', { name: 'Ada', email, password: 'correct horse battery' });
  const { rows } = await database.query<{ id: string }>('select id from users');
  const admin = await signIn(database, rows[0]?.id ?? '');
  const asAdmin = <Answer>(method: string, path: string, body?: unknown) =>
    request<Answer>(method, path, body, admin.cookie);
  await asAdmin('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'bench', isDefault: true });

  return {
    server,
    url: server.url,
    database,
    databaseUrl,
    databaseCpuSeconds: () => readPostgresCpuSeconds(backend.rows[0]?.pid ?? 0),
    double,
    admin,
    environment,
    request: asAdmin,
    async createUsers(count) {
      const created = await database.query<{ id: string }>(
        `insert into users (name, email, role)
         select 'Person ' || n, gen_random_uuid() || '@example.com', 'member' from generate_series(1, $1) n returning id`,
        [count],
      );
      const users: BenchUser[] = [];
      for (const row of created.rows) users.push(await signIn(database, row.id));
      return users;
    },
  };
}

async function signIn(database: Client, userId: string): Promise<BenchUser> {
  const token = randomBytes(24).toString('hex');
  await database.query(
    `insert into sessions (id, token, user_id, expires_at) values ($1, $2, $3, now() + interval '7 days')`,
    [randomUUID(), token, userId],
  );
  // Better Auth's signed cookie: the token and its HMAC-SHA-256 in Base64.
  const signature = createHmac('sha256', authSecret).update(token).digest('base64');
  return { id: userId, cookie: `pinchy.session_token=${encodeURIComponent(`${token}.${signature}`)}` };
}

/** The median duration of several rounds after one that does not count, and what a round took of the processor. */
export async function measureRounds(
  stage: Stage,
  rounds: number,
  work: () => Promise<unknown>,
): Promise<Pick<Result, 'value' | 'cpuMs'>> {
  await work();
  const cpuSeconds = () => stage.server.cpuSeconds() + stage.databaseCpuSeconds();
  const before = cpuSeconds();
  const times = await measureEach(rounds, work);
  return { value: median(times), cpuMs: ((cpuSeconds() - before) * 1_000) / rounds };
}

export interface BenchAgent {
  id: string;
}

export const createAgent = (stage: Stage, name: string, allowedTools: string[] = []): Promise<BenchAgent> =>
  stage.request<BenchAgent>('POST', '/api/agents', { name, templateId: 'custom', allowedTools });
