import * as z from 'zod';
import { errorSchema } from '../../contract/common.ts';
import { clientFrameSchema, serverFrameSchema } from '../../contract/socket.ts';

type Json = Record<string, unknown>;

interface Document {
  paths?: object;
  components?: { schemas?: object };
}

const inputSuffix = 'Input';

/** What the plugins leave out or double: schemas by one name each, bodies that may be missing, and the chat socket. */
export function completeDocument<Given extends Document>(given: Given): Given {
  const document = nameSchemasOnce(structuredClone(given));
  allowMissingBodies(document);
  addSocket(document);
  return document;
}

/**
 * The plugin lists every schema twice, as what is taken (`AgentInput`) and as what is answered (`Agent`). Only what is
 * referred to stays; the suffix stays where both are, and differ.
 */
function nameSchemasOnce<Given extends Document>(document: Given): Given {
  const schemas = { ...document.components?.schemas } as Json;
  const used = referencedFrom(document.paths ?? {}, schemas);
  const renamed = new Map<string, string>();
  for (const name of Object.keys(schemas).filter((each) => each.endsWith(inputSuffix))) {
    const plain = name.slice(0, -inputSuffix.length);
    if (used.has(name) && (!used.has(plain) || isSame(schemas[name], schemas[plain]))) renamed.set(name, plain);
  }
  const kept: Json = {};
  for (const name of used) kept[renamed.get(name) ?? name] = schemas[name];
  const tidy = { ...document, components: { ...document.components, schemas: kept } };
  return JSON.parse(
    JSON.stringify(tidy).replaceAll(/"#\/components\/schemas\/(\w+)"/g, (reference, name: string) => {
      const plain = renamed.get(name);
      return plain === undefined ? reference : `"#/components/schemas/${plain}"`;
    }),
  ) as Given;
}

/** The names that these paths refer to, and what those refer to in turn. */
function referencedFrom(paths: object, schemas: Json): Set<string> {
  const found = new Set<string>();
  const visit = (part: unknown) => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (!name || found.has(name) || !(name in schemas)) continue;
      found.add(name);
      visit(schemas[name]);
    }
  };
  visit(paths);
  return found;
}

const isSame = (left: unknown, right: unknown) =>
  JSON.stringify(left)?.replaceAll(/(schemas\/\w+?)Input"/g, '$1"') === JSON.stringify(right);

interface Operation {
  requestBody?: { required: boolean; content: Record<string, { schema: { anyOf?: { type?: string }[] } }> };
}

/** The plugin calls every body required; one whose schema takes null, which is what no body is read as, is not. */
function allowMissingBodies(document: Document): void {
  for (const path of Object.values(document.paths ?? {}) as Record<string, Operation>[]) {
    for (const { requestBody } of Object.values(path)) {
      const alternatives = requestBody?.content['application/json']?.schema.anyOf ?? [];
      if (requestBody && alternatives.some(({ type }) => type === 'null')) requestBody.required = false;
    }
  }
}

/** OpenAPI has no words for sockets: the upgrade is an operation, and the frames are schemas that it names. */
function addSocket(document: Document): void {
  const frames = {
    ClientFrame: z.toJSONSchema(clientFrameSchema, { io: 'input' }),
    ServerFrame: z.toJSONSchema(serverFrameSchema, { io: 'output' }),
    Error: z.toJSONSchema(errorSchema, { io: 'output' }),
  };
  const schemas = { ...document.components?.schemas } as Json;
  for (const [name, { $schema: _, $defs = {}, ...frame }] of Object.entries(frames)) {
    for (const [id, definition] of Object.entries($defs)) schemas[id] ??= inComponents(definition);
    // One that has an id of its own stands among the definitions.
    schemas[name] ??= inComponents(frame);
  }
  document.components = { ...document.components, schemas };
  const refusal = (description: string) => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  });
  document.paths = {
    ...document.paths,
    '/api/ws': {
      get: {
        operationId: 'openSocket',
        tags: ['Conversations'],
        summary: 'The chat socket',
        description:
          'Upgrades to a WebSocket. Frames are JSON text of at most 64 KiB: `ClientFrame` from the client, `ServerFrame` from the server.',
        security: [{ session: [] }],
        'x-access': 'user',
        'x-client-frame': { $ref: '#/components/schemas/ClientFrame' },
        'x-server-frame': { $ref: '#/components/schemas/ServerFrame' },
        responses: {
          101: { description: 'The socket is open' },
          401: refusal('No session'),
          403: refusal('Another host or site'),
          429: refusal('Too many open sockets'),
        },
      },
    },
  };
}

const inComponents = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
