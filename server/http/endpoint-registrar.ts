import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import * as z from 'zod';
import { errorSchema } from '../../contract/common.ts';
import type { Access, Endpoint, InputOf, OutputOf } from '../../contract/endpoint.ts';
import { AppError } from '../platform/errors.ts';
import type { Actor } from './actor.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every endpoint that is not public. */
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
      onRequest: (request) => requireAccess(request, declaration.access, checks),
      handler: async (request, reply) => {
        const result = await handler({
          actor: request.actor,
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
  if (!actor) throw new AppError('unauthenticated', 'Sign in to continue.');
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

function schemaOf(declaration: Endpoint) {
  const status = declaration.status ?? 200;
  const answer = declaration.answer ?? z.string().meta({ format: 'binary' });
  const answers: Record<string, unknown> = declaration.answer ? { [status]: answer } : {};
  for (const further of declaration.alsoAnswers ?? []) answers[further] = answer;
  return {
    tags: [declaration.tag],
    summary: declaration.summary,
    ...(declaration.params && { params: declaration.params }),
    ...(declaration.query && { querystring: declaration.query }),
    ...(declaration.body && { body: declaration.body }),
    ...(declaration.consumes && { consumes: [declaration.consumes] }),
    ...(declaration.produces && { produces: [declaration.produces] }),
    response: { ...answers, '4xx': errorSchema, '5xx': declaration.alsoAnswers ? answer : errorSchema },
  };
}
