import { StartError } from '../platform/errors.ts';

const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH', 'ECONNRESET'];

/** What a person can do about a database that does not let us in; undefined when the error is about something else. */
export function explainConnectionError(error: unknown, databaseUrl: string): StartError | undefined {
  const host = new URL(databaseUrl).host || 'the local socket';
  const { code, message } = error as { code?: string; message: string };
  if ((code && unreachable.includes(code)) || /timeout/i.test(message)) {
    return new StartError(
      `The database at ${host} does not answer (${code ?? 'timeout'}). Check DATABASE_URL and that it runs.`,
    );
  }
  if (code?.startsWith('28') || code === '3D000') {
    return new StartError(
      `The database at ${host} refused Pinchy: ${message}. Check user, password and database name in DATABASE_URL.`,
    );
  }
  return undefined;
}
