import * as z from 'zod';
import type { ErrorCode } from './common.ts';

/**
 * Who may call an endpoint. `licensed-admin` is an admin while an enterprise licence is active.
 * The server checks in the order origin, session, role, licence, input, existence, state.
 */
export type Access = 'public' | 'user' | 'admin' | 'licensed-admin';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Schema = z.ZodType;

export interface Endpoint<
  Params extends Schema | undefined = Schema | undefined,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | undefined = Schema | undefined,
  Answer extends Schema | undefined = Schema | undefined,
> {
  method: Method;
  /** Fastify's form, such as `/api/agents/:id`. */
  path: `/api/${string}`;
  access: Access;
  /** The heading under which the API documentation lists it. */
  tag: string;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The JSON body of a success; absent for files and CSV. */
  answer?: Answer;
  /** The status of a success; 200 unless said. */
  status?: 200 | 201;
  /** Further statuses whose body is the `answer` schema too, such as 503 of health. */
  alsoAnswers?: readonly number[];
  /** Codes of errors beyond those that its method, access and path imply. */
  errors?: readonly ErrorCode[];
  /** What a success is when it is not JSON. */
  produces?: 'text/csv' | 'application/octet-stream';
  /** A request body that is not JSON. */
  consumes?: 'multipart/form-data';
}

/** Declares an endpoint: the one place that the server's route, the web client's types and the OpenAPI document come from. */
export function endpoint<
  const Params extends Schema | undefined = undefined,
  const Query extends Schema | undefined = undefined,
  const Body extends Schema | undefined = undefined,
  const Answer extends Schema | undefined = undefined,
>(declaration: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return declaration;
}

export type InputOf<S> = S extends z.ZodType ? z.input<S> : undefined;
export type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined;
