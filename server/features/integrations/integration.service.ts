import { randomUUID } from 'node:crypto';
import {
  type CreateIntegrationBody,
  type CredentialChanges,
  type Integration,
  maskedCredential,
  type TestAnswer,
  type TestIntegrationBody,
  type UpdateIntegrationBody,
} from '../../../contract/integrations.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import type { OdooConnector } from '../../tools/odoo/odoo-client.ts';
import {
  type Credentials,
  mergeCredentials,
  decryptCredentials,
  encryptCredentials,
} from './connection-credentials.ts';
import { createConnectionProbe } from './connection-probe.ts';
import { withoutImpossible } from './integration.policy.ts';
import { presentIntegration } from './integration.presenter.ts';
import {
  type ConnectionRow,
  deleteConnection,
  findConnection,
  findConnectionForUpdate,
  insertConnection,
  listConnections,
  listGrantsOf,
  saveGrant,
  updateConnection,
} from './integration.queries.ts';

export interface IntegrationService {
  list(): Promise<Integration[]>;
  get(id: string): Promise<Integration>;
  create(actor: Actor, body: CreateIntegrationBody): Promise<Integration>;
  update(actor: Actor, id: string, body: UpdateIntegrationBody): Promise<Integration>;
  remove(actor: Actor, id: string): Promise<void>;
  /** Asks Odoo what there is and what its user may do; takes away from agents what is no longer possible. */
  sync(actor: Actor, id: string): Promise<{ models: number; lastSyncAt: string }>;
  test(body: TestIntegrationBody): Promise<TestAnswer>;
  testStored(id: string, changes: CredentialChanges | undefined): Promise<TestAnswer>;
  databases(url: string): Promise<string[]>;
}

export function createIntegrationService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  encryption: Encryption;
  odoo: OdooConnector;
  braveApiUrl: string;
}): IntegrationService {
  const { db, signals, audit, encryption } = options;
  const probe = createConnectionProbe(options);

  const present = (row: ConnectionRow): Integration => presentIntegration(row, decryptCredentials(encryption, row));

  async function requireConnection(id: string): Promise<ConnectionRow> {
    const row = await findConnection(db, id);
    if (!row) throw notFound('The connection');
    return row;
  }

  /** So that people learn of it who did not press the button. */
  async function recordFailure(actor: Actor, { id, name }: ConnectionRow, error: string): Promise<void> {
    await signals.transaction(actor, (tx) =>
      audit.record(tx, {
        eventType: 'integration.synced',
        actor: { type: 'user', id: actor.userId },
        resource: `integration:${id}`,
        outcome: 'failure',
        error,
        detail: { name },
      }),
    );
  }

  return {
    list: async () => (await listConnections(db)).map(present),
    get: async (id) => present(await requireConnection(id)),
    async create(actor, body) {
      const credentials: Credentials =
        body.type === 'odoo'
          ? { type: 'odoo', values: body.credentials }
          : { type: 'web-search', values: body.credentials };
      if (body.credentials.apiKey === maskedCredential) throw invalidField('credentials.apiKey', 'Enter the API key.');
      await probe.requireAddress(credentials);
      const id = randomUUID();
      return signals.transaction(actor, async (tx) => {
        const row = await insertConnection(tx, {
          id,
          type: body.type,
          name: body.name,
          description: body.description || null,
          credentials: encryptCredentials(encryption, id, credentials),
        });
        await audit.record(tx, {
          eventType: 'integration.created',
          actor: { type: 'user', id: actor.userId },
          resource: `integration:${id}`,
          detail: { name: row.name, type: row.type, ...hostOf(credentials) },
        });
        signals.signal(tx, { kind: 'integration', connectionId: id });
        return present(row);
      });
    },
    async update(actor, id, body) {
      const checked = await requireConnection(id);
      if (body.credentials)
        await probe.requireAddress(mergeCredentials(decryptCredentials(encryption, checked), body.credentials));
      return signals.transaction(actor, async (tx) => {
        const before = await findConnectionForUpdate(tx, id);
        if (!before) throw notFound('The connection');
        const stored = decryptCredentials(encryption, before);
        const next = body.credentials ? mergeCredentials(stored, body.credentials) : stored;
        const changes = differences(
          { name: before.name, description: before.description, ...stored.values },
          {
            name: body.name ?? before.name,
            description: body.description === undefined ? before.description : body.description || null,
            ...next.values,
          },
        );
        if (Object.keys(changes).length === 0) return present(before);
        const row = await updateConnection(tx, id, {
          ...(body.name !== undefined && { name: body.name }),
          ...(body.description !== undefined && { description: body.description || null }),
          ...(body.credentials && { credentials: encryptCredentials(encryption, id, next) }),
          updatedAt: new Date(),
        });
        await audit.record(tx, {
          eventType: 'integration.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `integration:${id}`,
          detail: { name: before.name, changes },
        });
        signals.signal(tx, { kind: 'integration', connectionId: id });
        return present(row);
      });
    },
    async remove(actor, id) {
      await signals.transaction(actor, async (tx) => {
        const row = await findConnectionForUpdate(tx, id);
        if (!row) throw notFound('The connection');
        const grants = await listGrantsOf(tx, id);
        await deleteConnection(tx, id);
        await audit.record(tx, {
          eventType: 'integration.deleted',
          actor: { type: 'user', id: actor.userId },
          resource: `integration:${id}`,
          detail: { name: row.name, type: row.type, agents: grants.filter(({ enabled }) => enabled).length },
        });
        signals.signal(tx, { kind: 'integration', connectionId: id });
        for (const { agentId } of grants) signals.signal(tx, { kind: 'agent', agentId });
      });
    },
    async sync(actor, id) {
      const checked = await requireConnection(id);
      const credentials = decryptCredentials(encryption, checked);
      const found = await probe.discover(credentials).catch(async (error: unknown) => {
        if (error instanceof AppError) await recordFailure(actor, checked, error.message);
        throw error;
      });
      return signals.transaction(actor, async (tx) => {
        const before = await findConnectionForUpdate(tx, id);
        if (!before) throw notFound('The connection');
        // What was asked with other credentials says nothing about these.
        if (before.credentials !== checked.credentials) {
          throw new AppError('conflict', 'The connection was changed meanwhile. Synchronise it again.');
        }
        let removedPermissions = 0;
        for (const grant of found.models ? await listGrantsOf(tx, id) : []) {
          const left = withoutImpossible(grant, { before: before.models, after: found.models ?? [] });
          const { removed, accessLevel, models, permissions } = left;
          removedPermissions += removed;
          if (removed === 0) continue;
          await saveGrant(tx, { ...grant, accessLevel, models: [...models], permissions: [...permissions] });
          signals.signal(tx, { kind: 'agent', agentId: grant.agentId });
        }
        const lastSyncAt = new Date();
        await updateConnection(tx, id, { version: found.version, models: found.models, lastSyncAt });
        const models = found.models?.length ?? 0;
        await audit.record(tx, {
          eventType: 'integration.synced',
          actor: { type: 'user', id: actor.userId },
          resource: `integration:${id}`,
          detail: { name: before.name, models, removedPermissions },
        });
        signals.signal(tx, { kind: 'integration', connectionId: id });
        return { models, lastSyncAt: lastSyncAt.toISOString() };
      });
    },
    test: (body) =>
      probe.test(
        body.type === 'odoo'
          ? { type: 'odoo', values: body.credentials }
          : { type: 'web-search', values: body.credentials },
      ),
    async testStored(id, changes) {
      const stored = decryptCredentials(encryption, await requireConnection(id));
      return probe.test(changes ? mergeCredentials(stored, changes) : stored);
    },
    databases: (url) => probe.databases(url),
  };
}

function hostOf(credentials: Credentials): { host?: string } {
  const host = credentials.type === 'odoo' ? URL.parse(credentials.values.url)?.host : undefined;
  return host === undefined ? {} : { host };
}

/** `{ field: { from, to } }`; of a key only that it changed. */
function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([field, value]) => value !== before[field])
      .map(([field, value]) => [
        field,
        field === 'apiKey' ? { from: maskedCredential, to: maskedCredential } : { from: before[field], to: value },
      ]),
  );
}
