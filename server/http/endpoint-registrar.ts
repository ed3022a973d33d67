import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import * as z from 'zod';
import { errorSchema } from '../../contract/common.ts';
import type { Access, Endpoint, InputOf, OutputOf } from '../../contract/endpoint.ts';
import { AppError } from '../platform/errors.ts';
import type { Actor } from './actor.ts';
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
  /** The signed-in person of the request's cookie, asked at every request. */
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
        await requireAccess(request, declaration.access, checks);
        requireContentType(request, declaration);
      },
      handler: async (request, reply) => {
        if (!declaration.body) requireNoFields(request.body);
        const result = await handler({
          actor: declaration.access === 'public' ? null : request.actor,
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

async function requireAccess(request: FastifyRequest, access: Access, checks: AccessChecks): Promise<void> {
  if (access === 'public') return;
  const actor = await checks.findActor(request);
  if (!actor) throw missingSession(request);
  request.actor = actor;
  if (access === 'user') return;
  if (actor.role !== 'admin') throw new AppError('forbidden', 'Only admins can do this.');
  if (access === 'licensed-admin' && !(await checks.isLicensed())) {
    throw new AppError(
      'licence_required',
      'This needs an active enterprise licence. Add a key under Settings → Licence.',
    );
  }
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

function schemaOf(declaration: Endpoint) {
  const status = declaration.status ?? 200;
  const answer = declaration.answer ?? z.string().meta({ format: 'binary' });
  const file = { description: 'The file', content: { [declaration.produces ?? '']: { schema: answer } } };
  const answers: Record<string, unknown> = { [status]: declaration.answer ? answer : file };
  for (const further of declaration.alsoAnswers ?? []) answers[further] = answer;
  return {
    tags: [declaration.tag],
    summary: declaration.summary,
    ...(declaration.params && { params: declaration.params }),
    ...(declaration.query && { querystring: declaration.query }),
    ...(declaration.body && { body: declaration.body }),
    ...(declaration.consumes && { consumes: [declaration.consumes] }),
    response: { ...answers, '4xx': errorSchema, '5xx': declaration.alsoAnswers ? answer : errorSchema },
  };
}
