import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { Client } from 'pg';
import { inject } from 'vitest';
import { buildServer } from '../server/build-server.ts';
import { examineServerItself } from '../server/cli/doctor/doctor.ts';
import { readConfig } from '../server/config.ts';
import type { TelegramTimings } from '../server/channels/telegram/ports.ts';
import type { AddressPolicy } from '../server/platform/address-guard.ts';
import { createLogger } from '../server/platform/logger.ts';
import { createServices, type Services } from '../server/services.ts';
import { checkAnswer } from './check-answer.ts';
import { testPassword } from './test-password.ts';

/** A database of its own, cloned from the migrated template; dropped by `drop()`. */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = inject('postgresUrl');
  await onServer(server, `create database ${name} template ${inject('templateDatabase')}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database if exists ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export interface TestApp {
  app: FastifyInstance;
  services: Services;
  databaseUrl: string;
  home: string;
  /** The host directory behind the virtual root `/data`. */
  dataRoot: string;
  /** Listens on a free port of the loopback and returns the address; for sockets and browsers. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  environment?: Record<string, string>;
  /** Another replica on the database of an app that is there already. */
  databaseUrl?: string;
  /** Shorter waits for the tests of Telegram. */
  telegramTimings?: Partial<TelegramTimings>;
  /** What web tools may reach besides, such as a website of the test on this machine. */
  webPolicy?: Partial<AddressPolicy>;
  /** Takes every line of the log, which is then kept at its most talkative. */
  onLogLine?: (line: string) => void;
}

/** The real server on a real database of its own; only the outside world is doubled, by servers in `testkit/`. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { onLogLine } = options;
  const database = options.databaseUrl ? undefined : await createTestDatabase();
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const directory = mkdtempSync(join(tmpdir(), 'pinchy-home-'));
  const home = join(directory, 'home');
  const dataRoot = join(directory, 'data');
  mkdirSync(home);
  mkdirSync(dataRoot);
  const environment = {
    PINCHY_HOME: home,
    DATA_ROOT: dataRoot,
    PORT: '0',
    BACKGROUND_JOBS: '0',
    // No test depends on what runs on the machine.
    OLLAMA_LOCAL_URLS: 'none',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    ENCRYPTION_KEY: 'test encryption key of 32 characters',
    BETTER_AUTH_SECRET: 'test sign-in secret of 32 characters',
    AUDIT_HMAC_SECRET: 'test audit secret of 32 characters..',
    ...options.environment,
  };
  const config = readConfig(environment);
  const services = await createServices({
    config,
    databaseUrl,
    version: '0.0.0-test',
    log: onLogLine ? createLogger('trace', { write: onLogLine }) : createLogger(config.logLevel),
    telegramTimings: options.telegramTimings,
    webPolicy: options.webPolicy,
  });
  await services.start();
  const app = await buildServer(services, {
    examine: (port) => examineServerItself({ services, databaseUrl, port, environment }),
  });
  await app.ready();
  return {
    app,
    services,
    databaseUrl,
    home,
    dataRoot,
    async listen() {
      return app.listen({ host: '127.0.0.1', port: 0 });
    },
    async close() {
      await services.stopWork(0);
      await app.close();
      await services.stop();
      await database?.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A signed-in person who asks the app over HTTP. */
export interface TestUser {
  id: string;
  email: string;
  password: string;
  cookie: string;
  request(method: NonNullable<InjectOptions['method']>, url: string, body?: unknown): Promise<TestAnswer>;
}

export interface TestAnswer {
  status: number;
  /** Parsed JSON. Tests look into it freely; its shape was checked against the OpenAPI document. */
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: Record<string, unknown>;
  text: string;
}

export { testPassword };

export async function request(
  app: FastifyInstance,
  method: NonNullable<InjectOptions['method']>,
  url: string,
  options: { body?: unknown; cookie?: string; headers?: Record<string, string> } = {},
): Promise<TestAnswer> {
  const answer = await app.inject({
    method,
    url,
    headers: {
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...(options.cookie && { cookie: options.cookie }),
      ...options.headers,
    },
    ...(options.body !== undefined && { payload: JSON.stringify(options.body) }),
  });
  const isJson = String(answer.headers['content-type']).startsWith('application/json');
  const body: unknown = isJson ? answer.json() : undefined;
  const contentType = String(answer.headers['content-type']);
  checkAnswer(app, { method, url }, { status: answer.statusCode, contentType, body });
  return { status: answer.statusCode, body, headers: answer.headers, text: answer.body };
}

export async function signIn(app: FastifyInstance, email: string, password = testPassword): Promise<TestUser> {
  const answer = await request(app, 'POST', '/api/auth/sign-in/email', { body: { email, password } });
  if (answer.status !== 200) throw new Error(`Sign-in failed: ${answer.status} ${answer.text}`);
  return asUser(app, { email, password, id: answer.body.user.id, cookie: cookieOf(answer) });
}

export function cookieOf(answer: TestAnswer): string {
  const header = answer.headers['set-cookie'];
  return (Array.isArray(header) ? header : [String(header)]).map((cookie: string) => cookie.split(';')[0]).join('; ');
}

function asUser(app: FastifyInstance, who: Omit<TestUser, 'request'>): TestUser {
  return {
    ...who,
    request: (method, url, body) =>
      request(app, method, url, { cookie: who.cookie, ...(body !== undefined && { body }) }),
  };
}

/** Sets Pinchy up: the first admin, signed in. */
export async function createAdmin(app: FastifyInstance): Promise<TestUser> {
  const email = 'admin@example.com';
  const answer = await request(app, 'POST', '/api/setup', {
    body: { name: 'Ada Admin', email, password: testPassword },
  });
  if (answer.status !== 201) throw new Error(`Setup failed: ${answer.status} ${answer.text}`);
  return signIn(app, email);
}

/** Invites and claims: a further person, signed in. */
export async function createMember(
  app: FastifyInstance,
  admin: TestUser,
  options: { role?: 'admin' | 'member'; name?: string; groupIds?: string[] } = {},
): Promise<TestUser> {
  const email = `${randomUUID()}@example.com`;
  const invite = await admin.request('POST', '/api/users/invite', {
    role: options.role ?? 'member',
    email,
    ...(options.groupIds && { groupIds: options.groupIds }),
  });
  if (invite.status !== 201) throw new Error(`Invite failed: ${invite.status} ${invite.text}`);
  const claim = await request(app, 'POST', '/api/invite/claim', {
    body: { token: invite.body.token, name: options.name ?? 'Mo Member', password: testPassword },
  });
  if (claim.status !== 201) throw new Error(`Claim failed: ${claim.status} ${claim.text}`);
  return signIn(app, email);
}
