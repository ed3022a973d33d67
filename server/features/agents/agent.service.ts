import { inArray } from 'drizzle-orm';
import type { Agent, CreateAgentBody, PluginConfigChanges, UpdateAgentBody } from '../../../contract/agents.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { groups } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, forbidden, invalidField, notFound } from '../../platform/errors.ts';
import type { AgentRuntime } from '../../runtime/agent-runtime.ts';
import type { AgentIntegrationService } from '../integrations/agent-integration.service.ts';
import { deleteConversationsWith } from '../../chat/conversations/delete-conversations.ts';
import { deleteUploadsTo } from '../uploads/delete-uploads.ts';
import type { LicenceService } from '../licence/licence.service.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { changePluginConfig, requirePrivateHosts } from './change-plugin-config.ts';
import { canSee, forbiddenFields, type AgentActor, canEdit } from './agent.policy.ts';
import { presentAgent } from './agent.presenter.ts';
import {
  type AgentChanges,
  type AgentWithGroups,
  findAgent,
  findAgentActor,
  findAgentForUpdate,
  findPersonalAgent,
  insertAgent,
  listAgents,
  replaceAgentGroups,
  updateAgent,
} from './agent.queries.ts';
import { findVersion, keepVersion, listVersions, recordFirstVersion } from './agent-versions.ts';
import { describeChanges } from './describe-changes.ts';
import { requireActor, requireVisible } from './require-agent.ts';
import { createRestoreState } from './restore-state.ts';
import { createStopSwitch, type StopSwitch } from './stop-switch.ts';
import type { AgentTemplate } from './agent-template.ts';
import { findTemplate, smithers } from './templates.ts';

const onlyAdmins = 'Only admins can change this agent.';

type AgentVersions = Awaited<ReturnType<typeof listVersions>>;

export interface AgentService extends StopSwitch {
  list(actor: Actor): Promise<Agent[]>;
  get(actor: Actor, id: string): Promise<Agent>;
  create(actor: Actor, body: CreateAgentBody): Promise<Agent>;
  update(actor: Actor, id: string, body: UpdateAgentBody): Promise<Agent>;
  remove(actor: Actor, id: string): Promise<void>;
  versions(actor: Actor, id: string, page: { page: number; limit: number }): Promise<AgentVersions>;
  /** Makes an agent what it was, as a new version. */
  restore(actor: Actor, id: string, number: number): Promise<Agent>;
  getFile(actor: Actor, id: string, name: AgentFileName): Promise<string>;
  putFile(actor: Actor, id: string, name: AgentFileName, content: string): Promise<string>;
  /** Everybody's Smithers. Called inside the transaction that makes the account. */
  createPersonal(tx: Transaction, user: PersonalAgentOwner): Promise<void>;
  /** Smithers' tools follow the role of its owner. Called inside the transaction that changes the role. */
  followRole(tx: Transaction, userId: string, role: 'admin' | 'member'): Promise<void>;
}

export interface PersonalAgentOwner {
  id: string;
  role: 'admin' | 'member';
  /** The default model, asked for before the transaction; null without a provider. */
  model: string | null;
}

export type AgentFileName = 'SOUL.md' | 'AGENTS.md';

const fileColumns = { 'SOUL.md': 'personality', 'AGENTS.md': 'instructions' } as const;

export interface AgentServiceOptions {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  providers: ProviderService;
  licence: LicenceService;
  runtime: AgentRuntime;
  /** Removes the agent's files: what people uploaded to it. */
  removeWorkspace(agentId: string): Promise<void>;
  isKnownTool(id: string): boolean;
  /** The normalised virtual path. @throws Error with a sentence when it is no directory below /data */
  requireDataDirectory(path: string): Promise<string>;
  /** What ends together with an agent. Called inside its transaction. */
  beforeRemove(tx: Transaction, actor: Actor, agentId: string): Promise<void>;
  /** Checks that a connection offers what a template needs; what it returns gives it to the new agent. */
  prepareGrant: AgentIntegrationService['prepareGrant'];
  /** Gives it in connected systems what it had there. Called inside the transaction of a restored version. */
  restoreGrants: AgentIntegrationService['restoreGrants'];
}

export function createAgentService(options: AgentServiceOptions): AgentService {
  const { db, signals, audit, providers, licence, runtime } = options;

  async function requireModel(reference: string, current: string | null): Promise<string> {
    const model = await providers.resolveModelId(reference, current);
    if (!model) throw invalidField('model', 'No configured provider offers this model.');
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
    const found = await tx.select({ id: groups.id }).from(groups).where(inArray(groups.id, unique));
    if (found.length !== unique.length) throw invalidField('groupIds', 'One of these groups does not exist.');
    return unique;
  }

  async function requireResponsible(tx: Transaction, userId: string): Promise<string> {
    if (await findAgentActor(tx, userId)) return userId;
    throw invalidField('responsibleUserId', 'There is no such person, or their account is deactivated.');
  }

  /** Restricting access is licensed; without a licence it can still be tightened, never widened. */
  async function requireLicenceFor(
    agent: AgentWithGroups,
    body: Pick<UpdateAgentBody, 'visibility' | 'groupIds'>,
  ): Promise<void> {
    if (body.visibility === undefined && body.groupIds === undefined) return;
    if (await licence.isActive()) return;
    const visibility = body.visibility ?? agent.visibility;
    const groupIds = body.groupIds ?? agent.groupIds;
    const unchanged = visibility === agent.visibility && sameMembers(groupIds, agent.groupIds);
    const tightens =
      agent.visibility === 'restricted' &&
      visibility === 'restricted' &&
      groupIds.every((groupId) => agent.groupIds.includes(groupId));
    if (unchanged || tightens) return;
    throw new AppError('licence_required', 'Restricting agents to groups needs an active enterprise licence.');
  }

  const restoreState = createRestoreState(options);

  return {
    ...createStopSwitch(options),
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
        body.model === undefined ? await providers.findDefaultModel() : await requireModel(body.model, null);
      const pluginConfig = await requirePluginConfig(body.pluginConfig ?? {});
      const allowedTools = requireKnownTools(body.allowedTools ?? template.allowedTools);
      const giveGrant = await prepareConnection(template, body.connectionId);
      const agent = await signals.transaction(actor, async (tx) => {
        const created = await insertAgent(tx, {
          name: body.name,
          model,
          templateId: template.id,
          allowedTools,
          pluginConfig,
          ownerId: actor.userId,
          tagline: body.tagline ?? null,
          description: body.description ?? null,
          responsibleUserId:
            body.responsibleUserId === null
              ? null
              : await requireResponsible(tx, body.responsibleUserId ?? actor.userId),
          reviewAt: body.reviewAt ?? null,
          greetingMessage: template.greetingMessage,
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
      const values = await resolveValues(body, found.model);
      const configChanges = body.pluginConfig && (await requirePluginConfig(body.pluginConfig));
      const agent = await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const before = requireVisible(viewer, await findAgentForUpdate(tx, id));
        requireMayChange(viewer, before, body);
        await requireLicenceFor(before, body);
        const changes = {
          ...values,
          ...(configChanges && { pluginConfig: changePluginConfig(before.pluginConfig, configChanges) }),
        };
        const nextGroups = body.groupIds && (await requireGroups(tx, body.groupIds));
        const difference = describeChanges(before, { ...changes, ...(nextGroups && { groupIds: nextGroups }) });
        if (Object.keys(difference).length === 0) return presentAgent(viewer, before);
        if (body.responsibleUserId) await requireResponsible(tx, body.responsibleUserId);
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
      if (!canEdit(viewer, requireVisible(viewer, await findAgent(db, id)))) throw forbidden(onlyAdmins);
      return listVersions(db, id, page);
    },
    async restore(actor, id, number) {
      const agent = await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const before = requireVisible(viewer, await findAgentForUpdate(tx, id));
        if (!canEdit(viewer, before)) throw forbidden(onlyAdmins);
        const state = await findVersion(tx, id, number);
        if (!state) throw notFound('The version');
        await requireLicenceFor(before, state);
        await restoreState(tx, { actor, viewer, before, state, number });
        return presentAgent(viewer, requireVisible(viewer, await findAgent(tx, id)));
      });
      await runtime.syncAgent(id);
      return agent;
    },
    async getFile(actor, id, name) {
      const viewer = await requireActor(db, actor);
      return requireVisible(viewer, await findAgent(db, id))[fileColumns[name]];
    },
    async putFile(actor, id, name, content) {
      await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const agent = requireVisible(viewer, await findAgentForUpdate(tx, id));
        if (!canEdit(viewer, agent)) throw forbidden(onlyAdmins);
        const before = agent[fileColumns[name]];
        if (before === content) return;
        await keepVersion(tx, { agentId: id, authorId: actor.userId }, () =>
          updateAgent(tx, id, { [fileColumns[name]]: content }),
        );
        await audit.record(tx, {
          eventType: 'agent.file_updated',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${id}`,
          detail: {
            name: agent.name,
            file: name,
            fromBytes: Buffer.byteLength(before),
            toBytes: Buffer.byteLength(content),
          },
        });
        signals.signal(tx, { kind: 'agent', agentId: id });
      });
      await runtime.syncAgent(id);
      return content;
    },
    async followRole(tx, userId, role) {
      const agent = await findPersonalAgent(tx, userId);
      if (!agent) return;
      const allowedTools = role === 'admin' ? smithers.adminTools : smithers.allowedTools;
      await keepVersion(tx, { agentId: agent.id, authorId: null }, () => updateAgent(tx, agent.id, { allowedTools }));
      signals.signal(tx, { kind: 'agent', agentId: agent.id });
    },
    async createPersonal(tx, user) {
      const created = await insertAgent(tx, {
        name: smithers.name,
        model: user.model,
        templateId: smithers.templateId,
        allowedTools: user.role === 'admin' ? smithers.adminTools : smithers.allowedTools,
        pluginConfig: {},
        isPersonal: true,
        ownerId: user.id,
        tagline: smithers.tagline,
        greetingMessage: smithers.greetingMessage,
        personality: smithers.personality,
        instructions: smithers.instructions,
      });
      await recordFirstVersion(tx, { agentId: created.id, authorId: user.id });
      await audit.record(tx, {
        eventType: 'agent.created',
        actor: { type: 'user', id: user.id },
        resource: `agent:${created.id}`,
        detail: { name: created.name, templateId: created.templateId, model: created.model, isPersonal: true },
      });
    },
  };

  async function prepareConnection({ odoo, name }: AgentTemplate, connectionId: string | undefined) {
    if (connectionId !== undefined) return options.prepareGrant(connectionId, odoo ?? { needed: [], wanted: [] });
    if (!odoo) return undefined;
    throw invalidField('connectionId', `Choose the Odoo connection that ${name} is to work with.`);
  }

  /** Checks the values of a change. Asks providers and disks, so no transaction may be open meanwhile. */
  async function resolveValues(body: UpdateAgentBody, model: string | null): Promise<AgentChanges> {
    const { name, tagline, greetingMessage, starters, visibility, description, responsibleUserId, reviewAt } = body;
    const about = { description, responsibleUserId, reviewAt };
    const changes: AgentChanges = withoutUndefined({ name, tagline, greetingMessage, starters, visibility, ...about });
    if (body.model !== undefined) changes.model = await requireModel(body.model, model);
    if (body.allowedTools) changes.allowedTools = requireKnownTools(body.allowedTools);
    return changes;
  }

  function requireMayChange(viewer: AgentActor, agent: AgentWithGroups, body: UpdateAgentBody): void {
    const denied = forbiddenFields(viewer, Object.keys(body));
    if (denied.length > 0) throw forbidden(`Only admins can change ${denied.join(' and ')}.`);
    if (!canEdit(viewer, agent)) throw forbidden(onlyAdmins);
    if (agent.isPersonal && (body.allowedTools || body.pluginConfig || body.visibility || body.groupIds)) {
      throw new AppError('invalid_request', 'The permissions of a personal agent cannot be changed.');
    }
  }
}

const sameMembers = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((item) => right.includes(item));

const withoutUndefined = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
