import type { WritableDatabase } from '../../db/client.ts';
import type { Encryption } from '../../platform/encryption.ts';
import type { OdooAccess, OdooGrant } from '../../tools/odoo/odoo-access.ts';
import { decryptCredentials } from './connection-credentials.ts';
import { effectivePermissions, grantOf } from './integration.policy.ts';
import { insertSeen, listWithGrants, selectSeen } from './integration.queries.ts';

/** What an agent's tools ask about connections, with the keys that open them. */
export interface AgentConnections {
  /** What the Odoo tools ask. */
  odooAccess: OdooAccess;
  /** The key of the web search connection this agent may use now. */
  findSearchKey(agentId: string): Promise<string | undefined>;
}

export function createAgentConnections({
  db,
  encryption,
}: {
  db: WritableDatabase;
  encryption: Encryption;
}): AgentConnections {
  return {
    odooAccess: {
      async findGrants(agentId) {
        const rows = await listWithGrants(db, agentId);
        return rows.flatMap(({ connection, grant: row }): OdooGrant[] => {
          const grant = grantOf(connection, row);
          if (connection.type !== 'odoo' || !grant.enabled) return [];
          const opened = decryptCredentials(encryption, connection);
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
      return decryptCredentials(encryption, chosen.connection).values.apiKey;
    },
  };
}
