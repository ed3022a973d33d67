import type { Agent } from '../../../contract/agents.ts';
import { abilities, type AgentActor } from './agent.policy.ts';
import type { AgentWithGroups } from './agent.queries.ts';

export function presentAgent(actor: AgentActor, agent: AgentWithGroups): Agent {
  return {
    id: agent.id,
    name: agent.name,
    model: agent.model,
    templateId: agent.templateId,
    allowedTools: agent.allowedTools,
    pluginConfig: agent.pluginConfig,
    isPersonal: agent.isPersonal,
    ownerId: agent.ownerId,
    visibility: agent.visibility,
    groupIds: agent.groupIds,
    tagline: agent.tagline,
    greetingMessage: agent.greetingMessage,
    starters: agent.starters,
    icon: agent.icon,
    description: agent.description,
    responsibleUserId: agent.responsibleUserId,
    responsibleUserName: agent.responsibleUserName,
    reviewAt: agent.reviewAt,
    fallbackModel: agent.fallbackModel,
    reasoningEffort: agent.reasoningEffort,
    temperature: agent.temperature,
    maxOutputTokens: agent.maxOutputTokens,
    stopped: agent.stopped,
    createdAt: agent.createdAt.toISOString(),
    updatedAt: agent.updatedAt.toISOString(),
    abilities: abilities(actor, agent),
  };
}
