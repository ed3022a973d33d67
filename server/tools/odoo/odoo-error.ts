import { SafeFetchError } from '../../platform/safe-fetch.ts';

/** What went wrong between Pinchy and an Odoo, told apart so that people and models know what to do next. */
export type OdooFailure =
  | 'credentials'
  | 'unknown-database'
  | 'access-denied'
  | 'missing-record'
  | 'unknown-model'
  | 'validation'
  | 'forbidden-address'
  | 'unreachable'
  | 'not-odoo'
  /** What stands before Odoo answered in its place. */
  | 'proxy'
  | 'busy'
  | 'redirect'
  | 'stopped'
  | 'server';

/** Its message is a sentence without keys, tracebacks or request bodies. */
export class OdooError extends Error {
  override name = 'OdooError';
  readonly reason: OdooFailure;

  constructor(reason: OdooFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** An exception as Odoo serialises it, in JSON-RPC's `error.data` and as the body of JSON-2's errors. */
export interface OdooFault {
  name: string;
  message: string;
}

const messageLimit = 600;

/**
 * Names of odoo/exceptions.py, Werkzeug and psycopg2. AccessDenied is a login that failed, AccessError a right that the user
 * does not have.
 */
export function describeFault({ name, message }: OdooFault, status = 200): OdooError {
  const kind = name.split('.').at(-1) ?? '';
  const said = quoted(message);
  if (kind === 'AccessDenied' || kind === 'Unauthorized' || status === 401) {
    return new OdooError('credentials', 'Odoo refused the login. Check the user name and the API key.');
  }
  if (kind === 'SessionExpiredException') {
    return new OdooError(
      'server',
      'Odoo wants the session of a browser here (“Session expired”). Check the address and the name of the database.',
    );
  }
  if (kind === 'AccessError') return new OdooError('access-denied', `Odoo denied access: ${said}${ruleOf(message)}`);
  if (kind === 'MissingError') return new OdooError('missing-record', `Odoo has no such record (any more): ${said}`);
  if (
    /^(Object \S+ doesn't exist|Objekt \S+ existiert nicht)/.test(message) ||
    /model '?[\w.]+'? does not exist/i.test(message)
  ) {
    return new OdooError('unknown-model', 'This Odoo does not have the model; its app may not be installed.');
  }
  if (kind === 'KeyError' && /^'[\w.]+'$/.test(message)) {
    return new OdooError('unknown-model', 'This Odoo does not have the model; its app may not be installed.');
  }
  if (/database "[^"]*" does not exist/.test(message)) {
    return new OdooError('unknown-database', 'This Odoo has no database of that name.');
  }
  if (['UserError', 'ValidationError', 'RedirectWarning', 'UnprocessableEntity', 'IntegrityError'].includes(kind)) {
    return new OdooError('validation', `Odoo did not accept it: ${said}`);
  }
  if (['ValueError', 'TypeError', 'AttributeError', 'UndefinedColumn', 'BadRequest'].includes(kind)) {
    return new OdooError('validation', `Odoo could not use the request: ${said}`);
  }
  return new OdooError('server', `Odoo reported an error: ${said}`);
}

/** Odoo refuses single records by rules, and whole models by groups: an admin mends them in different places. */
function ruleOf(message: string): string {
  if (
    /record rules?|top-secret|security restrictions|unauthorized or invalid compan|multi-company|Datensatzregel|Berechtigungsregel/i.test(
      message,
    )
  ) {
    return ' It is a record rule of Odoo that keeps these records from the user of the connection, not the model.';
  }
  return '';
}

export function describeFetchError(error: unknown): OdooError {
  if (!(error instanceof SafeFetchError)) throw error;
  switch (error.reason) {
    case 'forbidden-address':
      return new OdooError('forbidden-address', error.message, { cause: error });
    case 'aborted':
      return new OdooError('stopped', 'The request to Odoo was stopped.', { cause: error });
    case 'redirect':
      return new OdooError('redirect', `${error.message} Enter the address that it leads to.`, { cause: error });
    case 'too-large':
      return new OdooError('server', 'Odoo’s answer is too large. Ask for fewer records or fields.', { cause: error });
    default:
      return new OdooError('unreachable', `Odoo did not answer: ${error.message}`, { cause: error });
  }
}

/** Odoo's own words on one line. The last line of a long message usually says what to do. */
function quoted(message: string): string {
  const line = message.replaceAll('\0', '').replace(/\s+/g, ' ').trim();
  return line.length > messageLimit ? `${line.slice(0, messageLimit).toWellFormed()}…` : line;
}
