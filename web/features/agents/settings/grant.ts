import type {
  AccessLevel,
  AgentIntegration,
  DiscoveredModel,
  Integration,
  ModelPermission,
  Operation,
} from '../../../../contract/integrations.ts';
import type { BodyOf } from '../../../api/client.ts';

/** What an agent may do through one connection, as it stands on the page. */
export interface Grant {
  enabled: boolean;
  accessLevel: AccessLevel;
  /** What a level counts for. */
  models: readonly string[];
  /** Counts for `custom` only. */
  permissions: readonly ModelPermission[];
}

export const operationOrder: readonly Operation[] = ['read', 'create', 'write', 'delete'];

const operationsOf: Record<Exclude<AccessLevel, 'custom'>, readonly Operation[]> = {
  'read-only': ['read'],
  'read-write': ['read', 'create', 'write'],
  full: operationOrder,
};

/** What Odoo allows its user, as of the last synchronisation; undefined before the first one. */
export type KnownModels = ReadonlyMap<string, DiscoveredModel> | undefined;

export function knownModels({ models, lastSyncAt }: Pick<Integration, 'models' | 'lastSyncAt'>): KnownModels {
  return lastSyncAt === null ? undefined : new Map(models.map((found) => [found.model, found]));
}

export function grantOf({ enabled, accessLevel, models, permissions }: AgentIntegration): Grant {
  return { enabled, accessLevel, models, permissions: accessLevel === 'custom' ? permissions : [] };
}

/** Each model of the grant with what holds for it: what is granted and what Odoo allows, together. */
export function modelsOf(grant: Grant, known: KnownModels): { model: string; operations: Operation[] }[] {
  const { accessLevel, permissions } = grant;
  const models = new Set([...grant.models, ...permissions.map(({ model }) => model)]);
  return [...models].sort().map((model) => {
    const granted =
      accessLevel === 'custom'
        ? operationOrder.filter((operation) =>
            permissions.some((permission) => permission.model === model && permission.operation === operation),
          )
        : operationsOf[accessLevel];
    return { model, operations: granted.filter((operation) => isPossible(known, model, operation)) };
  });
}

/** What the level would give, but Odoo does not. */
export function refusedByOdoo({ accessLevel }: Grant, known: KnownModels, model: string): Operation[] {
  if (accessLevel === 'custom') return [];
  return operationsOf[accessLevel].filter((operation) => !isPossible(known, model, operation));
}

export function isPossible(known: KnownModels, model: string, operation: Operation): boolean {
  return known === undefined || (known.get(model)?.operations.includes(operation) ?? false);
}

/** The other level, beginning with the models and operations that hold until now. */
export function withLevel(grant: Grant, accessLevel: AccessLevel, known: KnownModels): Grant {
  const held = modelsOf(grant, known);
  const models = held.map(({ model }) => model);
  if (accessLevel !== 'custom') return { ...grant, accessLevel, models, permissions: [] };
  const permissions = held.flatMap(({ model, operations }) => operations.map((operation) => ({ model, operation })));
  return { ...grant, accessLevel, models, permissions };
}

export function withModel(grant: Grant, model: string, known: KnownModels): Grant {
  const isReadable = grant.accessLevel === 'custom' && isPossible(known, model, 'read');
  return {
    ...grant,
    models: [...new Set([...grant.models, model])],
    permissions: isReadable ? [...grant.permissions, { model, operation: 'read' }] : grant.permissions,
  };
}

export function withoutModel(grant: Grant, model: string): Grant {
  return {
    ...grant,
    models: grant.models.filter((other) => other !== model),
    permissions: grant.permissions.filter((permission) => permission.model !== model),
  };
}

export function withOperations(grant: Grant, model: string, operations: readonly Operation[]): Grant {
  const others = grant.permissions.filter((permission) => permission.model !== model);
  return { ...grant, permissions: [...others, ...operations.map((operation) => ({ model, operation }))] };
}

export const isSameGrant = (left: Grant, right: Grant): boolean => essence(left) === essence(right);

/** Models without any operation change nothing; the order says nothing. */
function essence({ enabled, accessLevel, models, permissions }: Grant): string {
  const what =
    accessLevel === 'custom' ? permissions.map(({ model, operation }) => `${model} ${operation}`) : [...models];
  return JSON.stringify([enabled, accessLevel, what.sort()]);
}

export function bodyOfGrant(
  { connectionId, type }: Pick<AgentIntegration, 'connectionId' | 'type'>,
  { enabled, accessLevel, models, permissions }: Grant,
): BodyOf<'updateAgentIntegration'> {
  if (type !== 'odoo') return { connectionId, enabled };
  if (accessLevel !== 'custom') return { connectionId, enabled, accessLevel, models: [...models] };
  return { connectionId, enabled, accessLevel, models: [], permissions: [...permissions] };
}
