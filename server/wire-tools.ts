import { join } from 'node:path';
import { createExclusiveWork } from './db/exclusive-work.ts';
import { createAgentDirectory } from './features/agents/agent-directory.ts';
import { createAgentIntegrationService } from './features/integrations/agent-integration.service.ts';
import { createIntegrationService } from './features/integrations/integration.service.ts';
import { createKnowledge } from './features/knowledge/knowledge.ts';
import type { AddressPolicy } from './platform/address-guard.ts';
import { createSourceService } from './features/sources/source.service.ts';
import { createContextTools } from './tools/context/context-tools.ts';
import { createDocumentCache } from './tools/files/document-cache.ts';
import { createFileTools } from './tools/files/file-tools.ts';
import { createImageSource } from './tools/files/image-source.ts';
import { createOdooConnector } from './tools/odoo/odoo-client.ts';
import { createOdooTools } from './tools/odoo/odoo-tools.ts';
import { createToolGate } from './tools/tool-gate.ts';
import { createToolRegistry } from './tools/tool-registry.ts';
import { createWebTools } from './tools/web/web-tools.ts';
import type { Foundation } from './wire-foundation.ts';

export type WiredTools = ReturnType<typeof wireTools>;

/** What agents can do with documents, business systems, the web and what they are told, and the gate before it. */
export function wireTools(foundation: Foundation, options: { webPolicy: Partial<AddressPolicy> | undefined }) {
  const { config, databaseUrl, log, database, db, signals, audit, encryption, settings, contexts, providers } =
    foundation;
  const { braveApiUrl, dataRoot } = config;
  const workspaceRoot = join(config.home, 'workspaces');
  const agentDirectory = createAgentDirectory({ db, contexts });
  const knowledge = createKnowledge({
    ...{ config, databaseUrl, db, signals, audit, settings, providers, agentDirectory, log },
    prices: foundation.prices,
  });

  const documentCache = createDocumentCache();
  const addressPolicy = { allowPrivate: config.allowPrivateUrls };
  const odoo = createOdooConnector(addressPolicy);
  const integrations = createIntegrationService({ db, signals, audit, encryption, odoo, braveApiUrl });
  const agentIntegrations = createAgentIntegrationService({ db, signals, audit, encryption });
  const { odooAccess, findSearchKey } = agentIntegrations;
  const grantable = [
    ...createFileTools({ dataRoot, cache: documentCache }),
    ...knowledge.tools,
    ...createOdooTools({
      access: odooAccess,
      connector: odoo,
      exclusively: createExclusiveWork(database.pool),
      dataRoot,
    }),
    ...createWebTools({ braveApiUrl, findSearchKey, policy: { ...addressPolicy, ...options.webPolicy } }),
  ];
  const contextTools = createContextTools({ contexts, isAdmin: (userId) => agentDirectory.isAdmin(userId) });
  const registry = createToolRegistry([...grantable, ...contextTools]);

  const findGrant = agentDirectory.findGrant;
  const toolGate = createToolGate({ signals, registry, audit, findGrant, workspaceRoot, log });
  const images = createImageSource({ dataRoot, workspaceRoot, findGrant });
  const sources = createSourceService({
    ...{ signals, audit, agentDirectory, dataRoot, workspaceRoot, cache: documentCache },
  });
  return {
    ...{ workspaceRoot, agentDirectory, knowledge, integrations, agentIntegrations, grantable, registry },
    ...{ toolGate, images, sources, documentCache },
  };
}
