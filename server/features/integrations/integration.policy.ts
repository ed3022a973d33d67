import type { AccessLevel, DiscoveredModel, ModelPermission, Operation } from '../../../contract/integrations.ts';

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

/** Searching the web needs no model: granting the tool is the permission, unless the connection is switched off. */
export const enabledByDefault = (type: 'odoo' | 'web-search'): boolean => type === 'web-search';
