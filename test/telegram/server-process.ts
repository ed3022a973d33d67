import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TelegramApp } from './telegram-app.ts';

/** A server process of its own on the database of the app, as a second machine would run it. */
export async function startServerProcess(app: TelegramApp): Promise<{ kill(): Promise<void> }> {
  const server = spawn(process.execPath, [join(import.meta.dirname, '../../server/cli/pinchy.ts'), 'start'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: app.databaseUrl,
      PINCHY_HOME: app.home,
      DATA_ROOT: app.dataRoot,
      PORT: '0',
      BACKGROUND_JOBS: '0',
      LOG_LEVEL: 'warn',
      ENCRYPTION_KEY: app.services.config.encryptionKey,
      BETTER_AUTH_SECRET: app.services.config.authSecret,
      AUDIT_HMAC_SECRET: app.services.config.audit.secret,
      TELEGRAM_API_ROOT: app.telegram.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Pinchy is ready')) resolve();
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', () => reject(new Error(`The server ended: ${output}`)));
  });
  await ready;
  return {
    async kill() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}
