import type { AboutConnection } from '../../../contract/agent-about.ts';
import type {
  AgentIntegration,
  DiscoveredModel,
  Integration,
  ModelPermission,
} from '../../../contract/integrations.ts';
import { type Credentials, maskCredentials } from './connection-credentials.ts';
import { effectivePermissions, grantOf } from './integration.policy.ts';
import type { AgentConnectionRow, ConnectionRow } from './integration.queries.ts';

/** A connection with its keys masked. */
export const presentIntegration = (row: ConnectionRow, credentials: Credentials): Integration => ({
  id: row.id,
  type: row.type,
  name: row.name,
  description: row.description,
  credentials: maskCredentials(credentials),
  version: row.version,
  models: row.models ?? [],
  lastSyncAt: row.lastSyncAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** What an agent may do in a connection, as its page shows it. */
export function presentAgentIntegration(row: {
  connection: ConnectionRow;
  grant: AgentConnectionRow | null;
}): AgentIntegration {
  const { connection } = row;
  const grant = grantOf(connection, row.grant);
  return {
    connectionId: connection.id,
    name: connection.name,
    type: connection.type,
    enabled: grant.enabled,
    accessLevel: grant.accessLevel,
    models: [...grant.models],
    permissions: effectivePermissions(grant, connection.models),
  };
}

/** What holds in the connections that are enabled, without where they lead. */
export function presentHeld(rows: readonly Parameters<typeof presentAgentIntegration>[0][]): AboutConnection[] {
  return rows.flatMap(({ connection, grant: row }) => {
    const grant = grantOf(connection, row);
    if (!grant.enabled) return [];
    const models = byModel(effectivePermissions(grant, connection.models), connection.models ?? []);
    return [{ name: connection.name, type: connection.type, accessLevel: grant.accessLevel, models }];
  });
}

function byModel(
  permissions: readonly ModelPermission[],
  known: readonly DiscoveredModel[],
): AboutConnection['models'] {
  const models = Map.groupBy(permissions, ({ model }) => model);
  return [...models].map(([model, held]) => ({
    model,
    name: known.find((found) => found.model === model)?.name ?? model,
    operations: held.map(({ operation }) => operation),
  }));
}
