import type { ChatAgents } from '../../chat/ports.ts';
import type { Database, Executor } from '../../db/client.ts';
import type { PluginConfig } from '../../../contract/agents.ts';
import type { ContextService } from '../settings/context.service.ts';
import { canChat, canEdit, grantedTools } from './agent.policy.ts';
import { composeSystemPrompt } from './agent-prompt.ts';
import {
  type AgentWithGroups,
  findAgent,
  findAgentActor,
  findAgentActors,
  findPersonalAgent,
  findUserForPrompt,
  listAgents,
} from './agent.queries.ts';
import { citingTools } from '../../../contract/reading-tools.ts';

export interface Grant {
  allowedTools: string[];
  pluginConfig: PluginConfig;
  isPersonal: boolean;
}

/** What chat and tools ask about agents; each answer is the database's of that moment. */
export interface AgentDirectory extends ChatAgents {
  /** Those of these people who may talk to it now, in their order. */
  filterUsers(agentId: string, userIds: readonly string[], executor?: Executor): Promise<string[]>;
  /** The agents that the person may talk to now, by id. */
  listUsable(userId: string, executor?: Executor): Promise<Map<string, { id: string; name: string }>>;
  /** The person's own personal agent. */
  findPersonal(userId: string): Promise<{ id: string } | undefined>;
  findGrant(who: { userId: string; agentId: string }): Promise<Grant | undefined>;
  isAdmin(userId: string): Promise<boolean>;
}

export function createAgentDirectory({ db, contexts }: { db: Database; contexts: ContextService }): AgentDirectory {
  async function findForChat(
    userId: string,
    agentId: string,
    executor: Executor = db,
  ): Promise<AgentWithGroups | undefined> {
    const [actor, agent] = await Promise.all([findAgentActor(executor, userId), findAgent(executor, agentId)]);
    return actor && agent && canChat(actor, agent) ? agent : undefined;
  }

  return {
    async findUsable(userId, agentId, tx) {
      const agent = await findForChat(userId, agentId, tx);
      return agent && { id: agent.id, name: agent.name, stopped: agent.stopped };
    },
    async filterUsers(agentId, userIds, executor = db) {
      if (userIds.length === 0) return [];
      const [agent, actors] = await Promise.all([findAgent(executor, agentId), findAgentActors(executor, userIds)]);
      const usable = new Set(actors.filter((actor) => agent && canChat(actor, agent)).map(({ userId }) => userId));
      return userIds.filter((userId) => usable.has(userId));
    },
    async listUsable(userId, executor = db) {
      const [actor, agents] = await Promise.all([findAgentActor(executor, userId), listAgents(executor)]);
      const usable = agents.filter((agent) => actor && canChat(actor, agent));
      return new Map(usable.map(({ id, name }) => [id, { id, name }]));
    },
    async mayEdit(userId, agentId, tx) {
      const [actor, agent] = await Promise.all([findAgentActor(tx, userId), findAgent(tx, agentId)]);
      return actor !== undefined && agent !== undefined && canChat(actor, agent) && canEdit(actor, agent);
    },
    async findPersonalOwner(agentId) {
      const agent = await findAgent(db, agentId);
      return agent?.isPersonal ? (agent.ownerId ?? undefined) : undefined;
    },
    findPersonal: (userId) => findPersonalAgent(db, userId),
    async describeForRun({ userId, agentId }, reader = db) {
      const [agent, user, organisationContext] = await Promise.all([
        findAgent(reader, agentId),
        findUserForPrompt(reader, userId),
        contexts.organisation(),
      ]);
      if (!agent || !user || !canChat(user, agent)) return undefined;
      const toolIds = grantedTools(agent, user.role);
      const cites = toolIds.some((id) => citingTools.has(id));
      const parts = { agent, user, organisationContext, cites, now: new Date() };
      const { model, fallbackModel, reasoningEffort, temperature, maxOutputTokens, stopped } = agent;
      const settings = { reasoningEffort, temperature, maxOutputTokens };
      return { model, fallbackModel, settings, system: composeSystemPrompt(parts), toolIds, stopped };
    },
    async findGrant({ userId, agentId }) {
      const [agent, actor] = await Promise.all([findForChat(userId, agentId), findAgentActor(db, userId)]);
      // A stopped agent may do nothing, whoever it is for.
      if (!agent || !actor || agent.stopped) return undefined;
      return {
        allowedTools: grantedTools(agent, actor.role),
        pluginConfig: agent.pluginConfig,
        isPersonal: agent.isPersonal,
      };
    },
    isAdmin: async (userId) => (await findAgentActor(db, userId))?.role === 'admin',
  };
}
