import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';

interface Operation {
  method: string;
  path: string;
  pattern: RegExp;
  /** A check for each documented status (`200`, `4XX`) and media type. */
  checks: Map<string, Map<string, () => ValidateFunction>>;
}

interface Document {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  components: { schemas: Record<string, object> };
}

const operationsOf = new WeakMap<FastifyInstance, Operation[]>();

/**
 * Holds a real answer against what `/api/openapi.json` says of its route, status and media type, so that every test
 * that asks the app over HTTP tests the document too. Dates must be ISO 8601 in UTC with milliseconds.
 * @throws Error that names the route and what differs
 */
export function checkAnswer(
  app: FastifyInstance,
  request: { method: string; url: string },
  answer: { status: number; contentType: string; body: unknown },
): void {
  const operation = findOperation(app, request);
  if (!operation || answer.status === 405) return;
  const where = `${request.method} ${operation.path} answered ${answer.status}`;
  const byType =
    operation.checks.get(String(answer.status)) ?? operation.checks.get(`${String(answer.status)[0]}XX`) ?? undefined;
  if (!byType) throw new Error(`${where}, which the OpenAPI document does not mention.`);
  const mediaType = answer.contentType.split(';')[0] ?? '';
  const compile = byType.get(mediaType);
  // A download may have any type.
  if (!compile && byType.has('application/octet-stream')) return;
  if (!compile)
    throw new Error(`${where} as "${answer.contentType}"; documented are ${[...byType.keys()].join(', ')}.`);
  if (mediaType !== 'application/json') return;
  if (answer.contentType !== 'application/json; charset=utf-8') throw new Error(`${where} as ${answer.contentType}.`);
  const check = compile();
  if (check(answer.body)) return;
  const differences = check.errors?.map((error) => `${error.instancePath || 'body'} ${error.message}`).join('; ');
  throw new Error(`${where}, but not as documented: ${differences}\n${JSON.stringify(answer.body)}`);
}

function findOperation(app: FastifyInstance, { method, url }: { method: string; url: string }) {
  let operations = operationsOf.get(app);
  if (!operations) {
    operations = readOperations(app.swagger() as unknown as Document);
    operationsOf.set(app, operations);
  }
  const path = url.split('?')[0] ?? '';
  return operations.find((operation) => operation.method === method && operation.pattern.test(path));
}

function readOperations(document: Document): Operation[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ajv.addFormat('binary', true);
  ajv.addFormat('email', true);
  ajv.addFormat('uri', true);
  ajv.addSchema({ $id: 'http://document/', components: document.components });
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      method: method.toUpperCase(),
      path,
      pattern: new RegExp(`^${path.replaceAll(/[.]/g, '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
      checks: new Map(
        Object.entries(responses).map(([status, { content }]) => [
          status,
          new Map(
            Object.entries(content ?? {}).map(([type, { schema }]) => [
              type,
              once(() => ajv.compile(absolute(schema))),
            ]),
          ),
        ]),
      ),
    })),
  );
  // Static segments win over parameters, as in the router.
  return operations.sort((left, right) => left.path.split('{').length - right.path.split('{').length);
}

/** Most tests ask a few routes only, and to compile the checks of all takes a second. */
function once<Value>(create: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= create());
}

const absolute = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"http://document/#/')) as object;
