import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Endpoint, Method } from '../../contract/endpoint.ts';

/** A request with one id, or two, of somebody else, and the same with ids of nobody. */
export interface Attack {
  what: string;
  method: Method;
  foreign: AttackRequest;
  nobody: AttackRequest;
}
export interface AttackRequest {
  url: string;
  body?: unknown;
}

export interface AttackIds {
  /** Ids of somebody else by what they are of. */
  foreign: Record<string, string>;
  /** What the attacker may use: by parameter for a path, by field for a query or body. */
  usable(endpoint: Endpoint, name: string): string;
}

/**
 * Every way to put somebody else's id into a declared endpoint: each path parameter, alone and together with another,
 * each id in the query and in the body. Made from the contract, so that a new endpoint is attacked without a word here.
 */
export function attacksOn(endpoint: Endpoint, ids: AttackIds): Attack[] {
  const parameters = namesIn(endpoint.path);
  const bodyIds = idFieldsOf(endpoint.body);
  const queryIds = idFieldsOf(endpoint.query);
  const usable = Object.fromEntries(parameters.map((name) => [name, ids.usable(endpoint, name)]));
  const attack = (what: string, path: Record<string, string>, query: object = {}, field?: [string, unknown]) => {
    const build = (replace: (id: string) => string): AttackRequest => {
      const body = bodyFor(endpoint, field && [field[0], mapIds(field[1], replace)], ids);
      return {
        url: urlOf(endpoint.path, mapIds(path, replace), mapIds(query, replace)),
        ...(body !== undefined && { body }),
      };
    };
    const strangers = new Map(Object.values(ids.foreign).map((id) => [id, crypto.randomUUID()]));
    return {
      what: `${endpoint.method} ${endpoint.path}: ${what}`,
      method: endpoint.method,
      foreign: build((id) => id),
      nobody: build((id) => strangers.get(id) ?? id),
    };
  };

  const kinds = Object.entries(ids.foreign);
  return [
    ...parameters.flatMap((name) =>
      kinds.map(([kind, id]) => attack(`${kind} as :${name}`, { ...usable, [name]: id })),
    ),
    ...(parameters.length < 2
      ? []
      : kinds.flatMap(([first, firstId]) =>
          kinds.map(([second, secondId]) =>
            attack(`${first} and ${second}`, { ...usable, [parameters[0]!]: firstId, [parameters[1]!]: secondId }),
          ),
        )),
    ...queryIds.flatMap(({ name }) => kinds.map(([kind, id]) => attack(`${kind} as ?${name}`, usable, { [name]: id }))),
    ...bodyIds.flatMap(({ name, isList }) =>
      kinds.map(([kind, id]) => attack(`${kind} in ${name}`, usable, {}, [name, isList ? [id] : id])),
    ),
    // What changes something is left out: with nothing wrong in its path it would do its work.
    ...(endpoint.method !== 'GET'
      ? []
      : kinds.map(([kind, id]) => attack(`${kind} where no id belongs`, usable, { userId: id, ownerId: id, id }))),
  ];
}

const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

function urlOf(path: string, parameters: Record<string, string>, query: object): string {
  const filled = path.replaceAll(/:(\w+)/g, (_all, name: string) => parameters[name]!);
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return search ? `${filled}?${search}` : filled;
}

function mapIds<Value>(value: Value, replace: (id: string) => string): Value {
  if (typeof value === 'string') return replace(value) as Value;
  if (Array.isArray(value)) return value.map((each: unknown) => mapIds(each, replace)) as Value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, each]) => [key, mapIds(each as unknown, replace)]),
  ) as Value;
}

interface JsonSchema {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  required?: string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const inline = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(inline);
    if (typeof part !== 'object' || part === null) return part;
    const { $ref, $defs: _, ...rest } = part as JsonSchema;
    if ($ref) return inline(root.$defs?.[$ref.slice('#/$defs/'.length)]);
    return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inline(value)]));
  };
  return inline(root) as JsonSchema;
}

/** The fields that hold ids: a UUID, or a list of them; also those whose name says so. */
function idFieldsOf(schema: z.ZodType | undefined): { name: string; isList: boolean }[] {
  if (!schema) return [];
  const root = jsonSchemaOf(schema);
  const shapes = [root, ...(root.oneOf ?? []), ...(root.anyOf ?? [])];
  return shapes.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, field]) => {
      const isList = field.items?.format === 'uuid';
      return isList || field.format === 'uuid' || name.endsWith('Id') ? [{ name, isList }] : [];
    }),
  );
}

/** A body that the schema takes where that can be made up, with `field` in it; so that the id is what is judged. */
function bodyFor(endpoint: Endpoint, field: [string, unknown] | undefined, ids: AttackIds): unknown {
  if (!endpoint.body) return undefined;
  const schema = jsonSchemaOf(endpoint.body);
  const body = exampleOf(schema, (name) => ids.usable(endpoint, name)) as Record<string, unknown>;
  if (field) body[field[0]] = field[1];
  // A change with nothing in it is refused.
  const [name] = Object.keys(schema.properties ?? {});
  if (Object.keys(body).length === 0 && name && endpoint.method === 'PATCH')
    body[name] = exampleOf(schema.properties![name]!, (id) => ids.usable(endpoint, id), name);
  return body;
}

function exampleOf(schema: JsonSchema, idOf: (name: string) => string, name = ''): unknown {
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return exampleOf(choice, idOf, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.format === 'uuid') return idOf(name);
  if (schema.type === 'object') {
    const wanted = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key));
    return Object.fromEntries(wanted.map(([key, value]) => [key, exampleOf(value, idOf, key)]));
  }
  if (schema.type === 'array') return [];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0;
  if (schema.type === 'boolean') return false;
  if (name === 'token') return 'x'.repeat(43);
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
}

/** Every route that the server really has, as `/api/agents/:/chats`: parameters have no names here. */
export function registeredPaths(app: FastifyInstance): string[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const node = /^([│ ]*)[├└]── (\S+)/.exec(line);
      if (!node) return [];
      const depth = node[1]!.length / 4;
      above.length = depth;
      above.push(node[2]!);
      return [above.join('').replaceAll(/:\w+(\|:\w+)*/g, ':')];
    });
}
