import { startServerProcess as start, type TestServerProcess } from '../server-process.ts';
import type { TelegramApp } from './telegram-app.ts';

/** A server process of its own on the database of the app, as a second machine would run it. */
export function startServerProcess(app: TelegramApp): Promise<TestServerProcess> {
  const { config } = app.services;
  return start({
    DATABASE_URL: app.databaseUrl,
    PINCHY_HOME: app.home,
    DATA_ROOT: app.dataRoot,
    ENCRYPTION_KEY: config.encryptionKey,
    BETTER_AUTH_SECRET: config.authSecret,
    AUDIT_HMAC_SECRET: config.audit.secret,
    TELEGRAM_API_ROOT: app.telegram.url,
  });
}
