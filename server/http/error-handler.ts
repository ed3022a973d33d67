import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { ErrorAnswer } from '../../contract/common.ts';
import { maxDocumentsPerForm } from '../../contract/limits.ts';
import { explainDatabaseFault } from '../db/database-fault.ts';
import { AppError, statusOf } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { AskerGone } from './asker.ts';

/** Codes of Fastify and its plugins that are the client's doing, in our words. */
const knownFaults: Record<string, AppError> = {
  FST_ERR_CTP_INVALID_JSON_BODY: new AppError('invalid_request', 'The body is not valid JSON.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: new AppError('invalid_request', 'The body is empty; send a JSON object.'),
  FST_ERR_CTP_BODY_TOO_LARGE: new AppError('payload_too_large', 'The body is larger than 1 MiB.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new AppError('unsupported_media_type', 'Send the body as application/json.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new AppError(
    'invalid_request',
    'The body does not have the length it announced.',
  ),
  FST_INVALID_MULTIPART_CONTENT_TYPE: new AppError('unsupported_media_type', 'Send the file as multipart/form-data.'),
  FST_FILES_LIMIT: new AppError('payload_too_large', `One form may have at most ${maxDocumentsPerForm} documents.`),
  FST_REQ_FILE_TOO_LARGE: new AppError('payload_too_large', 'A file may have at most 25 MiB.'),
};

/** The file system of `PINCHY_HOME`. */
const fullDiskCodes = new Set(['ENOSPC', 'EDQUOT']);

interface KnownRoute {
  method: string;
  path: string;
}

/** Comes before the routes: it takes note of them, to tell a wrong method from an unknown path. */
export function installErrorHandler(app: FastifyInstance, log: Logger): void {
  const routes: KnownRoute[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (!url.startsWith('/api/')) return;
    for (const each of [method].flat()) routes.push({ method: each, path: url });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => send(reply, request, toAppError(error, request, log)));
  app.setNotFoundHandler((request, reply) => answerUnknown(request, reply, routes));
}

export function toAppError(error: FastifyError | Error, request: FastifyRequest, log: Logger): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return describeValidation(error);
  if (error instanceof AskerGone) {
    // People leave pages all the time; nobody reads this answer.
    log.debug({ requestId: request.id, route: request.routeOptions.url }, 'whoever asked is gone');
    return new AppError('unavailable', error.message);
  }
  const known = knownFaults[(error as FastifyError).code];
  if (known) return known;
  const status = (error as FastifyError).statusCode;
  if (status === 429) return new AppError('rate_limited', 'Too many requests. Wait a moment, then try again.');
  if (status && status >= 400 && status < 500) {
    return new AppError(status === 413 ? 'payload_too_large' : 'invalid_request', 'The request could not be read.');
  }
  const databaseFault = explainDatabaseFault(error);
  if (databaseFault) {
    log.warn({ error, requestId: request.id }, 'the database did not answer');
    return new AppError('unavailable', databaseFault, { retryAfter: 2 });
  }
  if (fullDiskCodes.has((error as FastifyError).code)) {
    log.error({ error, requestId: request.id }, 'the disk is full');
    return new AppError('unavailable', 'The disk of the server is full: nothing can be stored. Tell your admin.', {
      retryAfter: 30,
    });
  }
  log.error(
    { error, requestId: request.id, method: request.method, route: request.routeOptions.url },
    'request failed',
  );
  return new AppError(
    'internal',
    'Something went wrong on the server. Try again; if it stays, tell your admin the request id.',
  );
}

interface ValidationIssue {
  keyword: string;
  instancePath: string;
  message?: string | undefined;
  params: unknown;
}

function describeValidation(error: { validation: ValidationIssue[] }): AppError {
  // A map, because the client names the fields: `constructor` must not find what objects inherit.
  const found = new Map<string, string[]>();
  for (const { field, message } of error.validation.slice(0, maxNamed).flatMap(describeIssue)) {
    const messages = found.get(field) ?? [];
    if (!messages.includes(message)) found.set(field, [...messages, message]);
  }
  const [field, messages] = [...found][0] ?? ['', []];
  const first = messages[0] ?? 'The request is not valid.';
  const sentence = field === '' || field === 'body' ? first : `${field}: ${first}`;
  return new AppError('invalid_request', sentence, { fieldErrors: Object.fromEntries(found) });
}

/** Of fields that are not known: enough to see what is wrong. */
const maxNamed = 50;

function describeIssue(issue: ValidationIssue): { field: string; message: string }[] {
  const path = issue.instancePath.replace(/^\//, '').replaceAll('/', '.');
  if (issue.keyword === 'unrecognized_keys') {
    const { keys = [] } = issue.params as { keys?: string[] };
    return keys
      .slice(0, maxNamed)
      .map((key) => ({ field: path === '' ? key : `${path}.${key}`, message: unknownFieldMessage }));
  }
  return [{ field: path === '' ? 'body' : path, message: issue.message ?? 'This value is not valid.' }];
}

export const unknownFieldMessage = 'This field is not known here.';

export function send(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  const status = statusOf[error.code];
  if (error.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(error.retryAfter)));
  const answer: ErrorAnswer = { error: error.message, code: error.code };
  const { fieldErrors, reason } = error;
  if (fieldErrors || reason) answer.details = { ...(fieldErrors && { fieldErrors }), ...(reason && { reason }) };
  if (status >= 500) answer.requestId = request.id;
  return reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(answer);
}

/** An unknown path is 404; a known path with another method is 405 and says which methods it has. */
function answerUnknown(request: FastifyRequest, reply: FastifyReply, routes: KnownRoute[]): FastifyReply {
  const path = request.url.split('?')[0] ?? '';
  const found = routes.filter((route) => matchesPath(route.path, path)).map((route) => route.method);
  const methods = [...new Set(found)].sort();
  if (methods.length === 0) return send(reply, request, new AppError('not_found', 'There is no such API endpoint.'));
  reply.header('allow', methods.join(', '));
  return send(reply, request, new AppError('method_not_allowed', `This endpoint takes ${methods.join(' or ')}.`));
}

function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  );
}
