import * as z from 'zod';
import { type ErrorCode, errorSchema } from '../../contract/common.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { statusOf } from '../platform/errors.ts';

/** What every endpoint may be refused with, whatever it does. */
const always: ErrorCode[] = ['invalid_request', 'domain_locked', 'rate_limited', 'internal', 'unavailable'];

/** What a request with a body may be refused with besides. */
const ofBodies: ErrorCode[] = ['origin_forbidden', 'payload_too_large', 'request_timeout', 'unsupported_media_type'];

/** The error answers of an endpoint by status, each with the codes that it may carry. */
export function documentedErrors(endpoint: Pick<Endpoint, 'method' | 'access' | 'params' | 'errors'>) {
  const codes = new Set<ErrorCode>([...always, ...(endpoint.errors ?? [])]);
  if (endpoint.method !== 'GET') for (const code of ofBodies) codes.add(code);
  if (endpoint.access !== 'public') codes.add('unauthenticated');
  if (endpoint.access !== 'public' && endpoint.access !== 'user') codes.add('forbidden');
  if (endpoint.access === 'licensed-admin') codes.add('licence_required');
  if (endpoint.params) codes.add('not_found');
  const byStatus = Map.groupBy(codes, (code) => statusOf[code]);
  return Object.fromEntries([...byStatus].map(([status, of]) => [status, errorSchemaOf(of)]));
}

type ErrorSchema = ReturnType<typeof createErrorSchema>;

/** Most endpoints share theirs. */
const schemas = new Map<string, ErrorSchema>();

function errorSchemaOf(codes: ErrorCode[]): ErrorSchema {
  const key = codes.sort().join();
  const schema = schemas.get(key) ?? createErrorSchema(codes);
  schemas.set(key, schema);
  return schema;
}

const createErrorSchema = (codes: ErrorCode[]) => z.object({ ...errorSchema.shape, code: z.enum(codes) });
