import type { AgentIntegration, ModelPermission, UpdateAgentIntegrationBody } from '../../../contract/integrations.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Executor, Transaction, WritableDatabase } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import type { OdooAccess, OdooGrant } from '../../tools/odoo/odoo-access.ts';
import type { AgentStateConnection } from '../../db/schema/index.ts';
import { keepVersion } from '../agents/agent-versions.ts';
import { openCredentials } from './connection-credentials.ts';
import { type ConnectionGrant, effectivePermissions, enabledByDefault, isPossible } from './integration.policy.ts';
import {
  type AgentConnectionRow,
  type ConnectionRow,
  findAgentForGrant,
  findConnection,
  findConnectionForUpdate,
  insertSeen,
  isAgent,
  listWithGrants,
  saveGrant,
  selectSeen,
} from './integration.queries.ts';

export interface PermissionWishes {
  needed: ModelPermission[];
  /** Given where the connection has it. */
  wanted: ModelPermission[];
}

export type GiveGrant = (tx: Transaction, actor: Actor, agent: { id: string; name: string }) => Promise<void>;

export interface AgentIntegrationService {
  list(agentId: string): Promise<AgentIntegration[]>;
  update(actor: Actor, agentId: string, body: UpdateAgentIntegrationBody): Promise<AgentIntegration[]>;
  /**
   * Throws a 400 unless the connection offers what a new agent needs. Returns what gives it access, to be called in the
   * transaction that makes the agent.
   */
  prepareGrant(connectionId: string, wishes: PermissionWishes): Promise<GiveGrant>;
  /** Gives an agent exactly this in the connections that are still there. Called inside a transaction that holds its row. */
  restoreGrants(
    tx: Transaction,
    actor: Actor,
    agent: { id: string; name: string },
    wanted: readonly AgentStateConnection[],
  ): Promise<void>;
  /** Gives a new agent what another was given in connections. Called inside the transaction that makes it. */
  copyGrants(tx: Transaction, actor: Actor, agents: { from: string; to: { id: string; name: string } }): Promise<void>;
  /** What the Odoo tools ask. */
  odooAccess: OdooAccess;
  /** The key of the web search connection this agent may use now. */
  findSearchKey(agentId: string): Promise<string | undefined>;
}

export function createAgentIntegrationService(options: {
  db: WritableDatabase;
  signals: Signals;
  audit: AuditTrail;
  encryption: Encryption;
}): AgentIntegrationService {
  const { db, signals, audit, encryption } = options;

  async function present(executor: Executor, agentId: string): Promise<AgentIntegration[]> {
    const rows = await listWithGrants(executor, agentId);
    return rows.map(({ connection, grant: row }) => {
      const grant = grantOf(connection, row);
      return {
        connectionId: connection.id,
        name: connection.name,
        type: connection.type,
        enabled: grant.enabled,
        accessLevel: grant.accessLevel,
        models: [...grant.models],
        permissions: effectivePermissions(grant, connection.models),
      };
    });
  }

  const save = (tx: Transaction, agentId: string, { id }: { id: string }, grant: ConnectionGrant): Promise<void> =>
    saveGrant(tx, {
      agentId,
      connectionId: id,
      enabled: grant.enabled,
      accessLevel: grant.accessLevel,
      models: [...grant.models],
      permissions: [...grant.permissions],
    });

  return {
    async list(agentId) {
      if (!(await isAgent(db, agentId))) throw notFound('The agent');
      return present(db, agentId);
    },
    update: (actor, agentId, body) =>
      signals.transaction(actor, async (tx) => {
        const agent = await findAgentForGrant(tx, agentId);
        if (!agent) throw notFound('The agent');
        if (agent.isPersonal) {
          throw new AppError('invalid_request', 'The permissions of a personal agent cannot be changed.');
        }
        const found = (await listWithGrants(tx, agentId)).find(({ connection }) => connection.id === body.connectionId);
        if (!found) throw notFound('The connection');
        const { connection } = found;
        const before = grantOf(connection, found.grant);
        const after = changedGrant(connection, before, body);
        const changes = differences(before, after);
        if (Object.keys(changes).length === 0) return present(tx, agentId);
        await keepVersion(tx, { agentId, authorId: actor.userId }, () => save(tx, agentId, connection, after));
        await audit.record(tx, {
          eventType: 'agent.integration_updated',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${agentId}`,
          detail: { name: agent.name, connectionId: connection.id, connection: connection.name, changes },
        });
        signals.signal(tx, { kind: 'agent', agentId });
        return present(tx, agentId);
      }),
    async prepareGrant(connectionId, { needed, wanted }) {
      const connection = await findConnection(db, connectionId);
      if (!connection || connection.type !== 'odoo') {
        throw invalidField('connectionId', 'There is no such Odoo connection.');
      }
      const known = connection.models;
      if (known === null && needed.length > 0) {
        throw invalidField(
          'connectionId',
          'This connection was never synchronised, so it is not known what it offers. Synchronise it first.',
        );
      }
      const missing = needed.filter((permission) => !isPossible(known, permission));
      if (missing.length > 0) {
        const list = missing.map(({ model, operation }) => `${model} (${operation})`).join(', ');
        throw invalidField(
          'connectionId',
          `This Odoo does not offer what the template needs: ${list}. Install the app or give the Odoo user the right, then synchronise.`,
        );
      }
      const permissions = unique([...needed, ...wanted.filter((permission) => isPossible(known, permission))]);
      const models = [...new Set(permissions.map(({ model }) => model))].sort();
      const empty: ConnectionGrant = { enabled: false, accessLevel: 'read-only', models: [], permissions: [] };
      const grant: ConnectionGrant = { enabled: true, accessLevel: 'custom', models, permissions };
      return async (tx, actor, agent) => {
        if (!(await findConnectionForUpdate(tx, connectionId))) {
          throw invalidField('connectionId', 'The connection was deleted meanwhile.');
        }
        await saveGrant(tx, {
          agentId: agent.id,
          connectionId,
          enabled: true,
          accessLevel: 'custom',
          models,
          permissions,
        });
        await audit.record(tx, {
          eventType: 'agent.integration_updated',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${agent.id}`,
          detail: { name: agent.name, connectionId, connection: connection.name, changes: differences(empty, grant) },
        });
      };
    },
    async restoreGrants(tx, actor, agent, wanted) {
      for (const { connection, grant } of await listWithGrants(tx, agent.id)) {
        const before = grantOf(connection, grant);
        const state = wanted.find(({ connectionId }) => connectionId === connection.id);
        // What holds without being granted held then too.
        if (!state && !grant) continue;
        const after: ConnectionGrant = state
          ? {
              enabled: true,
              accessLevel: state.accessLevel as ConnectionGrant['accessLevel'],
              models: state.models,
              permissions: state.permissions as ConnectionGrant['permissions'],
            }
          : { ...before, enabled: false };
        const changes = differences(before, after);
        if (Object.keys(changes).length === 0) continue;
        await save(tx, agent.id, connection, after);
        await audit.record(tx, {
          eventType: 'agent.integration_updated',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${agent.id}`,
          detail: { name: agent.name, connectionId: connection.id, connection: connection.name, changes },
        });
      }
    },
    async copyGrants(tx, actor, { from, to }) {
      for (const { connection, grant: row } of await listWithGrants(tx, from)) {
        if (!row) continue;
        const grant = grantOf(connection, row);
        await save(tx, to.id, connection, grant);
        const changes = differences(grantOf(connection, null), grant);
        if (Object.keys(changes).length === 0) continue;
        await audit.record(tx, {
          eventType: 'agent.integration_updated',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${to.id}`,
          detail: { name: to.name, connectionId: connection.id, connection: connection.name, changes },
        });
      }
    },
    odooAccess: {
      async findGrants(agentId) {
        const rows = await listWithGrants(db, agentId);
        return rows.flatMap(({ connection, grant: row }): OdooGrant[] => {
          const grant = grantOf(connection, row);
          if (connection.type !== 'odoo' || !grant.enabled) return [];
          const opened = openCredentials(encryption, connection);
          if (opened.type !== 'odoo') return [];
          return [
            {
              connectionId: connection.id,
              name: connection.name,
              description: connection.description,
              credentials: opened.values,
              permissions: effectivePermissions(grant, connection.models),
              titles: new Map(connection.models?.map(({ model, name }) => [model, name])),
            },
          ];
        });
      },
      rememberSeen: (records) => insertSeen(db, records),
      findSeen: (records) => selectSeen(db, records),
    },
    async findSearchKey(agentId) {
      const rows = await listWithGrants(db, agentId);
      const usable = rows.filter(
        ({ connection, grant }) => connection.type === 'web-search' && grantOf(connection, grant).enabled,
      );
      // One that was chosen for this agent comes before one that is merely there.
      const chosen = usable.find(({ grant }) => grant !== null) ?? usable[0];
      if (!chosen) return undefined;
      return openCredentials(encryption, chosen.connection).values.apiKey;
    },
  };
}

function grantOf(connection: ConnectionRow, row: AgentConnectionRow | null): ConnectionGrant {
  return row ?? { enabled: enabledByDefault(connection.type), accessLevel: 'read-only', models: [], permissions: [] };
}

/** The grant with the body's changes. Throws a 400 for what the connection cannot give. */
function changedGrant(
  connection: ConnectionRow,
  before: ConnectionGrant,
  body: UpdateAgentIntegrationBody,
): ConnectionGrant {
  const isAboutModels = body.models !== undefined || body.permissions !== undefined || body.accessLevel !== undefined;
  if (connection.type !== 'odoo' && isAboutModels) {
    throw invalidField('connectionId', 'A web search connection has no models; it can only be switched on and off.');
  }
  const accessLevel = body.accessLevel ?? (body.permissions ? 'custom' : before.accessLevel);
  if (body.permissions && accessLevel !== 'custom') {
    throw invalidField('permissions', 'Single permissions need the access level custom.');
  }
  const asked = [...(body.models ?? []), ...(body.permissions ?? []).map(({ model }) => model)];
  if (asked.length > 0 && connection.models === null) {
    throw invalidField(
      body.models ? 'models' : 'permissions',
      'This connection was never synchronised, so it is not known what it offers. Synchronise it first.',
    );
  }
  const unknown = asked.find((model) => !connection.models?.some((found) => found.model === model));
  if (unknown !== undefined) {
    throw invalidField(
      body.models?.includes(unknown) ? 'models' : 'permissions',
      `The connection does not offer the model ${unknown}. Synchronise it if it was installed recently.`,
    );
  }
  const impossible = body.permissions?.find((permission) => !isPossible(connection.models, permission));
  if (impossible) {
    throw invalidField(
      'permissions',
      `The Odoo user itself has no right to ${impossible.operation} ${impossible.model}.`,
    );
  }
  const isNowCustom = accessLevel === 'custom' && before.accessLevel !== 'custom';
  // Turning a level into single permissions begins with what held until now.
  const current = isNowCustom ? effectivePermissions(before, connection.models) : before.permissions;
  const kept = body.models ? current.filter(({ model }) => body.models?.includes(model)) : current;
  const permissions = accessLevel === 'custom' ? unique(body.permissions ?? kept) : [];
  const models = body.models ?? (body.permissions ? [] : before.models);
  return {
    enabled: body.enabled ?? before.enabled,
    accessLevel,
    models: [...new Set([...models, ...permissions.map(({ model }) => model)])].sort(),
    permissions,
  };
}

function unique(permissions: readonly ModelPermission[]): ModelPermission[] {
  const byKey = new Map(permissions.map((permission) => [`${permission.model} ${permission.operation}`, permission]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key) as ModelPermission);
}

/** Permissions as `model:operation`, which reads better in the trail. */
function differences(before: ConnectionGrant, after: ConnectionGrant) {
  const plain = ({ permissions, models, enabled, accessLevel }: ConnectionGrant) => ({
    enabled,
    accessLevel,
    models: [...models],
    permissions: permissions.map(({ model, operation }) => `${model}:${operation}`),
  });
  const [from, to] = [plain(before), plain(after)] as [Record<string, unknown>, Record<string, unknown>];
  return Object.fromEntries(
    Object.keys(to)
      .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
      .map((field) => [field, { from: from[field], to: to[field] }]),
  );
}
