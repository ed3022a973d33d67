import { pino, type Logger } from 'pino';

export type { Logger };

const secretPaths = ['password', 'apiKey', 'token', 'botToken', 'authorization', 'cookie', 'key', 'credentials'];

/** Structured logs on stdout; secrets are cut wherever they appear at the top or one level down. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths.flatMap((path) => [path, `*.${path}`, `*.headers.${path}`]), censor: '[redacted]' },
    serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
  });
}
