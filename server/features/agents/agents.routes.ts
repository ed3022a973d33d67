import { agentEndpoints } from '../../../contract/agents.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { Tool } from '../../tools/tool.ts';
import type { AgentService } from './agent.service.ts';
import { presentTemplate, presentTool } from './template.presenter.ts';
import { templates } from './templates.ts';

export interface AgentRouteServices {
  agents: AgentService;
  grantableTools: Tool[];
  /** Of /data, or of a directory below it. @throws AppError 404 */
  listDataDirectories(path?: string): Promise<{ path: string; name: string }[]>;
}

export function addAgentRoutes(
  add: AddEndpoint,
  { agents, grantableTools, listDataDirectories }: AgentRouteServices,
): void {
  add(agentEndpoints.listAgents, ({ actor }) => agents.list(actor));
  add(agentEndpoints.createAgent, ({ actor, body }) => agents.create(actor, body));
  add(agentEndpoints.getAgent, ({ actor, params }) => agents.get(actor, params.id));
  add(agentEndpoints.updateAgent, ({ actor, params, body }) => agents.update(actor, params.id, body));
  add(agentEndpoints.deleteAgent, async ({ actor, params }) => {
    await agents.remove(actor, params.id);
    return success;
  });
  add(agentEndpoints.getAgentFile, async ({ actor, params }) => ({
    content: await agents.getFile(actor, params.id, params.name),
  }));
  add(agentEndpoints.putAgentFile, async ({ actor, params, body }) => ({
    content: await agents.putFile(actor, params.id, params.name, body.content),
  }));
  add(agentEndpoints.listAgentVersions, ({ actor, params, query }) => agents.versions(actor, params.id, query));
  add(agentEndpoints.restoreAgentVersion, ({ actor, params }) => agents.restore(actor, params.id, params.number));
  add(agentEndpoints.stopAgent, ({ actor, params }) => agents.setStopped(actor, params.id, true));
  add(agentEndpoints.resumeAgent, ({ actor, params }) => agents.setStopped(actor, params.id, false));
  add(agentEndpoints.stopAllAgents, async ({ actor }) => ({ agents: await agents.setAllStopped(actor, true) }));
  add(agentEndpoints.resumeAllAgents, async ({ actor }) => ({ agents: await agents.setAllStopped(actor, false) }));
  add(agentEndpoints.duplicateAgent, ({ actor, params, body }) => agents.duplicate(actor, params.id, body.name));
  add(agentEndpoints.listAgentUse, async ({ actor }) => ({ agents: await agents.listUse(actor) }));
  add(agentEndpoints.listTemplates, async () => ({
    templates: templates.map(presentTemplate),
  }));
  add(agentEndpoints.listTools, async () => ({
    tools: grantableTools.map(presentTool),
  }));
  add(agentEndpoints.listDataDirectories, async ({ query }) => ({
    directories: await listDataDirectories(query.path),
  }));
}
