import { type DestinationStream, type Logger, pino } from 'pino';
import { describeFault } from './describe-fault.ts';

export type { Logger };

const secretPaths = ['password', 'apiKey', 'token', 'botToken', 'authorization', 'cookie', 'key', 'credentials'];

/**
 * Structured logs on stdout; secrets are cut wherever they appear at the top or one level down. Errors are described
 * under whatever name they are logged, also by Fastify.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths.flatMap((path) => [path, `*.${path}`, `*.headers.${path}`]), censor: '[redacted]' },
    formatters: { log: describeFaults },
    hooks: {
      // An error without a message lends pino its own, unread.
      logMethod(args: unknown[], method: (...args: unknown[]) => void) {
        const [entry, message] = args;
        const fields = entry instanceof Error ? { err: entry } : entry;
        if (message !== undefined || !isFault(fields)) method.apply(this, args);
        else method.call(this, fields, 'an error');
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

const isFault = (entry: unknown): boolean =>
  typeof entry === 'object' && entry !== null && 'err' in entry && entry.err instanceof Error;

const describeFaults = (entry: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, value instanceof Error ? describeFault(value) : value]),
  );
