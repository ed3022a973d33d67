import { type AgentAbout, agentAboutEndpoints } from '../../../contract/agent-about.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { Tool } from '../../tools/tool.ts';
import type { AgentIntegrationService } from '../integrations/agent-integration.service.ts';
import type { AgentDirectory } from './agent-directory.ts';
import type { AgentService } from './agent.service.ts';
import { presentTool } from './template.presenter.ts';

export interface AgentAboutServices {
  agents: Pick<AgentService, 'get'>;
  agentDirectory: Pick<AgentDirectory, 'findGrant'>;
  agentIntegrations: Pick<AgentIntegrationService, 'describe'>;
  tools: { all: readonly Tool[] };
}

/** By what it calls a connection's tools: one that no tool reaches gives an agent nothing. */
const toolsOf = { odoo: /^odoo_/, 'web-search': /^pinchy_web_search$/ };

export function addAgentAboutRoutes(add: AddEndpoint, services: AgentAboutServices): void {
  const { agents, agentDirectory, agentIntegrations, tools } = services;
  add(agentAboutEndpoints.getAgentAbout, async ({ actor, params }): Promise<AgentAbout> => {
    const agent = await agents.get(actor, params.id);
    const [grant, connections] = await Promise.all([
      agentDirectory.findGrant({ userId: actor.userId, agentId: agent.id }),
      agentIntegrations.describe(agent.id),
    ]);
    const granted = new Set(grant?.allowedTools ?? agent.allowedTools);
    return {
      tools: tools.all.filter(({ id }) => granted.has(id)).map(presentTool),
      connections: connections.filter(({ type }) => [...granted].some((id) => toolsOf[type].test(id))),
    };
  });
}
