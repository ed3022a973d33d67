import type { Agent, CreateAgentBody, UpdateAgentBody } from '../../../contract/agents.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, forbidden, invalidField, notFound } from '../../platform/errors.ts';
import type { AgentRuntime } from '../../runtime/agent-runtime.ts';
import type { AgentIntegrationService } from '../integrations/agent-integration.service.ts';
import { deleteConversationsWith } from '../../chat/conversations/delete-conversations.ts';
import { deleteUploadsTo } from '../uploads/delete-uploads.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { changePluginConfig } from './change-plugin-config.ts';
import { type AgentActor, canSee, forbiddenFields, isFixed, needsLicence } from './agent.policy.ts';
import { presentAgent } from './agent.presenter.ts';
import {
  type AgentWithGroups,
  findAgent,
  findAgentForUpdate,
  insertAgent,
  listAgents,
  replaceAgentGroups,
  updateAgent,
} from './agent.queries.ts';
import { type AgentFiles, createAgentFiles } from './agent-files.ts';
import { type AgentValueSources, createAgentValues } from './agent-values.ts';
import { keepVersion, listVersions, recordFirstVersion } from './agent-versions.ts';
import { describeChanges } from './describe-changes.ts';
import { type AgentUseList, createAgentUseList } from './agent-use.ts';
import { createDuplication, type Duplication } from './duplicate-agent.ts';
import { createPersonalAgents, type PersonalAgents } from './personal-agents.ts';
import { fixedPermissions, requireActor, requireEditable, requireVisible } from './require-agent.ts';
import { createRestoreState } from './restore-state.ts';
import { createStopSwitch, type StopSwitch } from './stop-switch.ts';
import { findTemplate } from './templates.ts';
import { findVersion } from './version.queries.ts';

type AgentVersions = Awaited<ReturnType<typeof listVersions>>;

export interface AgentService extends StopSwitch, AgentFiles, PersonalAgents, AgentUseList, Duplication {
  list(actor: Actor): Promise<Agent[]>;
  get(actor: Actor, id: string): Promise<Agent>;
  create(actor: Actor, body: CreateAgentBody): Promise<Agent>;
  update(actor: Actor, id: string, body: UpdateAgentBody): Promise<Agent>;
  remove(actor: Actor, id: string): Promise<void>;
  versions(actor: Actor, id: string, page: { page: number; limit: number }): Promise<AgentVersions>;
  /** Makes an agent what it was, as a new version. */
  restore(actor: Actor, id: string, number: number): Promise<Agent>;
}

export interface AgentServiceOptions extends AgentValueSources {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  providers: ProviderService;
  licence: LicenceService;
  runtime: AgentRuntime;
  /** Removes the agent's files: what people uploaded to it. */
  removeWorkspace(agentId: string): Promise<void>;
  /** What ends together with an agent. Called inside its transaction. */
  beforeRemove(tx: Transaction, actor: Actor, agentId: string): Promise<void>;
  /** Gives it in connected systems what it had there. Called inside the transaction of a restored version. */
  restoreGrants: AgentIntegrationService['restoreGrants'];
  /** Gives a copy in connected systems what the original has there. Called inside the transaction that makes it. */
  copyGrants: AgentIntegrationService['copyGrants'];
}

export function createAgentService(options: AgentServiceOptions): AgentService {
  const { db, signals, audit, providers, licence, runtime } = options;
  const values = createAgentValues(options);
  const restoreState = createRestoreState(options);

  async function requireLicenceFor(
    agent: Pick<AgentWithGroups, 'visibility' | 'groupIds'>,
    { visibility = agent.visibility, groupIds = agent.groupIds }: Pick<UpdateAgentBody, 'visibility' | 'groupIds'>,
  ): Promise<void> {
    if (!needsLicence(agent, { visibility, groupIds }) || (await licence.isActive())) return;
    throw new AppError('licence_required', 'Restricting agents to groups needs an active enterprise licence.');
  }

  return {
    ...createStopSwitch(options),
    ...createAgentFiles(options),
    ...createPersonalAgents(options),
    ...createAgentUseList(options),
    ...createDuplication({ ...options, requireLicenceFor }),
    async list(actor) {
      const [viewer, all] = await Promise.all([requireActor(db, actor), listAgents(db)]);
      return all.filter((agent) => canSee(viewer, agent)).map((agent) => presentAgent(viewer, agent));
    },
    async get(actor, id) {
      const [viewer, agent] = await Promise.all([requireActor(db, actor), findAgent(db, id)]);
      return presentAgent(viewer, requireVisible(viewer, agent));
    },
    async create(actor, body) {
      const template = findTemplate(body.templateId);
      if (!template) throw invalidField('templateId', `There is no template "${body.templateId}".`);
      const model =
        body.model === undefined ? await providers.findDefaultModel() : await values.requireModel(body.model, null);
      const fallbackModel = body.fallbackModel
        ? await values.requireModel(body.fallbackModel, null, 'fallbackModel')
        : null;
      const pluginConfig = await values.requirePluginConfig(body.pluginConfig ?? {});
      const allowedTools = values.requireKnownTools(body.allowedTools ?? template.allowedTools);
      const giveGrant = await values.prepareConnection(template, body.connectionId);
      const agent = await signals.transaction(actor, async (tx) => {
        const created = await insertAgent(tx, {
          name: body.name,
          model,
          fallbackModel,
          reasoningEffort: body.reasoningEffort ?? null,
          temperature: body.temperature ?? null,
          maxOutputTokens: body.maxOutputTokens ?? null,
          templateId: template.id,
          allowedTools,
          pluginConfig,
          ownerId: actor.userId,
          tagline: body.tagline ?? null,
          description: body.description ?? null,
          responsibleUserId:
            body.responsibleUserId === null
              ? null
              : await values.requireResponsible(tx, body.responsibleUserId ?? actor.userId),
          reviewAt: body.reviewAt ?? null,
          greetingMessage: body.greetingMessage === undefined ? template.greetingMessage : body.greetingMessage,
          icon: body.icon ?? null,
          personality: template.personality,
          instructions: template.instructions,
        });
        await audit.record(tx, {
          eventType: 'agent.created',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${created.id}`,
          detail: { name: created.name, templateId: template.id, model, isPersonal: false },
        });
        await giveGrant?.(tx, actor, created);
        await recordFirstVersion(tx, { agentId: created.id, authorId: actor.userId });
        signals.signal(tx, { kind: 'agent', agentId: created.id });
        return presentAgent(await requireActor(tx, actor), created);
      });
      await runtime.syncAgent(agent.id);
      return agent;
    },
    async update(actor, id, body) {
      const asked = await requireActor(db, actor);
      const found = requireVisible(asked, await findAgent(db, id));
      requireMayChange(asked, found, body);
      await requireLicenceFor(found, body);
      const resolved = await values.resolve(body, found);
      const configChanges = body.pluginConfig && (await values.requirePluginConfig(body.pluginConfig));
      const agent = await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const before = requireVisible(viewer, await findAgentForUpdate(tx, id));
        requireMayChange(viewer, before, body);
        await requireLicenceFor(before, body);
        const changes = {
          ...resolved,
          ...(configChanges && { pluginConfig: changePluginConfig(before.pluginConfig, configChanges) }),
        };
        const nextGroups = body.groupIds && (await values.requireGroups(tx, body.groupIds));
        const difference = describeChanges(before, { ...changes, ...(nextGroups && { groupIds: nextGroups }) });
        if (Object.keys(difference).length === 0) return presentAgent(viewer, before);
        if (body.responsibleUserId) await values.requireResponsible(tx, body.responsibleUserId);
        await keepVersion(tx, { agentId: id, authorId: actor.userId }, async () => {
          await updateAgent(tx, id, changes);
          if (nextGroups) await replaceAgentGroups(tx, id, nextGroups);
        });
        await audit.record(tx, {
          eventType: 'agent.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${id}`,
          detail: { name: before.name, changes: difference },
        });
        signals.signal(tx, { kind: 'agent', agentId: id });
        return presentAgent(viewer, requireVisible(viewer, await findAgent(tx, id)));
      });
      await runtime.syncAgent(id);
      return agent;
    },
    async remove(actor, id) {
      await signals.transaction(actor, async (tx) => {
        const agent = requireVisible(await requireActor(tx, actor), await findAgentForUpdate(tx, id));
        if (agent.isPersonal) throw new AppError('invalid_request', 'A personal agent cannot be deleted.');
        await options.beforeRemove(tx, actor, id);
        await updateAgent(tx, id, { deletedAt: new Date(), allowedTools: [], pluginConfig: {} });
        await deleteUploadsTo(tx, id);
        await deleteConversationsWith(tx, id);
        await audit.record(tx, {
          eventType: 'agent.deleted',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${id}`,
          detail: { name: agent.name },
        });
        signals.signal(tx, { kind: 'agent', agentId: id });
      });
      await runtime.removeAgent(id);
      await options.removeWorkspace(id);
    },
    async versions(actor, id, page) {
      const viewer = await requireActor(db, actor);
      requireEditable(viewer, await findAgent(db, id));
      return listVersions(db, id, page);
    },
    async restore(actor, id, number) {
      const agent = await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const before = requireEditable(viewer, await findAgentForUpdate(tx, id));
        const state = await findVersion(tx, id, number);
        if (!state) throw notFound('The version');
        await requireLicenceFor(before, state);
        await restoreState(tx, { actor, viewer, before, state, number });
        return presentAgent(viewer, requireVisible(viewer, await findAgent(tx, id)));
      });
      await runtime.syncAgent(id);
      return agent;
    },
  };
}

function requireMayChange(viewer: AgentActor, agent: AgentWithGroups, body: UpdateAgentBody): void {
  const denied = forbiddenFields(viewer, Object.keys(body));
  if (denied.length > 0) throw forbidden(`Only admins can change ${denied.join(' and ')}.`);
  requireEditable(viewer, agent);
  if (Object.keys(body).some((field) => isFixed(agent, field))) throw fixedPermissions();
}
