/** Connections that broke or could not be made, restarts, maintenance (55000: no connections are taken). */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  '55000',
]);

/** What `pg` says, without a code, of a connection that broke under a query or did not come about. */
const connectionWords =
  /Connection terminated|timeout exceeded when trying to connect|is not queryable|Connection ended/;

/**
 * Why the database cannot do its work right now, as a sentence for people; undefined when the error is about something
 * else. All of these are worth another try. The codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export function explainDatabaseFault(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as NodeJS.ErrnoException;
    if (code === '53100') return 'The disk of the database is full: nothing can be stored. Tell your admin; try again.';
    if (code === '57014') return 'The database took too long over this, and it was stopped. Try again in a moment.';
    // 40P01: two changes waited for each other.
    if (code === '55P03' || code === '40P01') {
      return 'The same thing is being changed by others right now. Try again in a moment.';
    }
    // 08: connection; 53: out of memory or connections; 57P: shut down or starting; 58: its files cannot be read or written.
    if (code && (connectionCodes.has(code) || /^(08|53|57P|58)/.test(code))) return unreachable;
    if (connectionWords.test(current.message)) return unreachable;
  }
  return undefined;
}

const unreachable = 'The database does not answer right now. Try again in a moment.';
