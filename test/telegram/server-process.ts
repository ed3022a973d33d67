import { startProcessBeside, type TestServerProcess } from '../server-process.ts';
import type { TelegramApp } from './telegram-app.ts';

/** A second machine that polls the same double of Telegram. */
export const startServerProcess = (app: TelegramApp): Promise<TestServerProcess> =>
  startProcessBeside(app, { TELEGRAM_API_ROOT: app.telegram.url });
