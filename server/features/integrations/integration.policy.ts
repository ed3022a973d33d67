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

/** Whether the Odoo user itself may do it, as of the last synchronisation; before the first, only Odoo knows. */
export function isPossible(known: readonly DiscoveredModel[] | null, { model, operation }: ModelPermission): boolean {
  return known === null || known.some((found) => found.model === model && found.operations.includes(operation));
}

/** What really holds, whether or not the connection is enabled. */
export const effectivePermissions = (
  grant: ConnectionGrant,
  known: readonly DiscoveredModel[] | null,
): ModelPermission[] => granted(grant).filter((permission) => isPossible(known, permission));

/** The grant without what a synchronisation no longer found. */
export function withoutImpossible(
  grant: ConnectionGrant,
  known: readonly DiscoveredModel[],
): Pick<ConnectionGrant, 'models' | 'permissions'> & { removed: number } {
  const models = grant.models.filter((model) => known.some((found) => found.model === model));
  const permissions = grant.permissions.filter((permission) => isPossible(known, permission));
  const before = effectivePermissions(grant, null).length;
  return { models, permissions, removed: before - effectivePermissions(grant, known).length };
}

/** Searching the web needs no model: granting the tool is the permission, unless the connection is switched off. */
export const enabledByDefault = (type: 'odoo' | 'web-search'): boolean => type === 'web-search';
