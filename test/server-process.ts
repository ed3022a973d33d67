import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestApp } from './create-test-app.ts';

/** `pinchy` as it is shipped, and as it starts in a fifth of the time that its sources take. */
export const builtCommand = join(import.meta.dirname, '../dist/server/pinchy.js');

export interface TestServerProcess {
  url: string;
  pid: number;
  /** Ends without a word, as the kernel does it. */
  kill(): Promise<void>;
  /** Ends as a person ends it, with its database if that is its own. */
  stop(): Promise<void>;
  readonly hasEnded: boolean;
  /** How it ended by itself, if it did. */
  readonly exitCode: number | null;
}

/** The built server as a process of its own; ready when this resolves. */
export async function startServerProcess(environment: Record<string, string>): Promise<TestServerProcess> {
  const server = spawn(process.execPath, [builtCommand, 'start'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', BACKGROUND_JOBS: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      const ready = /Pinchy is ready at http:\/\/localhost:(\d+)/.exec(output);
      if (ready) resolve(`http://127.0.0.1:${ready[1]}`);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', () => reject(new Error(`The server ended: ${output}`)));
  });
  const hasEnded = () => server.exitCode !== null || server.signalCode !== null;
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (hasEnded()) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
  return {
    url,
    pid: server.pid!,
    get hasEnded() {
      return hasEnded();
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    get exitCode() {
      return server.exitCode;
    },
  };
}

/** A server process of its own on the database and with the secrets of an app, as a second machine would run it. */
export function startProcessBeside(app: TestApp, environment: Record<string, string> = {}): Promise<TestServerProcess> {
  const { config } = app.services;
  return startServerProcess({
    DATABASE_URL: app.databaseUrl,
    PINCHY_HOME: app.home,
    DATA_ROOT: app.dataRoot,
    ENCRYPTION_KEY: config.encryptionKey,
    BETTER_AUTH_SECRET: config.authSecret,
    AUDIT_HMAC_SECRET: config.audit.secret,
    ...environment,
  });
}
