import type { AuditTrail } from './audit/audit-trail.ts';
import type { Config } from './config.ts';
import type { DatabaseConnection } from './db/client.ts';
import { createExclusiveWork } from './db/exclusive-work.ts';
import type { Signals } from './db/signals.ts';
import type { AgentDirectory } from './features/agents/agent-directory.ts';
import { createAgentIntegrationService } from './features/integrations/agent-integration.service.ts';
import { createIntegrationService } from './features/integrations/integration.service.ts';
import type { ContextService } from './features/settings/context.service.ts';
import type { AddressPolicy } from './platform/address-guard.ts';
import type { Encryption } from './platform/encryption.ts';
import { createContextTools } from './tools/context/context-tools.ts';
import type { DocumentCache } from './tools/files/document-cache.ts';
import { createFileTools } from './tools/files/file-tools.ts';
import { createOdooConnector } from './tools/odoo/odoo-client.ts';
import { createOdooTools } from './tools/odoo/odoo-tools.ts';
import { createToolRegistry } from './tools/tool-registry.ts';
import type { Tool } from './tools/tool.ts';
import { createWebTools } from './tools/web/web-tools.ts';

/** Business systems and everything that agents can do with them, with files, the web and what they are told. */
export function wireTools(options: {
  config: Config;
  connection: DatabaseConnection;
  signals: Signals;
  audit: AuditTrail;
  encryption: Encryption;
  contexts: ContextService;
  agentDirectory: AgentDirectory;
  knowledgeTools: Tool[];
  documentCache: DocumentCache;
  webPolicy: Partial<AddressPolicy> | undefined;
}) {
  const { config, connection, signals, audit, encryption, contexts, agentDirectory } = options;
  const { db } = connection;
  const { braveApiUrl, dataRoot } = config;
  const addressPolicy = { allowPrivate: config.allowPrivateUrls };
  const odoo = createOdooConnector(addressPolicy);
  const integrations = createIntegrationService({ db, signals, audit, encryption, odoo, braveApiUrl });
  const agentIntegrations = createAgentIntegrationService({ db, signals, audit, encryption });
  const { odooAccess, findSearchKey } = agentIntegrations;
  const grantable = [
    ...createFileTools({ dataRoot, cache: options.documentCache }),
    ...options.knowledgeTools,
    ...createOdooTools({
      access: odooAccess,
      connector: odoo,
      exclusively: createExclusiveWork(connection.pool),
      dataRoot,
    }),
    ...createWebTools({ braveApiUrl, findSearchKey, policy: { ...addressPolicy, ...options.webPolicy } }),
  ];
  const contextTools = createContextTools({ contexts, isAdmin: (userId) => agentDirectory.isAdmin(userId) });
  return { integrations, agentIntegrations, grantable, registry: createToolRegistry([...grantable, ...contextTools]) };
}
