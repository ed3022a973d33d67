import type { Agent, PluginConfigChanges, UpdateAgentBody } from '../../../contract/agents.ts';
import type { Transaction } from '../../db/client.ts';
import { invalidField } from '../../platform/errors.ts';
import type { AgentIntegrationService, GiveGrant } from '../integrations/agent-integration.service.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { type AgentChanges, findAgentActor, findKnownGroups } from './agent.queries.ts';
import type { AgentTemplate } from './agent-template.ts';
import { requirePrivateHosts } from './change-plugin-config.ts';

export interface AgentValueSources {
  providers: Pick<ProviderService, 'resolveModelId'>;
  isKnownTool(id: string): boolean;
  /** The normalised virtual path. @throws Error with a sentence when it is no directory below /data */
  requireDataDirectory(path: string): Promise<string>;
  /** Checks that a connection offers what a template needs; what it returns gives it to the new agent. */
  prepareGrant: AgentIntegrationService['prepareGrant'];
}

/**
 * Checks the values that an agent is given, and gives them as they are stored. What asks providers and disks may take its time, so no
 * transaction may be open meanwhile. Everything throws an AppError 400 that names the field.
 */
export interface AgentValues {
  requireModel(reference: string, current: string | null, field?: string): Promise<string>;
  requireKnownTools(ids: string[], field?: string): string[];
  requirePluginConfig<Config extends PluginConfigChanges>(config: Config): Promise<Config>;
  /** Of a change, without its groups and configuration; of an agent with these models until now. */
  resolve(body: UpdateAgentBody, current: Pick<Agent, 'model' | 'fallbackModel'>): Promise<AgentChanges>;
  /** What gives a new agent of a template its connection; undefined where it needs none. */
  prepareConnection(template: AgentTemplate, connectionId: string | undefined): Promise<GiveGrant | undefined>;
  requireGroups(tx: Transaction, ids: string[]): Promise<string[]>;
  requireResponsible(tx: Transaction, userId: string): Promise<string>;
}

export function createAgentValues(options: AgentValueSources): AgentValues {
  const { providers } = options;

  async function requireModel(reference: string, current: string | null, field = 'model'): Promise<string> {
    const model = await providers.resolveModelId(reference, current);
    if (!model) throw invalidField(field, 'No configured provider offers this model.');
    return model;
  }

  function requireKnownTools(ids: string[], field = 'allowedTools'): string[] {
    const unknown = ids.find((id) => !options.isKnownTool(id));
    if (unknown !== undefined) throw invalidField(field, `There is no tool "${unknown}".`);
    return [...new Set(ids)];
  }

  async function requireDirectories(paths: string[]): Promise<string[]> {
    const normalised = await Promise.all(
      paths.map(async (path) => {
        try {
          return await options.requireDataDirectory(path);
        } catch {
          throw invalidField('pluginConfig.allowed_paths', `${path} is not a directory under /data/.`);
        }
      }),
    );
    return [...new Set(normalised)];
  }

  async function requirePluginConfig<Config extends PluginConfigChanges>(config: Config): Promise<Config> {
    const { allowed_paths: paths, web_private_hosts: hosts, ask_first: asking, allow_always: always } = config;
    return {
      ...config,
      ...(paths && { allowed_paths: await requireDirectories(paths) }),
      ...(hosts && { web_private_hosts: requirePrivateHosts(hosts) }),
      ...(asking && { ask_first: requireKnownTools(asking, 'pluginConfig.ask_first') }),
      ...(always && { allow_always: requireKnownTools(always, 'pluginConfig.allow_always') }),
    };
  }

  async function requireGroups(tx: Transaction, ids: string[]): Promise<string[]> {
    const unique = [...new Set(ids)].sort();
    if (unique.length === 0) return unique;
    const found = await findKnownGroups(tx, unique);
    if (found.length !== unique.length) throw invalidField('groupIds', 'One of these groups does not exist.');
    return unique;
  }

  async function requireResponsible(tx: Transaction, userId: string): Promise<string> {
    if (await findAgentActor(tx, userId)) return userId;
    throw invalidField('responsibleUserId', 'There is no such person, or their account is deactivated.');
  }

  async function prepareConnection({ odoo, name }: AgentTemplate, connectionId: string | undefined) {
    if (connectionId !== undefined) return options.prepareGrant(connectionId, odoo ?? { needed: [], wanted: [] });
    if (!odoo) return undefined;
    throw invalidField('connectionId', `Choose the Odoo connection that ${name} is to work with.`);
  }

  async function resolve(
    body: UpdateAgentBody,
    current: Pick<Agent, 'model' | 'fallbackModel'>,
  ): Promise<AgentChanges> {
    const { name, tagline, greetingMessage, starters, icon, visibility, description, responsibleUserId, reviewAt } =
      body;
    const { reasoningEffort, temperature, maxOutputTokens } = body;
    const about = { description, responsibleUserId, reviewAt };
    const changes: AgentChanges = withoutUndefined({
      name,
      tagline,
      greetingMessage,
      starters,
      icon,
      visibility,
      ...about,
      ...{ reasoningEffort, temperature, maxOutputTokens },
    });
    if (body.model !== undefined) changes.model = await requireModel(body.model, current.model);
    if (body.fallbackModel !== undefined)
      changes.fallbackModel =
        body.fallbackModel && (await requireModel(body.fallbackModel, current.fallbackModel, 'fallbackModel'));
    if (body.allowedTools) changes.allowedTools = requireKnownTools(body.allowedTools);
    return changes;
  }

  return {
    requireModel,
    requireKnownTools,
    requirePluginConfig,
    resolve,
    prepareConnection,
    requireGroups,
    requireResponsible,
  };
}

const withoutUndefined = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
