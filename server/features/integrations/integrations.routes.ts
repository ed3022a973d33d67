import { integrationEndpoints } from '../../../contract/integrations.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { AgentIntegrationService } from './agent-integration.service.ts';
import type { IntegrationService } from './integration.service.ts';

export interface IntegrationRouteServices {
  integrations: IntegrationService;
  agentIntegrations: AgentIntegrationService;
}

export function addIntegrationRoutes(
  add: AddEndpoint,
  { integrations, agentIntegrations }: IntegrationRouteServices,
): void {
  add(integrationEndpoints.listIntegrations, () => integrations.list());
  add(integrationEndpoints.createIntegration, ({ actor, body }) => integrations.create(actor, body));
  add(integrationEndpoints.testIntegration, ({ body }) => integrations.test(body));
  add(integrationEndpoints.listIntegrationDatabases, async ({ body }) => ({
    databases: await integrations.databases(body.url),
  }));
  add(integrationEndpoints.getIntegration, ({ params }) => integrations.get(params.connectionId));
  add(integrationEndpoints.updateIntegration, ({ actor, params, body }) =>
    integrations.update(actor, params.connectionId, body),
  );
  add(integrationEndpoints.deleteIntegration, async ({ actor, params }) => {
    await integrations.remove(actor, params.connectionId);
    return success;
  });
  add(integrationEndpoints.syncIntegration, async ({ actor, params }) => ({
    ...success,
    ...(await integrations.sync(actor, params.connectionId)),
  }));
  add(integrationEndpoints.testStoredIntegration, ({ params, body }) =>
    integrations.testStored(params.connectionId, body?.credentials),
  );
  add(integrationEndpoints.listAgentIntegrations, ({ params }) => agentIntegrations.list(params.agentId));
  add(integrationEndpoints.updateAgentIntegration, ({ actor, params, body }) =>
    agentIntegrations.update(actor, params.agentId, body),
  );
}
