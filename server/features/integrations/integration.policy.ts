import type {
  AccessLevel,
  DiscoveredModel,
  ModelPermission,
  Operation,
  UpdateAgentIntegrationBody,
} from '../../../contract/integrations.ts';

/** What the rules look at of a connection; `models` is null before the first synchronisation. */
export interface ConnectionFacts {
  type: 'odoo' | 'web-search';
  models: readonly DiscoveredModel[] | null;
}

/** What an admin set for an agent and a connection. */
export interface ConnectionGrant {
  enabled: boolean;
  accessLevel: AccessLevel;
  models: readonly string[];
  /** Counts for `custom` only. */
  permissions: readonly ModelPermission[];
}

const operationsOf: Record<Exclude<AccessLevel, 'custom'>, readonly Operation[]> = {
  'read-only': ['read'],
  'read-write': ['read', 'create', 'write'],
  full: ['read', 'create', 'write', 'delete'],
};

/** What the grant says, before Odoo's own rights are asked. */
function granted({ accessLevel, models, permissions }: ConnectionGrant): ModelPermission[] {
  if (accessLevel === 'custom') return permissions.map(({ model, operation }) => ({ model, operation }));
  return models.flatMap((model) => operationsOf[accessLevel].map((operation) => ({ model, operation })));
}

/** Whether the Odoo user itself may do it, as of the last synchronisation. What was never seen cannot be granted. */
export function isPossible(known: readonly DiscoveredModel[] | null, { model, operation }: ModelPermission): boolean {
  return known?.some((found) => found.model === model && found.operations.includes(operation)) ?? false;
}

/** What really holds, whether or not the connection is enabled. */
export const effectivePermissions = (
  grant: ConnectionGrant,
  known: readonly DiscoveredModel[] | null,
): ModelPermission[] => granted(grant).filter((permission) => isPossible(known, permission));

/**
 * The grant without what a synchronisation no longer found. What is gone stays gone when Odoo's rights return: a level that lost
 * something becomes the single permissions that are left of it.
 */
export function withoutImpossible(
  grant: ConnectionGrant,
  { before, after }: { before: readonly DiscoveredModel[] | null; after: readonly DiscoveredModel[] },
): Pick<ConnectionGrant, 'accessLevel' | 'models' | 'permissions'> & { removed: number } {
  const held = effectivePermissions(grant, before);
  const left = held.filter((permission) => isPossible(after, permission));
  const removed = held.length - left.length;
  if (removed === 0) return { ...grant, removed };
  const models = grant.models.filter((model) => after.some((found) => found.model === model));
  const losesOperations = held.some(
    (permission) => models.includes(permission.model) && !isPossible(after, permission),
  );
  if (grant.accessLevel !== 'custom' && !losesOperations) return { ...grant, models, removed };
  return {
    accessLevel: 'custom',
    models: [...new Set(left.map(({ model }) => model))].sort(),
    permissions: left,
    removed,
  };
}

/** What holds where an admin set nothing. Searching the web needs no model: granting the tool is the permission. */
export const grantOf = ({ type }: Pick<ConnectionFacts, 'type'>, set: ConnectionGrant | null): ConnectionGrant =>
  set ?? { enabled: type === 'web-search', accessLevel: 'read-only', models: [], permissions: [] };

/** The access level after a change: single permissions make it custom, unless another one is named. */
const levelAfter = (before: ConnectionGrant, body: UpdateAgentIntegrationBody): AccessLevel =>
  body.accessLevel ?? (body.permissions ? 'custom' : before.accessLevel);

/** What the connection cannot give of a change, if anything, with the field that asks for it. */
export function grantRefusal(
  connection: ConnectionFacts,
  before: ConnectionGrant,
  body: UpdateAgentIntegrationBody,
): { field: string; sentence: string } | undefined {
  const refused = (field: string, sentence: string) => ({ field, sentence });
  const isAboutModels = body.models !== undefined || body.permissions !== undefined || body.accessLevel !== undefined;
  if (connection.type !== 'odoo' && isAboutModels)
    return refused('connectionId', 'A web search connection has no models; it can only be switched on and off.');
  if (body.permissions && levelAfter(before, body) !== 'custom')
    return refused('permissions', 'Single permissions need the access level custom.');
  const asked = [...(body.models ?? []), ...(body.permissions ?? []).map(({ model }) => model)];
  if (asked.length > 0 && connection.models === null)
    return refused(
      body.models ? 'models' : 'permissions',
      'This connection was never synchronised, so it is not known what it offers. Synchronise it first.',
    );
  const unknown = asked.find((model) => !connection.models?.some((found) => found.model === model));
  if (unknown !== undefined)
    return refused(
      body.models?.includes(unknown) ? 'models' : 'permissions',
      `The connection does not offer the model ${unknown}. Synchronise it if it was installed recently.`,
    );
  const impossible = body.permissions?.find((permission) => !isPossible(connection.models, permission));
  if (impossible)
    return refused('permissions', `The Odoo user itself has no right to ${impossible.operation} ${impossible.model}.`);
  return undefined;
}

/** The grant with a change that nothing speaks against. */
export function changedGrant(
  connection: ConnectionFacts,
  before: ConnectionGrant,
  body: UpdateAgentIntegrationBody,
): ConnectionGrant {
  const accessLevel = levelAfter(before, body);
  const isNowCustom = accessLevel === 'custom' && before.accessLevel !== 'custom';
  // Turning a level into single permissions begins with what held until now.
  const current = isNowCustom ? effectivePermissions(before, connection.models) : before.permissions;
  const kept = body.models ? current.filter(({ model }) => body.models?.includes(model)) : current;
  const permissions = accessLevel === 'custom' ? uniquePermissions(body.permissions ?? kept) : [];
  const models = body.models ?? (body.permissions ? [] : before.models);
  return {
    enabled: body.enabled ?? before.enabled,
    accessLevel,
    models: [...new Set([...models, ...permissions.map(({ model }) => model)])].sort(),
    permissions,
  };
}

export function uniquePermissions(permissions: readonly ModelPermission[]): ModelPermission[] {
  const byKey = new Map(permissions.map((permission) => [`${permission.model} ${permission.operation}`, permission]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key) as ModelPermission);
}
