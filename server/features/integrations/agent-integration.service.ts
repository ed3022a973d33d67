import type { AboutConnection } from '../../../contract/agent-about.ts';
import type { AgentIntegration, ModelPermission, UpdateAgentIntegrationBody } from '../../../contract/integrations.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Executor, Transaction, WritableDatabase } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { invalidField, notFound } from '../../platform/errors.ts';
import type { AgentStateConnection } from '../../db/schema/index.ts';
import { isFixed } from '../agents/agent.policy.ts';
import { keepVersion } from '../agents/agent-versions.ts';
import { fixedPermissions } from '../agents/require-agent.ts';
import { type AgentConnections, createAgentConnections } from './agent-connections.ts';
import {
  changedGrant,
  type ConnectionGrant,
  grantOf,
  grantRefusal,
  isPossible,
  uniquePermissions,
} from './integration.policy.ts';
import { presentAgentIntegration, presentHeld } from './integration.presenter.ts';
import {
  findAgentForGrant,
  findConnection,
  findConnectionForUpdate,
  isAgent,
  listWithGrants,
  saveGrant,
} from './integration.queries.ts';

export interface PermissionWishes {
  needed: ModelPermission[];
  /** Given where the connection has it. */
  wanted: ModelPermission[];
}

export type GiveGrant = (tx: Transaction, actor: Actor, agent: { id: string; name: string }) => Promise<void>;

export interface AgentIntegrationService extends AgentConnections {
  list(agentId: string): Promise<AgentIntegration[]>;
  /** What holds now in the connections that are enabled, for people who may use the agent; the caller has asked for that. */
  describe(agentId: string): Promise<AboutConnection[]>;
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
}

export function createAgentIntegrationService(options: {
  db: WritableDatabase;
  signals: Signals;
  audit: AuditTrail;
  encryption: Encryption;
}): AgentIntegrationService {
  const { db, signals, audit, encryption } = options;

  async function present(executor: Executor, agentId: string): Promise<AgentIntegration[]> {
    return (await listWithGrants(executor, agentId)).map(presentAgentIntegration);
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
    ...createAgentConnections({ db, encryption }),
    async list(agentId) {
      if (!(await isAgent(db, agentId))) throw notFound('The agent');
      return present(db, agentId);
    },
    async describe(agentId) {
      return presentHeld(await listWithGrants(db, agentId));
    },
    update: (actor, agentId, body) =>
      signals.transaction(actor, async (tx) => {
        const agent = await findAgentForGrant(tx, agentId);
        if (!agent) throw notFound('The agent');
        if (isFixed(agent, 'connections')) throw fixedPermissions();
        const found = (await listWithGrants(tx, agentId)).find(({ connection }) => connection.id === body.connectionId);
        if (!found) throw notFound('The connection');
        const { connection } = found;
        const before = grantOf(connection, found.grant);
        const refusal = grantRefusal(connection, before, body);
        if (refusal) throw invalidField(refusal.field, refusal.sentence);
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
      const permissions = uniquePermissions([
        ...needed,
        ...wanted.filter((permission) => isPossible(known, permission)),
      ]);
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
  };
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
