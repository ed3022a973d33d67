import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import * as z from 'zod';
import { routes } from '../../contract/routes.ts';
import type { Access, Endpoint, InputOf, OutputOf } from '../../contract/endpoint.ts';
import { AppError, licenceRequired } from '../platform/errors.ts';
import type { Actor } from './actor.ts';
import { documentedErrors } from './documented-errors.ts';
import { unknownFieldMessage } from './error-handler.ts';
import { missingSession } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in person of an API request, if any; handlers of endpoints that are not public always have one. */
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** Who may call the route; absent on static files. */
    access?: Access;
  }
}

export interface HandlerInput<E extends Endpoint> {
  actor: E['access'] extends 'public' ? null : Actor;
  params: OutputOf<Exclude<E['params'], undefined>>;
  query: OutputOf<Exclude<E['query'], undefined>>;
  body: OutputOf<Exclude<E['body'], undefined>>;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Returns the answer's body; a handler of a file or CSV endpoint returns a stream or the reply it has sent itself. */
export type Handler<E extends Endpoint> = (
  input: HandlerInput<E>,
) => Promise<[Exclude<E['answer'], undefined>] extends [never] ? unknown : InputOf<Exclude<E['answer'], undefined>>>;

/** Adds the route of a declared endpoint. */
export type AddEndpoint = <const E extends Endpoint>(declaration: E, handler: Handler<E>) => void;

export interface AccessChecks {
  /** The signed-in person of the request's cookie, as of now. */
  findActor(request: FastifyRequest): Promise<Actor | undefined>;
  isLicensed(): Promise<boolean>;
}

/**
 * Ties the contract to Fastify: session (401), role (403) and licence (403) are checked before the body is even read,
 * then the schemas validate path, query and body (400).
 */
export function createEndpointRegistrar(app: FastifyInstance, checks: AccessChecks): AddEndpoint {
  return (declaration, handler) => {
    app.route({
      method: declaration.method,
      url: declaration.path,
      config: { access: declaration.access },
      schema: schemaOf(declaration),
      onRequest: async (request) => {
        requireAccess(request, declaration.access);
        await requireLicence(declaration.access, checks);
        requireContentType(request, declaration);
      },
      // A body may take its time, and what let the request in may have ended meanwhile.
      ...(declaration.method !== 'GET' && {
        preValidation: async (request: FastifyRequest) => {
          if (declaration.access === 'public') return;
          request.actor = (await checks.findActor(request)) ?? null;
          requireAccess(request, declaration.access);
          await requireLicence(declaration.access, checks);
        },
      }),
      handler: async (request, reply) => {
        if (!declaration.body) requireNoFields(request.body);
        const result = await handler({
          actor: declaration.access === 'public' ? null : { ...request.actor, access: declaration.access },
          params: request.params,
          query: request.query,
          body: request.body,
          request,
          reply,
        } as never);
        if (reply.sent) return reply;
        if (declaration.status && reply.statusCode === 200) reply.code(declaration.status);
        return result;
      },
    } satisfies RouteOptions);
  };
}

function requireAccess(request: FastifyRequest, access: Access): void {
  if (access === 'public') return;
  const { actor } = request;
  if (!actor) throw missingSession(request);
  if (access !== 'user' && actor.role !== 'admin') throw new AppError('forbidden', 'Only admins can do this.');
}

async function requireLicence(access: Access, checks: AccessChecks): Promise<void> {
  if (access === 'licensed-admin' && !(await checks.isLicensed())) throw licenceRequired();
}

/** The multipart plugin accepts its type on every route. */
function requireContentType(request: FastifyRequest, declaration: Endpoint): void {
  if (declaration.consumes || !/^multipart\//i.test(request.headers['content-type'] ?? '')) return;
  throw new AppError('unsupported_media_type', 'Send the body as application/json.');
}

/** An endpoint without a body takes an empty object at most, so that a field sent to the wrong place shows. */
function requireNoFields(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  const fields = Object.keys(body).map((field): [string, string[]] => [field, [unknownFieldMessage]]);
  if (fields.length === 0) return;
  throw new AppError('invalid_request', 'This endpoint takes no body.', { fieldErrors: Object.fromEntries(fields) });
}

const operationIds = new Map(Object.entries(routes).map(([name, { method, path }]) => [`${method} ${path}`, name]));

function schemaOf(declaration: Endpoint) {
  const status = declaration.status ?? 200;
  const answer = declaration.answer ?? z.string().meta({ format: 'binary' });
  const file = { description: 'The file', content: { [declaration.produces ?? '']: { schema: answer } } };
  const answers: Record<string, unknown> = { [status]: declaration.answer ? answer : file };
  for (const further of declaration.alsoAnswers ?? []) answers[further] = answer;
  return {
    operationId: operationIds.get(`${declaration.method} ${declaration.path}`),
    tags: [declaration.tag],
    summary: declaration.summary,
    ...(declaration.params && { params: declaration.params }),
    ...(declaration.query && { querystring: declaration.query }),
    ...(declaration.body && { body: declaration.body }),
    ...(declaration.consumes && { consumes: [declaration.consumes] }),
    response: { ...documentedErrors(declaration), ...answers },
  };
}
